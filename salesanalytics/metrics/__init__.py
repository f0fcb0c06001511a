"""Metrics: declared once, compiled to SQL, run to results."""
