"""Preview: everything a load would do, once more and in full, before anything is written."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft_bar import date_choice
from salesanalytics.ui.importing.impact import Impact
from salesanalytics.ui.importing.impact_panel import (
    accounts_markup,
    check_markup,
    effect_markup,
    impact_title,
    missing_markup,
    repeat_notice,
    shown_dates,
)
from salesanalytics.ui.importing.issue_list import edit_markup
from salesanalytics.ui.importing.load_step import load_button, outcome_table
from salesanalytics.ui.panel import headline, panel

HELD_SHOWN = 3


def preview_step(desk: ImportDesk) -> None:
    """Draw the step."""
    lang, as_of = desk.lang, desk.as_of
    if as_of is None:
        with panel("data-date", text("data_page.bar_date_label", lang), text("data_page.load_needs_date", lang)):
            date_choice(desk, "step")
        return
    impact = desk.bench.impact(desk.draft, as_of)
    left, right = st.columns([0.68, 0.32], gap="small")
    with left:
        _what(desk, impact)
    with right, st.container(key="panel-data-impact", border=True, gap="xxsmall"):
        note = text("data_page.impact_note", lang, rows=format.number(impact.accounts.total), n=len(impact.tables))
        show(headline(impact_title(impact, None, lang), note))
        show(accounts_markup(impact.accounts, None, lang))
        if absent := missing_markup(impact, lang):
            show(absent)
        show(effect_markup(desk.bench.before(as_of), impact.figures, shown_dates(desk), lang, suggested=False))
        show(check_markup(impact.accounts, lang))
        repeat_notice(impact, lang)
        with st.container(key="data-ways", gap="xxsmall"):
            load_button(desk, impact, main=True)
            show(f'<div class="sa-muted sa-small sa-centre">{escape(text("data_page.load_note", lang))}</div>')


def _what(desk: ImportDesk, impact: Impact) -> None:
    lang = desk.lang
    accounts = impact.accounts
    rows = accounts.new + accounts.updated + accounts.unchanged
    title = (
        text(
            "data_page.preview_title",
            lang,
            rows=format.number(rows),
            new=format.number(accounts.new),
            updated=format.number(accounts.updated),
        )
        if rows
        else text("data_page.preview_title_none", lang)
    )
    mode = text(f"data_page.mode_{desk.draft.mode}", lang)
    with panel("data-preview", title, text("data_page.preview_note", lang, day=format.day(desk.as_of), mode=mode)):
        show(outcome_table(desk, impact))
        _samples(desk, impact)
    if desk.draft.edits:
        head = text("data_page.edits_title", lang, n=len(desk.draft.edits))
        with panel("data-edits", head, text("data_page.edits_note", lang)):
            for edit in desk.draft.edits:
                show(edit_markup(edit, lang))


def _samples(desk: ImportDesk, impact: Impact) -> None:
    lines = [
        text(
            "data_page.samples_line",
            desk.lang,
            table=BY_NAME[name].title(desk.lang),
            outcome=text(f"data_page.outcome_{outcome}", desk.lang),
            keys=text("data_page.list_joint", desk.lang).join(keys),
        )
        for name, outcomes in impact.samples.items()
        for outcome, keys in outcomes.items()
        if keys and outcome != "unchanged" and len(BY_NAME[name].key) == 1  # longer keys say little
    ]
    lines += _held_samples(desk)
    if lines:
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        show(
            f'<div class="sa-samples"><b>{escape(text("data_page.samples_title", desk.lang))}</b><ul class="sa-small">{items}</ul></div>'
        )


def _held_samples(desk: ImportDesk) -> list[str]:
    """Return a line a table with rows held back: the first of them and why."""
    lang = desk.lang
    lines = []
    for name in dict.fromkeys(row.table for row in desk.batch.quarantine):
        own = [row for row in desk.batch.quarantine if row.table == name][:HELD_SHOWN]
        words = [
            text("data_page.sample_held", lang, row=row.row, why=CHECK_BY_KIND[row.kinds[0]].title(lang))
            for row in own
            if row.kinds
        ]
        keys = text("data_page.list_joint", lang).join(words)
        outcome = text("data_page.outcome_quarantined", lang)
        lines.append(text("data_page.samples_line", lang, table=BY_NAME[name].title(lang), outcome=outcome, keys=keys))
    return lines
