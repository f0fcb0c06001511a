"""Reports: one content, as PDF and as Excel."""
