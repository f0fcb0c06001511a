"""Completeness: by column, and by rep, worst first."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.quality import Filled, RepCompleteness
from salesanalytics.tables import LEADS
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.answers import completeness_of
from salesanalytics.ui.quality.downloads import download
from salesanalytics.ui.tables import Cell, Opens, TableColumn, table

HEIGHT = 340
MOST_REPS = 50
"""listed, the least complete first; the download has all"""


def column_name(column: str, lang: Lang) -> str:
    """Return the header of a column of leads as the template has it."""
    return LEADS.column(column).header(lang)


def columns_panel(frame: Frame) -> None:
    """Draw the share of filled cells column by column."""
    lang, found = frame.lang, completeness_of(frame)
    worst = next((column for column in found.columns if column.scored and column.n), None)
    title = text("quality.columns_none", lang)
    if worst:
        key = "quality.columns_full" if worst.filled == worst.n else "quality.columns_title"
        title = text(key, lang, column=column_name(worst.column, lang), share=format.share(worst.share))
    with panel("quality-columns", title, text("quality.columns_subtitle", lang, n=found.customers)):
        if not found.customers:
            empty(text("quality.nobody", lang), text("quality.nobody_note", lang))
            return
        headers = [
            TableColumn(text("quality.column", lang)),
            TableColumn(text("quality.share_filled", lang), number=True),
            TableColumn(text("quality.lacking", lang), number=True),
            TableColumn(text("quality.of_customers", lang), number=True, soft=True, wide=True),
            TableColumn(text("quality.counts", lang), soft=True, wide=True),
        ]
        show(table(headers, [_column_row(column, lang) for column in found.columns], title, height=HEIGHT))
        if found.absent:
            names = text("quality.comma", lang).join(column_name(name, lang) for name in found.absent)
            show(f'<div class="sa-panel-note">{escape(text("quality.absent", lang, names=names))}</div>')
        download(
            "columns",
            {"name": "column", "share": "share_filled", "filled": "filled", "n": "of_customers"},
            [
                {"name": column_name(each.column, lang), "share": each.share, "filled": each.filled, "n": each.n}
                for each in found.columns
            ],
            frame,
        )


def _column_row(column: Filled, lang: Lang) -> list[Cell]:
    return [
        column_name(column.column, lang),
        Opens(format.share(column.share), f"column:{column.column}"),
        Opens(format.number(column.n - column.filled), f"lacking:{column.column}"),
        Opens(format.number(column.n), f"column:{column.column}"),
        text("quality.scored" if column.scored else "quality.optional", lang),
    ]


def reps_panel(frame: Frame) -> None:
    """Draw the share of filled cells rep by rep."""
    lang, found = frame.lang, completeness_of(frame)
    ranked = [rep for rep in found.reps if not rep.small and rep.n and rep.owner]
    title = text("quality.reps_none", lang)
    if ranked:
        title = text(
            "quality.reps_title", lang, rep=rep_name(ranked[0].owner, lang), share=format.share(ranked[0].share)
        )
    with panel("quality-reps", title, text("quality.reps_subtitle", lang, share=format.share(found.share))):
        if not found.reps:
            empty(text("quality.nobody", lang), text("quality.nobody_note", lang))
            return
        headers = [
            TableColumn(text("dimension.owner", lang)),
            TableColumn(text("quality.share_filled", lang), number=True),
            TableColumn(text("quality.lacking_cells", lang), number=True),
            TableColumn(text("quality.customers", lang), number=True, soft=True, wide=True),
            TableColumn(text("quality.weakest", lang), soft=True, wide=True, wrap=True),
        ]
        markup = table(headers, [_rep_row(rep, lang) for rep in found.reps[:MOST_REPS]], title, height=HEIGHT)
        if len(found.reps) > MOST_REPS:
            words = text("quality.first_rows", lang, shown=MOST_REPS, n=len(found.reps))
            markup += f'<div class="sa-panel-note">{escape(words)}</div>'
        show(markup)
        download(
            "reps",
            {"rep": "rep", "share": "share_filled", "filled": "filled", "n": "cells", "customers": "customers"},
            [
                {
                    "rep": rep_name(each.owner, lang), "share": each.share, "filled": each.filled, "n": each.n,
                    "customers": each.customers,
                }
                for each in found.reps
            ],
            frame,
        )  # fmt: skip


def rep_name(owner: str | None, lang: Lang) -> str:
    """Return a rep's name, or what those without one are called."""
    return owner or text("quality.pool", lang)


def _rep_row(rep: RepCompleteness, lang: Lang) -> list[Cell]:
    weakest = [
        text("quality.weak", lang, column=column_name(each.column, lang), n=each.n - each.filled)
        for each in rep.weakest
    ]
    number = f"rep:{rep.owner or ''}"
    share = Opens(format.share(rep.share), number)
    if rep.small:
        words = text("quality.small", lang, share=format.share(rep.share), n=rep.customers)
        share = Opens(words, number, grey=True)
    return [
        rep_name(rep.owner, lang),
        share,
        Opens(format.number(rep.n - rep.filled), number),
        Opens(format.number(rep.customers), f"customers:{rep.owner or ''}"),
        text("quality.comma", lang).join(weakest) or format.DASH,
    ]
