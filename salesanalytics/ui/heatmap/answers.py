"""The numbers of the Heatmap page, asked at the frame's desk and remembered."""

from __future__ import annotations

from salesanalytics.insight.cell_customers import CellDetail, cell_detail
from salesanalytics.insight.cell_spread import cell_spread
from salesanalytics.insight.cross_table import CrossTable, cross_table
from salesanalytics.insight.provinces import Tiles, province_tiles
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Filters, MetricQuery, MetricRow
from salesanalytics.ui.data import Desk
from salesanalytics.ui.heatmap.chosen import Chosen

MOST_CUSTOMERS = 50
"""of a cell listed on the page; its download holds all"""
CUSTOMER_SOURCES = frozenset({"leads", "reached", "pipeline", "lost", "responses", "risks", "snapshot", "steps"})
"""Sources of one row a customer; those of others (follow-ups, instalments, stays) are counted as rows."""


def found_table(desk: Desk, chosen: Chosen, filters: Filters) -> CrossTable:
    """Return the cross table of what is chosen."""
    return desk.remember(
        "cross-table",
        (chosen.measure, chosen.by, chosen.order, filters),
        lambda: cross_table(
            desk.ask,
            desk.settings,
            chosen.measure,
            chosen.by,
            filters,
            chosen.order,
            lambda: cell_spread(desk.view, desk.settings, chosen.measure, chosen.by, filters),
        ),
    )


def found_tiles(desk: Desk, measure: str, dimension: str, filters: Filters) -> Tiles:
    """Return the measure by province."""
    return desk.remember(
        "province-tiles",
        (measure, dimension, filters),
        lambda: province_tiles(desk.ask, desk.metric(measure), dimension, filters),
    )


def found_detail(desk: Desk, measure: str, filters: Filters) -> CellDetail:
    """Return the customers within ``filters``, the first of them only."""
    return desk.remember(
        "cell", (measure, filters), lambda: cell_detail(desk.view, desk.settings, measure, filters, MOST_CUSTOMERS)
    )


def all_customers(desk: Desk, measure: str, filters: Filters) -> CellDetail:
    """Return the customers within ``filters``, every one."""
    return cell_detail(desk.view, desk.settings, measure, filters)


def compared(desk: Desk, metrics: tuple[str, ...], filters: Filters) -> MetricRow:
    """Return some metrics within ``filters``."""
    return desk.ask(MetricQuery(metrics, (), filters)).total


def counts_customers(metric: Metric) -> bool:
    """Say whether a metric's n counts customers, not rows of another table."""
    return metric.source.name in CUSTOMER_SOURCES and metric.ratio_of is None
