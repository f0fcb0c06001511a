"""A trend over time buckets: actual thick, target dashed, past pale, each named at its end; a part-period dotted or hatched."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from salesanalytics.charts.label_places import kept_inside, spread_labels
from salesanalytics.charts.theme import bare_figure, faded, quiet_axis
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.trend_series import Role, Series, line_colour, traces

__all__ = ["Role", "Series", "line_colour", "nice_ticks", "spread_labels", "trend_figure"]


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
    label_width: int = 120,
    baseline: float | None = None,
    phone: bool = False,
) -> go.Figure:
    """Return lines (or bars for the actual) over ``buckets``.

    ``ticks`` and ``tick_text`` are the y axis in the chart's one unit (else round ticks as numbers). ``whole``: how many buckets are complete; the
    rest is drawn as a part-period, or ``partial`` says of each whether it is one. ``stacked`` puts the bars of several series on each other. Labels stand at the line ends instead of a legend;
    ``phone`` leaves them to the page and thins the bucket names, so that the lines have the width.
    """
    whole = len(buckets) if whole is None else whole
    partial = list(partial) or [at >= whole for at in range(len(buckets))]
    known = [value for one in series for value in one.values if value is not None]
    ticks = list(ticks) if ticks is not None else nice_ticks(max(known, default=0.0), min(known, default=0.0))
    figure = bare_figure(tokens, height, margin=(44, 14, 12, 28) if phone else (52, 14, label_width, 28))
    drawing = sorted(series, key=lambda one: ("past", "target", "part", "actual", "average").index(one.role))
    for one in drawing:
        figure.add_traces(traces(one, buckets, tokens, partial=partial, bars=bars))
    if stacked:
        figure.update_layout(barmode="stack")
    top, bottom = max(ticks), min(ticks)
    ends = [(one, last) for one in series if one.end_label and (last := _last(one.values)) is not None]
    heights = [last[1] if one.label_at is None else one.label_at for one, last in ends]
    gap = (top - bottom) * 19 / max(height - 42, 1)
    places = kept_inside(spread_labels(heights, gap), gap, bottom, top)
    for (one, (at, value)), place in zip(ends, places, strict=True):
        if one.role == "actual" and not bars and not one.faint and not (one.small and one.small[at]):
            figure.add_trace(
                go.Scatter(
                    x=[buckets[at]],
                    y=[value],
                    mode="markers",
                    hoverinfo="skip",
                    marker={"size": 13, "color": line_colour(one, tokens)},
                )
            )
        if phone:
            continue
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=12,
            y=place,
            text=f"<b>{one.end_label}</b>" if one.role in {"actual", "target", "average"} else one.end_label,
            showarrow=False,
            align="left",
            font={
                "color": line_colour(one, tokens) if one.role != "past" else tokens.muted,
                "size": 14 if one.role == "actual" else 13,
            },
        )
    every = max(1, math.ceil(len(buckets) / (5 if phone else 14)))
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
            range=[bottom, top * 1.04 if top > 0 else top],
            tickvals=ticks,
            ticktext=list(tick_text) if tick_text else [f"{tick:,g}" for tick in ticks],
        )
    )
    if baseline is not None:
        figure.add_hline(y=baseline, line={"color": faded(tokens.muted, 0.6), "width": 1})
    return figure
