"""The verifier, pure: numbered checks over the octets of a package, and their report."""
