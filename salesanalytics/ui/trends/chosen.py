"""What the Trends page is asked for: metrics, buckets, shape, split, comparison and average, each kept in the URL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.insight.moving_average import WINDOWS
from salesanalytics.insight.series_split import MOST_PARTS
from salesanalytics.insight.time_series import TARGETS, Compare
from salesanalytics.metrics.dimensions import CUSTOM, dimension, expression
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.shown import dimensions_shown, has_dimension
from salesanalytics.settings import Settings
from salesanalytics.ui.choices import Switch, switch, tools
from salesanalytics.ui.filter_values import custom_columns
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.then_words import day_name
from salesanalytics.ui.trends.metric_picker import picked_metrics

GRAINS = ("day", "week", "month", "quarter")
SPLITS = ("team", "owner", "industry", "region", "source", "grade", "tier")
OF_ITS_OWN = ("stage", "method", "lost_reason", "overdue_age")
"""Dimensions offered with the metrics that are about them."""
NO_SPLIT, NO_AVERAGE = "none", "none"
MOST = ("1", "3", str(MOST_PARTS))


@dataclass(frozen=True)
class Chosen:
    """The page's choices; ``split`` None = the whole; ``most`` values of it are shown by themselves; ``window`` 0 = no moving average."""

    metrics: tuple[Metric, ...]
    grain: str
    bars: bool
    split: str | None
    compare: Compare
    most: int = MOST_PARTS
    window: int = 0

    @property
    def metric(self) -> Metric:
        """The metric of one chart; of several, the first."""
        return self.metrics[0]

    @property
    def several(self) -> bool:
        """Whether there is more than one chart."""
        return len(self.metrics) > 1

    def of(self, metric: Metric) -> Chosen:
        """Return the choices for one of the charts."""
        return replace(self, metrics=(metric,))

    @property
    def target(self) -> str | None:
        """The metric of the target line, if there is one."""
        return TARGETS.get(self.metric.name)


def reads_states(metric: Metric, settings: Settings) -> bool:
    """Say whether a metric by time is read from the states at the buckets' ends: a stock, or a ratio with one in it."""
    sides = metric.ratio_of or ()
    return metric.stock or any(reads_states(metrics_of(settings)[side], settings) for side in sides)


def splits_of(metrics: tuple[Metric, ...], settings: Settings, custom: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the dimensions all of these metrics can be split by: those of the settings, the user's own columns, and what the metrics are about."""
    own = tuple(name for name in OF_ITS_OWN if all(_is_about(metric, name) for metric in metrics))
    offered = (*dimensions_shown(settings, (*SPLITS, *custom)), *own)
    return tuple(
        name for name in offered if all(has_dimension(metric, dimension(name), settings) for metric in metrics)
    )


def _is_about(metric: Metric, name: str) -> bool:
    cut = dimension(name)
    return name in {**metric.dims, **metric.source.dims} or (cut.special and expression(metric, cut) is not None)


def split_name(name: str, lang: Lang) -> str:
    """Return the words of a split; a custom one is named by the user."""
    return text("trends.split_by", lang, dimension=dimension(name).title(lang))


def trend_choices(frame: Frame) -> Chosen:
    """Draw the switches and return what is chosen."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="trends-tools", horizontal=True, vertical_alignment="center", gap="small"):
        metrics = picked_metrics(settings, lang)
        grains = {grain: text(f"dimension.{grain}", lang) for grain in GRAINS}
        grain = switch("grain", grains, "week", label=text("trends.grain", lang))
        shapes = {shape: text(f"trends.shape_{shape}", lang) for shape in ("line", "bar")}
        shape = switch("shape", shapes, "line", label=text("trends.shape", lang))
        splits = {NO_SPLIT: text("trends.split_none", lang)}
        splits |= {name: split_name(name, lang) for name in splits_of(metrics, settings, _custom(frame))}
        by = switch("split", splits, NO_SPLIT, label=text("trends.split", lang), many=True)
        whole = by.chosen == NO_SPLIT
        beside = _compare(frame) if whole else _most(lang)
        average = _average(grain.chosen, lang)
        show(tools(grain, shape, by, beside, average))
    compare = cast("Compare", beside.chosen if whole else "none")
    most = MOST_PARTS if whole else int(beside.chosen)
    window = 0 if average.chosen == NO_AVERAGE else int(average.chosen)
    split = None if whole else by.chosen
    return Chosen(metrics, grain.chosen, shape.chosen == "bar", split, compare, most, window)


def _compare(frame: Frame) -> Switch:
    """The switch of what is drawn pale; with a date compared with, what was known then is among it, and first."""
    lang = frame.lang
    compares = {name: text(f"trends.compare_{name}", lang) for name in ("none", "previous", "year")}
    if frame.then is not None:
        compares = {"then": text("trends.compare_then", lang, day=then_day(frame))} | compares
    return switch(
        "compare", compares, next(iter(compares)) if frame.then else "year", label=text("trends.compare", lang)
    )


def then_day(frame: Frame) -> str:
    """Return the date compared with in short; nothing where there is none."""
    return day_name(frame.against_on, frame.as_of) if frame.against_on else ""


def _custom(frame: Frame) -> tuple[str, ...]:
    return tuple(name for name in custom_columns(frame.desk) if name.startswith(CUSTOM))


def _most(lang: Lang) -> Switch:
    """How many values of the split are shown by themselves."""
    tops = {n: text("trends.top", lang, n=int(n)) for n in MOST}
    return switch("top", tops, MOST[-1], label=text("trends.top_label", lang))


def _average(grain: str, lang: Lang) -> Switch:
    words = {str(n): average_name(n, grain, lang) for n in WINDOWS[grain]}
    windows = {NO_AVERAGE: text("trends.average_none", lang)} | words
    return switch("average", windows, NO_AVERAGE, label=text("trends.average", lang), many=True)


def average_name(n: int, grain: str, lang: Lang) -> str:
    """Return the name of a moving average with its window: ``4 周移动平均``."""
    return text(f"trends.average_of_{grain}", lang, n=n)
