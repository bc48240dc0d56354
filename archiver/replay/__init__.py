"""Replay on 127.0.0.1: a server for our frame, and one for what was archived."""
