"""The judge, pure: observation to outcome, seed text and page to comparison.

Versioned rules; no clock, network, disk, randomness or environment in this room.
"""
