"""A trend over time buckets: actual thick, target dashed, past pale, each named at its end; a part-period dotted or hatched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.label_places import kept_inside, spread_labels
from salesanalytics.charts.sketch import scatter_trace
from salesanalytics.charts.theme import Figure, bare_figure, quiet_axis
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.trend_series import Role, Series, line_colour, traces

__all__ = ["EndLabel", "Role", "Series", "end_labels", "line_colour", "nice_ticks", "spread_labels", "trend_figure"]
MARGIN_TOP, MARGIN_BOTTOM = 14, 28
LABEL_HEIGHT = 19
"""pixels"""


@dataclass(frozen=True)
class EndLabel:
    """A line's name at its end: how high it stands, as a share of the axis, and how it is written."""

    series: Series
    at: float

    @property
    def bold(self) -> bool:
        """Whether the line is one of those one reads first."""
        return self.series.role in {"actual", "target", "average"}

    def colour(self, tokens: Tokens) -> str:
        """Return the colour it is written in."""
        return tokens.muted if self.series.role == "past" else line_colour(self.series, tokens)


def end_labels(series: Sequence[Series], ticks: Sequence[float], height: int) -> list[EndLabel]:
    """Return where the lines' names stand beside a chart ``height`` pixels high: at their ends, none on another."""
    ends = [(one, last) for one in series if one.end_label and (last := _last(one.values)) is not None]
    top, bottom = _axis_top(ticks), min(ticks)
    heights = [last[1] if one.label_at is None else one.label_at for one, last in ends]
    gap = (top - bottom) * LABEL_HEIGHT / max(height - MARGIN_TOP - MARGIN_BOTTOM, 1)
    places = kept_inside(spread_labels(heights, gap), gap, bottom, top)
    return [EndLabel(one, (at - bottom) / (top - bottom)) for (one, _), at in zip(ends, places, strict=True)]


def _axis_top(ticks: Sequence[float]) -> float:
    """Return where the axis ends: a little above its last tick, so that a line there keeps its width."""
    return max(ticks) * 1.04 if max(ticks) > 0 else max(ticks)


def _small_at(series: Series, at: int) -> bool:
    return bool(series.small) and series.small[at]


def _last(values: Sequence[float | None]) -> tuple[int, float] | None:
    return next(((at, value) for at, value in reversed(list(enumerate(values))) if value is not None), None)


def trend_figure(
    buckets: Sequence[str],
    series: Sequence[Series],
    tokens: Tokens,
    *,
    tick_text: Sequence[str] | None = None,
    ticks: Sequence[float] | None = None,
    whole: int | None = None,
    partial: Sequence[bool] = (),
    bars: bool = False,
    stacked: bool = False,
    height: int = 300,
    most_names: int = 14,
) -> Figure:
    """Return lines (or bars for the actual) over ``buckets``.

    ``ticks`` and ``tick_text`` are the y axis in the chart's one unit (else round ticks as numbers). ``whole``: how many buckets are complete; the
    rest is drawn as a part-period, or ``partial`` says of each whether it is one. ``stacked`` puts the bars of several series on each other. The
    lines' names stand beside the figure (``end_labels``), so that one figure does for every width. ``most_names``: how many buckets are named at most.
    """
    whole = len(buckets) if whole is None else whole
    partial = list(partial) or [at >= whole for at in range(len(buckets))]
    known = [value for one in series for value in one.values if value is not None]
    ticks = list(ticks) if ticks is not None else nice_ticks(max(known, default=0.0), min(known, default=0.0))
    figure = bare_figure(tokens, height, margin=(48, MARGIN_TOP, 12, MARGIN_BOTTOM))
    drawing = sorted(series, key=lambda one: ("past", "target", "part", "actual", "average").index(one.role))
    for one in drawing:
        figure.add_traces(traces(one, buckets, tokens, partial=partial, bars=bars))
    if stacked:
        figure.update_layout(barmode="stack")
    for one in series:
        last = _last(one.values)
        if last and one.end_label and one.role == "actual" and not bars and not (one.faint or _small_at(one, last[0])):
            figure.add_trace(
                scatter_trace(
                    x=[buckets[last[0]]],
                    y=[last[1]],
                    mode="markers",
                    hoverinfo="skip",
                    marker={"size": 13, "color": line_colour(one, tokens)},
                )
            )
    every = max(1, math.ceil(len(buckets) / most_names))
    shown = [bucket for at, bucket in enumerate(buckets) if (len(buckets) - 1 - at) % every == 0]
    names = [f"<b>{bucket}</b>" if bucket == buckets[-1] else bucket for bucket in shown]
    figure.update_xaxes(
        **quiet_axis(
            tokens,
            showgrid=False,
            type="category",
            tickvals=shown,
            ticktext=names,
            showline=True,
            linecolor=tokens.muted,
        )
    )
    figure.update_yaxes(
        **quiet_axis(
            tokens,
            range=[min(ticks), _axis_top(ticks)],
            tickvals=ticks,
            ticktext=list(tick_text) if tick_text else [f"{tick:,g}" for tick in ticks],
        )
    )
    return figure.figure()
