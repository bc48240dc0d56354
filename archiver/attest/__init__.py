"""Keys, signatures, time stamps: who says so, and since when."""
