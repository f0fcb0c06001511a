"""Restatement: what a past number was when it was shown, what it is now, and why."""
