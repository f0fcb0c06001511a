"""The What changed page: the bridge between two as-of dates, and what moved beside it."""
