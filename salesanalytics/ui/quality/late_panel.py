"""Late recording by rep, worst first."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.late_recording import Delay
from salesanalytics.ui.empty import empty
from salesanalytics.ui.filters import period_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.answers import late_of
from salesanalytics.ui.quality.downloads import download
from salesanalytics.ui.quality.opened import LATE, rep_number
from salesanalytics.ui.tables import Cell, Opens, TableColumn, table


def late_panel(frame: Frame) -> None:
    """Draw the panel."""
    lang, found, rules = frame.lang, late_of(frame), frame.desk.settings.quality
    days = format.number(rules.late_recorded_days)
    ranked = [rep for rep in found.reps if not rep.small and rep.late]
    title = text("quality.late_none", lang, days=days)
    if ranked:
        title = text(
            "quality.late_title", lang, rep=_name(ranked[0], lang), share=format.share(ranked[0].share), days=days
        )
    elif found.whole.late:
        title = text("quality.late_whole", lang, share=format.share(found.whole.share), days=days)
    subtitle = text("quality.late_subtitle", lang, period=period_name(frame.state, frame.as_of, lang), n=found.whole.n)
    with panel("quality-late", title if found.whole.n else text("quality.late_unknown", lang), subtitle):
        if not found.whole.n:
            empty(text("quality.late_empty", lang), text("quality.late_empty_note", lang))
            return
        headers = [
            TableColumn(text("quality.followed_up_by", lang)),
            TableColumn(text("quality.late_share", lang, days=days), number=True),
            TableColumn(text("quality.interval", lang), number=True, soft=True, wide=True),
            TableColumn(text("quality.median_delay", lang), number=True),
            TableColumn(text("quality.of_followups", lang), number=True, soft=True, wide=True),
        ]
        rows = [_row(rep, rep_number(rep.rep), lang) for rep in found.reps]
        rows.append(_row(found.whole, LATE, lang))
        rows[-1][0] = text("quality.everyone", lang)
        show(table(headers, rows, title, height=340))
        if found.untimed:
            show(f'<div class="sa-panel-note">{escape(text("quality.untimed", lang, n=found.untimed))}</div>')
        download(
            "late",
            {
                "rep": "followed_up_by",
                "late": "late",
                "n": "of_followups",
                "share": "share_late",
                "median": "median_days",
            },
            [
                {"rep": _name(rep, lang), "late": rep.late, "n": rep.n, "share": rep.share, "median": rep.median_days}
                for rep in found.reps
            ],
            frame,
        )


def _name(rep: Delay, lang: Lang) -> str:
    return rep.rep or text("quality.unnamed", lang)


def _row(rep: Delay, number: str, lang: Lang) -> list[Cell]:
    share = Opens(format.share(rep.share), number)
    if rep.small:
        share = Opens(text("quality.small_share", lang, k=rep.late, n=rep.n), number, grey=True)
    return [
        _name(rep, lang),
        share,
        interval_words(rep.bounds),
        Opens(format.days(rep.median_days, lang), number),
        Opens(format.number(rep.n), number),
    ]


def interval_words(bounds: tuple[float, float] | None) -> str:
    """Return an interval of shares as ``39–61%``."""
    if bounds is None:
        return format.DASH
    return f"{format.number(bounds[0] * 100)}–{format.share(bounds[1], 0)}"
