"""What the other side will object, each with what would cure it."""
