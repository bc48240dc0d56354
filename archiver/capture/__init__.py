"""The network room: a URL in, an `Observation` and WARC octets out. It judges nothing."""
