"""On What changed: which numbers of the two dates have changed since they were shown, and why."""

from __future__ import annotations

import json
from datetime import date

from salesanalytics.i18n import format, text
from salesanalytics.insight.restated.asked import date_asked
from salesanalytics.insight.restated.restated import Asked, Restatement
from salesanalytics.reports.restated_words import causes_in_words, values_in_words
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.restated.answers import restated_numbers, shown_of
from salesanalytics.ui.restated.dialog import restated_dialog
from salesanalytics.ui.styles import apply_rules
from salesanalytics.ui.tables import Cell, Opens, TableColumn, table


def asked_of(frame: Frame, day: date) -> tuple[Asked, ...]:
    """Return the numbers of a date the panel looks at."""
    return date_asked(frame.desk.settings, frame.where, day)


def restated_panel(frame: Frame, start: date, end: date) -> None:
    """Draw the tables of the dates that have changed; nothing where neither has."""
    for day, which in ((start, "title_start"), (end, "title_end")):
        shown = shown_of(frame.desk, day)
        if shown is None:
            continue
        asked = asked_of(frame, day)
        found = restated_numbers(frame.desk, day, asked)
        if not found:
            continue
        apply_rules("restated")
        moment = format.moment(shown.until.astimezone())
        title = text(f"restated.{which}", frame.lang, day=format.day(day))
        show(headline(title, text("restated.subtitle", frame.lang, n=len(found), all=len(asked), moment=moment)))
        show(_table(frame, found, title))


def _table(frame: Frame, found: tuple[Restatement, ...], title: str) -> str:
    lang, settings = frame.lang, frame.desk.settings
    columns = [
        TableColumn(text("restated.column_number", lang)),
        TableColumn(text("restated.was", lang), number=True),
        TableColumn(text("restated.now", lang), number=True),
        TableColumn(text("restated.column_why", lang), wrap=True, wide=True),
    ]
    rows: list[list[Cell]] = []
    for one in found:
        was, now = values_in_words(one, settings, lang)
        opens = json.dumps(["restated", one.as_of.isoformat(), one.metric])
        name = frame.desk.metric(one.metric).short(lang)
        rows.append([name, was, Opens(now, opens), causes_in_words(one.causes, lang)])
    return table(columns, rows, title)


def open_restated(frame: Frame, day: str, metric: str) -> None:
    """Open one of the panel's numbers; one of another day's page opens nothing."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return
    asked = next((one for one in asked_of(frame, on) if one[0] == metric), None)
    if asked is not None:
        restated_dialog(frame, asked, on)
