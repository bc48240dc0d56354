"""The package, pure: layout, manifest, index, ZIP; building it and reading it strictly."""
