"""What the Trends page is asked for: metric, buckets, shape, split and comparison, each kept in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.insight.time_series import TARGETS, Compare
from salesanalytics.metrics.dimensions import DIMENSIONS
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.shown import dimensions_shown, has_dimension, shown
from salesanalytics.settings import Settings
from salesanalytics.ui.choices import choice

GRAINS = ("day", "week", "month", "quarter")
SPLITS = ("team", "owner", "industry", "region", "source", "grade", "tier")
NO_SPLIT = "none"
DEFAULT_METRIC = "sales_amount"


@dataclass(frozen=True)
class Chosen:
    """The page's choices; ``split`` None = the whole."""

    metric: Metric
    grain: str
    bars: bool
    split: str | None
    compare: Compare

    @property
    def target(self) -> str | None:
        """The metric of the target line, if there is one."""
        return TARGETS.get(self.metric.name)


def splits_of(metric: Metric, settings: Settings) -> tuple[str, ...]:
    """Return the dimensions a metric can be split by."""
    return tuple(
        name for name in dimensions_shown(settings, SPLITS) if has_dimension(metric, DIMENSIONS[name], settings)
    )


def trend_choices(lang: Lang, settings: Settings) -> Chosen:
    """Draw the switches and return what is chosen."""
    offered = {metric.name: metric for metric in shown(settings, "trends")}
    names = {name: metric.title(lang) for name, metric in offered.items()}
    first = DEFAULT_METRIC if DEFAULT_METRIC in names else next(iter(names))
    with st.container(key="trends-tools", horizontal=True, vertical_alignment="center", gap="small"):
        metric = offered[choice("metric", names, first, label=text("trends.metric", lang), many=True)]
        grains = {grain: text(f"dimension.{grain}", lang) for grain in GRAINS}
        grain = choice("grain", grains, "week", label=text("trends.grain", lang))
        shapes = {shape: text(f"trends.shape_{shape}", lang) for shape in ("line", "bar")}
        shape = choice("shape", shapes, "line", label=text("trends.shape", lang))
        splits = {NO_SPLIT: text("trends.split_none", lang)}
        splits |= {
            name: text("trends.split_by", lang, dimension=text(f"dimension.{name}", lang))
            for name in splits_of(metric, settings)
        }
        by = choice("split", splits, NO_SPLIT, label=text("trends.split", lang), many=True)
        compare = "none"
        if by == NO_SPLIT:
            compares = {name: text(f"trends.compare_{name}", lang) for name in ("none", "previous", "year")}
            compare = choice("compare", compares, "year", label=text("trends.compare", lang))
    return Chosen(metric, grain, shape == "bar", None if by == NO_SPLIT else by, cast("Compare", compare))
