"""The chart as one piece of markup: axis, lines, buckets, and the lines' names at their ends or above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.trend import Axis, Series, end_labels, line_colour
from salesanalytics.ui.html import escape
from salesanalytics.ui.time_chart.columns import Bucket, columns
from salesanalytics.ui.time_chart.picture import lines_picture

__all__ = ["Bucket", "time_chart"]
USUAL_HEIGHT = 190
"""What a chart that fills its card is at least high, in pixels: its names stay apart at that."""


def time_chart(
    buckets: Sequence[Bucket],
    series: Sequence[Series],
    axis: Axis,
    tokens: Tokens,
    label: str,
    *,
    bars: bool = False,
    stacked: bool = False,
    height: int | None = None,
    names: Literal["beside", "above"] = "beside",
) -> str:
    """Return the markup of a chart; ``label`` is read out. It is as wide as its card.

    ``bars``: the actual values are bars instead of lines, ``stacked`` on each other. ``height``: of the axis in pixels, None = what the card leaves.
    On a phone the names of the lines stand ``above`` in any case.
    """
    drawn_as_lines = [one for one in series if not (bars and one.role == "actual")]
    lines = lines_picture(drawn_as_lines, axis, [bucket.partial for bucket in buckets], tokens)
    colours = "".join(f"--c{place}:{line_colour(one, tokens)};" for place, one in enumerate(series))
    sizes = f"--gutter:{max(map(len, axis.words))};" + (f"--height:{height}px;" if height else "")
    return (
        f'<div class="sa-lines {names}" role="group" aria-label="{escape(label)}" style="{sizes}{colours}">'
        f'<div class="names">{_names(series, axis, tokens, height or USUAL_HEIGHT, above=names == "above")}</div>'
        f'<div class="plot">{_grid(axis)}{lines}<div class="cols">{columns(buckets, series, axis, bars=bars, stacked=stacked)}</div></div></div>'
    )


def _grid(axis: Axis) -> str:
    return "".join(
        f'<i class="grid{" zero" if tick == 0 else ""}" style="bottom:{100 * axis.rise(tick):.4g}%"><span>{escape(words)}</span></i>'
        for tick, words in zip(axis.ticks, axis.words, strict=True)
    )


def _names(series: Sequence[Series], axis: Axis, tokens: Tokens, height: int, *, above: bool) -> str:
    """The names, each in its line's colour; above the chart in the order given, else where the lines end."""
    spans = []
    for one in end_labels(series, axis, height):
        place = "" if above else f"bottom:{100 * one.at:.4g}%;"
        bold = " class=bold" if one.bold else ""
        spans.append(f'<span{bold} style="{place}color:{one.colour(tokens)}">{escape(one.series.end_label)}</span>')
    return "".join(spans)
