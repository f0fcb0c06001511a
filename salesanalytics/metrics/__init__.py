"""Declared metrics, what they are cut by, and how they are asked."""

from salesanalytics.metrics.asking import custom_dimensions
from salesanalytics.metrics.dimensions import DIMENSIONS
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery, MetricResult, MetricRow

__all__ = ["DIMENSIONS", "METRICS", "Filters", "MetricQuery", "MetricResult", "MetricRow", "ask", "custom_dimensions"]
