"""Loading: one button, its progress, and what came of it."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.store.types import ImportOutcome
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.html import show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.impact import Impact
from salesanalytics.ui.importing.working import Working
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, TableColumn, Toned, table

_RESULT = "import-result"  # outlives the draft: not one of the draft's own "data-" keys


def load_button(desk: ImportDesk, impact: Impact, *, main: bool) -> None:
    """Draw the button that loads the draft as it stands, rows with errors into quarantine."""
    lang, held = desk.lang, impact.accounts.quarantined
    label = text(
        "data_page.load_now_held" if held else "data_page.load_now", lang, n=format.number(held) if held > 1 else held
    )
    nothing = impact.accounts.total == impact.accounts.left_out
    if st.button(label, key="data-load", type="primary" if main else "secondary", width="stretch", disabled=nothing):
        _load(desk)


def _load(desk: ImportDesk) -> None:
    as_of = desk.as_of
    if as_of is None:
        return
    working = Working(desk, None)  # a transaction under way is not given up: an import can be undone as a whole
    rows = sum(frame.height for frame in desk.batch.tables.values())
    outcome = desk.bench.load(desk.draft, as_of, desk.who, lambda share: working.said("load", share, int(share * rows)))
    desk.discard()
    st.session_state[_RESULT] = outcome
    st.rerun()


def result_panel(desk: ImportDesk) -> None:
    """Draw what the load just made has done, until the user goes on."""
    outcome: ImportOutcome | None = st.session_state.get(_RESULT)
    if outcome is None:
        return
    lang = desk.lang
    held = sum(counts.quarantined for counts in outcome.tables.values())
    key = "result_repeat" if outcome.repeated else "result_title_held" if held else "result_title"
    note = text("data_page.result_note", lang, import_id=outcome.import_id, day=format.day(outcome.as_of))
    with panel("data-result", "✓ " + text(f"data_page.{key}", lang, n=held), note):
        show(outcome_table(desk, outcome))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.page_link(
                "pages/overview.py",
                label=text("data_page.result_overview", lang),
                query_params=link_params(),
                icon=":material/arrow_forward:",
            )
            if st.button(text("data_page.result_more", lang), key="data-more"):
                del st.session_state[_RESULT]
                st.rerun()


def outcome_table(desk: ImportDesk, result: ImportOutcome | Impact) -> str:
    """Return the table of counts a table of the import."""
    lang = desk.lang
    columns = [TableColumn(text("data_page.column_name", lang))]
    outcomes = ("new", "updated", "unchanged", "missing", "quarantined")
    columns += [
        TableColumn(
            text(f"data_page.outcome_{each}", lang), number=True, wide=each in ("updated", "unchanged", "missing")
        )
        for each in outcomes
    ]
    rows: list[list[Cell]] = []
    for name, counts in result.tables.items():
        held: Cell = Toned(f"✕ {counts.quarantined}", "bad") if counts.quarantined else "0"
        numbers = [format.number(getattr(counts, each)) for each in outcomes[:-1]]
        numbers[3] = numbers[3] if name == "leads" else "—"
        rows.append([BY_NAME[name].title(lang), *numbers, held])
    return table(columns, rows, text("data_page.step_preview", lang))
