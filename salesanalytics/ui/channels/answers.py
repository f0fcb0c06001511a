"""The numbers of the Channels page, asked at the frame's desk and remembered."""

from __future__ import annotations

from salesanalytics.insight.channel_comparison import Comparison, compare
from salesanalytics.insight.channels import Channel, Channels, channels, only_sources
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.ui.data import Desk


def found_channels(desk: Desk, filters: Filters) -> Channels:
    """Return the channels."""
    return desk.remember("channels", (filters,), lambda: channels(desk.view, desk.settings, filters))


def found_comparison(desk: Desk, filters: Filters, pair: tuple[str, str]) -> Comparison:
    """Return the first channel of ``pair`` against the second."""
    return desk.remember(
        "channels-compared", (filters, pair), lambda: compare(desk.view, desk.settings, filters, *pair)
    )


def costs_given(desk: Desk) -> bool:
    """Say whether any channel's cost is known, whatever is filtered by."""
    return desk.ask(MetricQuery(("channel_cost",))).total.values["channel_cost"] is not None


def filters_of(one: Channel, filters: Filters) -> Filters:
    """Return ``filters`` narrowed to a line of the table."""
    return only_sources(filters, one.sources) if one.sources else filters
