"""Sales analytics for managers who run their team on spreadsheets."""

__version__ = "0.1.0"
