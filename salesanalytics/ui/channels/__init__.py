"""The Channels page: what each source brings, which to feed and which to cut, and whether one is better than another."""
