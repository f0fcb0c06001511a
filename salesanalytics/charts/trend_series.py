"""One line or row of bars of a trend: what it shows, its colour, and how it is drawn where a bucket is only part of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from salesanalytics.charts.sketch import Trace, bar_trace, scatter_trace
from salesanalytics.charts.theme import faded
from salesanalytics.charts.tokens import Tokens

Role = Literal["actual", "target", "past", "part", "average"]
_LINES: dict[Role, dict[str, object]] = {
    "actual": {"width": 3},
    "part": {"width": 3, "dash": "dot"},
    "target": {"width": 2, "dash": "dash"},
    "past": {"width": 2},
    "average": {"width": 3},
}


@dataclass(frozen=True)
class Series:
    """One line: values a bucket (None = no value) in the chart's unit, the label drawn at its end, and the exact texts shown on hover.

    ``small``: which values rest on too small a sample; their marks are grey. ``label_at``: the height of the end label, if not the last value's.
    ``ids``: what a click on each point means to the page. ``faint``: drawn thin, since its average stands beside it.
    """

    role: Role
    values: Sequence[float | None]
    end_label: str
    hover: Sequence[str] = ()
    colour: str = ""
    small: Sequence[bool] = ()
    label_at: float | None = None
    ids: Sequence[str] = ()
    faint: bool = False


def line_colour(series: Series, tokens: Tokens) -> str:
    """Return the colour a series is drawn and named in."""
    by_role = {
        "actual": tokens.primary,
        "part": tokens.primary,
        "target": tokens.target,
        "past": tokens.second,
        "average": tokens.text,
    }
    return series.colour or by_role[series.role]


def traces(
    series: Series, buckets: Sequence[str], tokens: Tokens, *, partial: Sequence[bool], bars: bool
) -> list[Trace]:
    """Return the traces of a series; ``partial``: which buckets are part-periods (hatched bars, dotted lines)."""
    if bars and series.role == "actual":
        return [_bars(series, buckets, tokens, partial)]
    colour, values = line_colour(series, tokens), list(series.values)
    if series.faint:
        colour = faded(colour, 0.45)
    line: dict[str, object] = {"color": colour, **_LINES[series.role], **({"width": 1.5} if series.faint else {})}
    marks = series.role == "actual" and len(buckets) <= 40
    common = {"mode": "lines+markers" if marks else "lines", **_hover(series)}
    edge = colour if series.faint else line_colour(series, tokens)
    marker = {
        "size": 6 if series.faint else 8,
        "color": tokens.surface,
        "line": {"color": _mark_colours(series, edge, tokens), "width": 2},
    }
    if series.role != "actual" or not any(partial):
        return [scatter_trace(x=list(buckets), y=values, line=line, marker=marker, **common)]
    solid = [None if cut else value for value, cut in zip(values, partial, strict=True)]
    near = [any(partial[max(at - 1, 0) : at + 2]) for at in range(len(values))]
    # between two whole buckets that each touch a part-period the solid line lies over the dotted one
    dotted = [value if touches else None for value, touches in zip(values, near, strict=True)]
    return [
        scatter_trace(x=list(buckets), y=dotted, mode="lines", line={**line, "dash": "dot"}, hoverinfo="skip"),
        scatter_trace(x=list(buckets), y=values, line={"width": 0, "color": colour}, marker=marker, **common),
        scatter_trace(x=list(buckets), y=solid, mode="lines", line=line, hoverinfo="skip"),
    ]


def _bars(series: Series, buckets: Sequence[str], tokens: Tokens, partial: Sequence[bool]) -> Trace:
    return bar_trace(
        x=list(buckets),
        y=list(series.values),
        marker={
            "color": _mark_colours(series, line_colour(series, tokens), tokens),
            "pattern": {
                "shape": ["/" if cut else "" for cut in partial],
                "fillmode": "overlay",
                "fgcolor": tokens.surface,
                "solidity": 0.4,
            },
        },
        width=0.62,
        opacity=0.45 if series.faint else 1,
        **_hover(series),
    )


def _hover(series: Series) -> dict[str, Any]:
    if not series.hover:
        return {"hoverinfo": "skip"}
    if not series.ids:
        return {"customdata": list(series.hover), "hovertemplate": "%{customdata}<extra></extra>"}
    pairs = [list(pair) for pair in zip(series.hover, series.ids, strict=True)]
    return {"customdata": pairs, "hovertemplate": "%{customdata[0]}<extra></extra>"}


def _mark_colours(series: Series, colour: str, tokens: Tokens) -> str | list[str]:
    return [tokens.muted if small else colour for small in series.small] if any(series.small) else colour
