"""The Quality page: completeness, late recording, gaps, imports over time, the weekly sample, reconciliation."""
