"""The names of a trend's lines: at their ends beside the chart, or above it where a phone or a small chart needs the width."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.trend import EndLabel, Series, line_colour
from salesanalytics.ui.html import escape

_MARKUP = re.compile(r"<[^>]*>")


def end_names(labels: Sequence[EndLabel], tokens: Tokens) -> str:
    """Return the names where the lines end; on a phone the style sheet puts them in a row above the chart."""
    spans = "".join(
        _span(_words(one.series), one.colour(tokens), f"--at:{one.at:.4f};", bold=one.bold) for one in labels
    )
    return f'<div class="sa-line-ends">{spans}</div>'


def names_above(series: Sequence[Series], tokens: Tokens) -> str:
    """Return the names in a row, each in its line's colour."""
    spans = "".join(_span(_words(one), line_colour(one, tokens)) for one in series if one.end_label)
    return f'<div class="sa-line-names">{spans}</div>' if spans else ""


def _words(series: Series) -> str:
    return _MARKUP.sub(" ", series.end_label)


def _span(words: str, colour: str, place: str = "", *, bold: bool = False) -> str:
    return f'<span{" class=bold" if bold else ""} style="{place}color:{colour}">{escape(words)}</span>'
