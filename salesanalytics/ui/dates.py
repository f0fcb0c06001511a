"""The two dates every page stands on, beside each other in the filter bar: the as-of date, and the date compared with. Both go into the URL at once."""

from __future__ import annotations

from datetime import date

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.compared import LAST, NAMED, compared_on
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filter_bar import DayField, Group, Pill
from salesanalytics.ui.filter_pills import FIRST_DAY
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.view_state import ViewState


def import_dates(desk: Desk) -> list[date]:
    """Return the as-of dates of the imports, newest first."""
    return sorted({record.as_of for record in desk.source.imports}, reverse=True)


def is_rebuilt(desk: Desk, day: date) -> bool:
    """Say whether a day lies before the first import, so that its state is rebuilt from the rows' own dates. Builds no state."""
    return day < import_dates(desk)[-1]


def chosen_against(desk: Desk, state: ViewState, *, needed: bool) -> date | None:
    """Return the date compared with; None = none is asked for, or there is none. ``needed``: the page compares by itself, with the import before."""
    dates = import_dates(desk)
    found = compared_on(state.against, desk.as_of, dates)
    return compared_on(LAST, desk.as_of, dates) if found is None and needed else found


def as_of_pill(desk: Desk, lang: Lang) -> Pill:
    """Return the pill of the as-of date: the dates of the imports, and any other day."""
    dates = import_dates(desk)
    label = [
        (text("ui.as_of", lang, day=format.day(desk.as_of)), "strong"),
        (f"· {format.week(desk.as_of)}", "soft week"),
    ]
    options = [(day.isoformat(), f"{format.day(day)} · {format.week(day)}") for day in dates]
    last = max(dates[0], date.today())
    day = _any_day(text("ui.as_of_day", lang), desk.as_of, desk.as_of in dates, last, "as_of")
    title, note = text("ui.as_of_choose", lang), text("ui.as_of_note", lang)
    return Pill("as_of", title, label, [Group("as_of", options, days=(day,))], "bare", note, date=True)


def against_pill(desk: Desk, state: ViewState, on: date | None, lang: Lang, *, needed: bool) -> Pill:
    """Return the pill of the date compared with, ``on``. ``needed``: "none" is not among its choices, the import before is what holds without one."""
    dates = import_dates(desk)
    named = {name: day for name in NAMED if (day := compared_on(name, desk.as_of, dates))}
    options = [] if needed else [("", text("ui.against_none", lang))]
    options += [
        ("" if needed and name == LAST else name, text(f"ui.against_{name}", lang, day=format.day(day)))
        for name, day in named.items()
    ]
    options += [(day.isoformat(), f"{format.day(day)} · {format.week(day)}") for day in dates if day < desk.as_of]
    among = any(name == state.against for name, _ in options)
    other = _any_day(text("ui.against_day", lang), on, among, desk.as_of, "against")
    title, note = text("ui.against_choose", lang), text("ui.against_note", lang)
    groups = [Group("against", options, days=(other,))]
    return Pill("against", title, _against_label(desk, state, on, lang), groups, "on" if on else "", note, date=True)


def against_id(state: ViewState, *, needed: bool) -> str:
    """Return which of the pill's choices holds."""
    return "" if needed and state.against == LAST else state.against


def stand(desk: Desk, on: date | None, lang: Lang) -> str:
    """Return the dates a screen or export stands on: ``截至 2026-11-08，对比 2026-11-01``; one before the first import is said to be reconstructed."""
    if on is None:
        return text("compared.alone", lang, day=format.day(desk.as_of))
    known = next((day for day in import_dates(desk) if day <= on), None)
    key = "stand_rebuilt" if known is None else "stand" if known == on else "stand_known"
    return text(f"compared.{key}", lang, day=format.day(desk.as_of), then=format.day(on), known=format.day(known))


def against_note(desk: Desk, on: date | None, lang: Lang) -> None:
    """Draw the line that says what is compared, on every page alike; nothing where no date is chosen."""
    if on is not None:
        words = f"{stand(desk, on, lang)}{text('compared.note', lang)}"
        show(f'<div class="sa-dates" role="note">{escape(words)}</div>')


def _against_label(desk: Desk, state: ViewState, on: date | None, lang: Lang) -> list[tuple[str, str]]:
    if on is None:
        return [(text("ui.against_nothing" if state.against else "ui.against", lang), "soft")]
    words = [(text("ui.against_on", lang, day=format.day(on)), "strong")]
    return [*words, (text("ui.against_rebuilt", lang), "soft")] if is_rebuilt(desk, on) else words


def _any_day(label: str, current: date | None, among: bool, last: date, sets: str) -> DayField:
    """A day none of the choices names; one that is among them needs not be said again."""
    value = current.isoformat() if current and not among else ""
    return DayField(label, value, FIRST_DAY.isoformat(), last.isoformat(), (sets,))
