"""Is A better than B: the difference with its interval, the same within industries, and what it cannot know."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.channel_comparison import Comparison, Stratum
from salesanalytics.insight.channels import Channels
from salesanalytics.insight.two_shares import Difference, Pair
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.channels.answers import found_comparison
from salesanalytics.ui.channels.chosen import chosen_pair
from salesanalytics.ui.channels.difference_line import difference_line
from salesanalytics.ui.channels.opened import side_number
from salesanalytics.ui.channels.opened_difference import ALL, IN, WITHIN, difference_number
from salesanalytics.ui.channels.words import comparison_detail, comparison_headline
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Opens, cell_markup

MOST_STRATA = 6
LEAST_REACH = 0.1


def comparison_panel(frame: Frame, found: Channels, filters: Filters) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="panel-channels-compare", border=True, gap="xxsmall", height="stretch"):
        chosen = chosen_pair(found, lang)
        if chosen is None:
            show(headline(text("channels.compare_title", lang)))
            empty(text("channels.compare_one", lang), text("channels.compare_one_note", lang))
            return
        pair, switches = chosen
        compared = found_comparison(frame.desk, filters, pair)
        detail = comparison_detail(compared, settings, lang)
        head = headline(comparison_headline(compared, lang), detail) + switches
        if compared.difference is None:
            show(head)
            empty(text("channels.compare_empty", lang))
            return
        show(f'{head}{_table(compared, frame)}<div class="sa-panel-note">{escape(_limits(compared, lang))}</div>')


def _limits(found: Comparison, lang: Lang) -> str:
    parts = [text("channels.compare_limits", lang)]
    alone = sum(found.unmatched)
    if alone:
        parts.append(text("channels.compare_unmatched", lang, n=alone))
    return " ".join(parts)


def _table(found: Comparison, frame: Frame) -> str:
    lang = frame.lang
    strata, names = found.strata[:MOST_STRATA], (found.a, found.b)
    shown = [found.difference, found.within]
    widest = max((max(abs(one.low), abs(one.high)) for one in shown if one), default=0.0)
    reach = max(LEAST_REACH, widest * 1.25)
    heads = [
        "",
        found.a,
        found.b,
        text("channels.column_difference", lang),
        text("channels.column_line", lang, a=found.a, b=found.b),
    ]
    rows = [_row(text("channels.compare_all", lang), found.pair, found.difference, reach, frame, names, ALL)]
    rows.append(_row(text("channels.compare_within", lang), None, found.within, reach, frame, names, WITHIN))
    rows += [_stratum(one, reach, frame, names) for one in strata]
    classes = ("", "num", "num", "num", "wide")
    head = "".join(
        f'<th scope="col" class="{style}">{escape(name)}</th>' for name, style in zip(heads, classes, strict=True)
    )
    note = ""
    if len(found.strata) > len(strata):
        more = text("channels.compare_more", lang, n=len(found.strata) - len(strata))
        note = f'<div class="sa-panel-note">{escape(more)}</div>'
    return (
        f'<div class="sa-table-wrap" tabindex="0" role="region" aria-label="{escape(text("channels.compare_title", lang))}">'
        f'<table class="sa-table sa-compare"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>{note}'
    )


def _side(source: str, stratum: str | None, words: str) -> str:
    return cell_markup(Opens(words, side_number(source, stratum)))


def _stratum(one: Stratum, reach: float, frame: Frame, names: tuple[str, str]) -> str:
    name = one.name or text("ui.no_value", frame.lang)
    return _row(name, one.pair, one.difference, reach, frame, names, IN, one.name)


def _row(
    name: str,
    pair: Pair | None,
    difference: Difference | None,
    reach: float,
    frame: Frame,
    names: tuple[str, str],
    kind: str,
    stratum: str | None = None,
) -> str:
    least = frame.desk.settings.metrics.min_sample
    small = pair is not None and min(pair.n1, pair.n2) < least
    sides = ["", ""]
    if pair:
        counts = ((names[0], pair.k1, pair.n1), (names[1], pair.k2, pair.n2))
        sides = [_side(source, stratum, f"{format.number(k)} / {format.number(n)}") for source, k, n in counts]
    points = format.points(difference.value, frame.lang) if difference else format.DASH
    around, line, shown = "", "", points
    if difference:
        shown = cell_markup(Opens(points, difference_number(*names, kind, stratum or "")))
        around = text(
            "channels.difference_interval",
            frame.lang,
            low=format.number(difference.low * 100, 1, signed=True),
            high=format.number(difference.high * 100, 1, signed=True),
        )
        line = difference_line(difference, reach, f"{name}: {points}, {around}", frame.tokens, small=small)
    style = "strong" if stratum is None else "grey" if small else ""
    return (
        f'<tr class="{style}"><td>{escape(name)}</td><td class="num">{sides[0]}</td><td class="num">{sides[1]}</td>'
        f'<td class="num" title="{escape(around)}">{shown}</td><td class="wide">{line}</td></tr>'
    )
