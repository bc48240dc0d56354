"""What a person says: the case file in its two layers, the seed text, and the drafting of both."""
