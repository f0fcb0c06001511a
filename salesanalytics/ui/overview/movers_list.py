"""What moved most, as short lines under the findings: best and worst, with both figures, and whether chance could explain them."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.movers import Mover
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.overview.answers import best_and_worst
from salesanalytics.ui.periods import target_bucket
from salesanalytics.ui.tables import Opens, cell_markup


def movers_list(frame: Frame, each: int) -> None:
    """Draw the ``each`` best and worst; nothing where too little happened to compare."""
    lang = frame.lang
    found = best_and_worst(frame.desk, frame.where, target_bucket(frame.state.period, frame.as_of)[1])
    shown = (*found.up[:each], *found.down[:each])
    if not shown:
        return
    days = text(
        "overview.movers_days",
        lang,
        start=format.day(found.before.start)[5:],
        end=format.day(found.before.end)[5:],
    )
    if not all(one.clear for one in shown):
        days += text("overview.movers_chance", lang)
    title = f'<b>{escape(text("overview.movers", lang))}</b> <small title="{escape(_compared(frame, found.compared))}">{escape(days)}</small>'
    lines = "".join(_line(one, frame) for one in shown)
    show(f'<div class="sa-movers">{title}<table><tbody>{lines}</tbody></table></div>')


def _compared(frame: Frame, n: int) -> str:
    return text("overview.movers_note", frame.lang, n=n)


def _line(one: Mover, frame: Frame) -> str:
    lang, rose = frame.lang, one.strength > 0
    tone = ("good" if rose else "bad") if one.clear else "muted"
    change = (
        format.percent_change((one.now - one.before) / one.before) if one.before else text("overview.movers_new", lang)
    )
    way = "up" if rose else "down"
    counts = cell_markup(
        Opens(
            f"{format.number(one.before)} → {format.number(one.now)}", f"mover:{one.metric}:{one.dimension}:{one.value}"
        )
    )
    return (
        f'<tr><td class="who">{escape(one.value)}</td><td class="what">{escape(_name(one, frame, lang))}</td>'
        f'<td class="num">{counts}</td><td class="num"><b class="sa-{tone} sa-change {way}">{"▲" if rose else "▼"} {escape(change)}</b></td></tr>'
    )


def _name(one: Mover, frame: Frame, lang: Lang) -> str:
    return text(f"overview.movers_{one.metric}", lang)
