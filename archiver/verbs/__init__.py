"""The verbs: each puts the rooms' steps in order, and returns a value."""
