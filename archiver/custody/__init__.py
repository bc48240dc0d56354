"""The archives folder on disk: cases and their packages, written once and whole."""
