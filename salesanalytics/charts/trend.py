"""A trend over time buckets as plain data: its lines, its one axis, where bars begin and end, and where each line is named. ``ui.time_chart`` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesanalytics.charts.label_places import kept_inside, spread_labels
from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.two_lines import units_of

Role = Literal["actual", "target", "past", "average"]
Span = tuple[float, float]
LABEL_HEIGHT = 19
"""pixels"""
LABEL_UNITS = 23
"""How many Latin letters a name beside the chart may be wide before it takes two lines."""


@dataclass(frozen=True)
class Series:
    """One line: values a bucket (None = no value) in the chart's unit, the label at its end, and what is told of each value in words.

    ``small``: which values rest on too small a sample; their marks are grey. ``label_at``: the height of the end label, if not the last value's.
    ``ids``: what a click on each point means to the page. ``faint``: drawn thin, since its average stands beside it.
    """

    role: Role
    values: Sequence[float | None]
    end_label: str
    words: Sequence[str] = ()
    colour: str = ""
    small: Sequence[bool] = ()
    label_at: float | None = None
    ids: Sequence[str] = ()
    faint: bool = False

    @property
    def last_at(self) -> int | None:
        """The place of the last value there is."""
        return next((at for at in reversed(range(len(self.values))) if self.values[at] is not None), None)

    def is_small(self, at: int) -> bool:
        """Whether a value rests on too small a sample."""
        return bool(self.small) and self.small[at]


@dataclass(frozen=True)
class Axis:
    """The value axis: its ticks in the chart's unit, the first its foot and the last its top, and how they are written."""

    ticks: Sequence[float]
    words: Sequence[str]

    def rise(self, value: float) -> float:
        """Return how high a value stands, as a share of the axis."""
        low, high = min(self.ticks), max(self.ticks)
        return (value - low) / (high - low)


@dataclass(frozen=True)
class EndLabel:
    """A line's name at its end: how high it stands, as a share of the axis, and how it is written."""

    series: Series
    at: float

    @property
    def bold(self) -> bool:
        """Whether the line is one of those one reads first."""
        return self.series.role != "past"

    def colour(self, tokens: Tokens) -> str:
        """Return the colour it is written in."""
        return tokens.muted if self.series.role == "past" else line_colour(self.series, tokens)


def line_colour(series: Series, tokens: Tokens) -> str:
    """Return the colour a series is drawn in."""
    by_role: dict[Role, str] = {
        "actual": tokens.primary,
        "target": tokens.target,
        "past": tokens.second,
        "average": tokens.text,
    }
    return series.colour or by_role[series.role]


def end_labels(series: Sequence[Series], axis: Axis, height: int) -> list[EndLabel]:
    """Return where the lines' names stand beside an axis ``height`` pixels high: at their ends, none on another."""
    ends = [(one, last) for one in series if one.end_label and (last := one.last_at) is not None]
    heights = [axis.rise((one.values[last] or 0.0) if one.label_at is None else one.label_at) for one, last in ends]
    lines = 2 if any(units_of(one.end_label) > LABEL_UNITS for one, _ in ends) else 1
    gap = lines * LABEL_HEIGHT / height
    places = kept_inside(spread_labels(heights, gap), gap, 0.0, 1.0)
    return [EndLabel(one, at) for (one, _), at in zip(ends, places, strict=True)]


def bar_spans(series: Sequence[Series], *, stacked: bool) -> list[list[Span | None]]:
    """Return from where to where each series' bar goes in each bucket: from zero, or ``stacked`` on those before it, losses downwards."""
    found: list[list[Span | None]] = [[] for _ in series]
    for column in zip(*(one.values for one in series), strict=True):
        up = down = 0.0
        for spans, value in zip(found, column, strict=True):
            foot = (up if (value or 0.0) >= 0 else down) if stacked else 0.0
            spans.append(None if value is None else (foot, foot + value))
            up, down = up + max(value or 0.0, 0.0), down + min(value or 0.0, 0.0)
    return found
