"""Numbers of past dates that have changed since they were shown: the mark on a page, the panel on What changed, and what both open."""
