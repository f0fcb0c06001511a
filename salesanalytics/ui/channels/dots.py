"""Interval dots as a table of HTML: a share with its 95 % interval a row, the overall share as a dashed line through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesanalytics.charts.direction import change_colour
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.tokens import Tokens
from salesanalytics.ui.html import escape

Standing = Literal["above", "below", "within", "small"]


@dataclass(frozen=True)
class IntervalDot:
    """One row: the share and its interval (0-1), whether the interval excludes the overall, its words and those beside it, what is told when pointed at, and what it opens."""

    name: str
    share: float
    low: float
    high: float
    standing: Standing
    share_words: str
    value_words: str
    sample_words: str
    told: str
    opens: str


def interval_dots(dots: Sequence[IntervalDot], overall: float, overall_words: str, tokens: Tokens, label: str) -> str:
    """Return the rows, best first as given. A small sample is hollow and dotted. ``label`` names the table to screen readers."""
    largest = max([dot.high for dot in dots] + [overall])
    ticks = nice_ticks(largest)
    top = min(max(ticks), largest * 1.05) or 1.0  # no empty stretch up to the next round number
    ticks = [tick for tick in ticks if tick <= top]
    rows = "".join(_row(dot, top, tokens) for dot in dots)
    axis = "".join(f'<span style="left:{_percent(tick / top)}">{tick * 100:g}%</span>' for tick in ticks)
    at = _percent(overall / top)
    return (
        f'<table class="sa-dots" aria-label="{escape(label)}" style="--overall:{at}"><thead><tr><th></th>'
        f'<td class="track"><b style="left:{at}">{escape(overall_words)}</b></td><th></th><th></th></tr></thead>'
        f'<tbody>{rows}</tbody><tfoot><tr><th></th><td class="track">{axis}</td><th></th><th></th></tr></tfoot></table>'
    )


def _row(dot: IntervalDot, top: float, tokens: Tokens) -> str:
    colour, small = _tone(dot.standing, tokens), " small" if dot.standing == "small" else ""
    low, high = _percent(dot.low / top), _percent(min(dot.high / top, 1.0))
    return (
        f'<tr style="--tone:{colour}"><th scope="row" title="{escape(dot.name)}">{escape(dot.name)}</th>'
        f'<td class="track{small}"><i class="line" style="left:{low};right:calc(100% - {high})"></i>'
        f'<a class="dot" href="#" data-open="{escape(dot.opens)}" title="{escape(dot.told)}" aria-label="{escape(dot.told)}" style="left:{_percent(dot.share / top)}">{escape(dot.share_words)}</a></td>'
        f'<td class="value">{escape(dot.value_words)}</td><td class="sample">{escape(dot.sample_words)}</td></tr>'
    )


def _tone(standing: Standing, tokens: Tokens) -> str:
    if standing in ("above", "below"):
        above = standing == "above"
        return change_colour(tokens, rises=above, better=above)
    return tokens.muted if standing == "small" else tokens.primary


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
