"""What changed between two as-of dates: the exact bridge of the open pipeline, and what moved beside it."""
