"""The pieces of the overview: its cards, trend, pace, ranking, flagged customers and findings."""
