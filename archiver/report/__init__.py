"""What a person reads: words for verdicts, and text that cannot bite. Pure."""
