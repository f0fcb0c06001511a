"""Insight: results become judgement: flags, pace, findings."""
