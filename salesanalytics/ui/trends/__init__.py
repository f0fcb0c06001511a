"""The Trends page: any metric over time."""
