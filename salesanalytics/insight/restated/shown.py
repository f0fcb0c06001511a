"""When a past date was last shown as the newest, and what has happened since to what is known of it. Told by the imports' own records, no state is built.

A date was shown while no import of a later date was there. What it showed then is the state of the imports that counted at that moment
(``store.known``); what changed it since are files loaded afterwards for it or an earlier date, imports undone, and settings saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from salesanalytics.store.known import Known, known_at
from salesanalytics.store.types import ImportRecord, SettingsVersion
from salesanalytics.tables import TABLES

_OF_NUMBERS = ("stages.", "alerts.", "metrics.", "tiers.", "analysis.formulas", "analysis.ratios", "analysis.country")
"""The settings a number may depend on."""


@dataclass(frozen=True)
class Event:
    """One thing that happened since. ``record``: the import that was loaded, or, if ``undone``, undone; None where the settings changed (``version``).

    ``known``: the imports that make the state after it.
    """

    at: datetime
    who: str
    known: Known
    record: ImportRecord | None = None
    undone: bool = False
    version: SettingsVersion | None = None


@dataclass(frozen=True)
class Shown:
    """A date that was shown before, and has changed since. ``until``: the moment up to which it showed what ``known`` (numbers of imports) makes.

    ``newest``: it is still the newest date; ``since``: when its first import was loaded. ``events``: what happened since, oldest first, at least one.
    """

    as_of: date
    since: datetime
    until: datetime
    newest: bool
    known: Known
    events: tuple[Event, ...]

    @property
    def noticeable(self) -> bool:
        """Whether somebody was shown it: it is a past date, or its change came on a later day (the teams' files of one morning are no restatement)."""
        return not self.newest or self.until.astimezone().date() > self.since.astimezone().date()


def shown_before(
    records: Sequence[ImportRecord], as_of: date, versions: Sequence[SettingsVersion] = ()
) -> Shown | None:
    """Return when ``as_of`` was shown and what has changed since; None where it never was, or nothing has changed.

    ``records``: every import, undone ones too; ``versions``: of the settings. Where no import of a later date ever came, what was shown before the last change
    of its data counts.
    """
    found = _last_shown(records, as_of)
    if found is None:
        return None
    since, until, newest = found
    counted = known_at(records, until)
    then = _made_of([one for one in records if one.import_id in counted], as_of)
    now = _made_of([one for one in records if one.undone_at is None], as_of)
    events = _events(records, then, now, until, _that_matter(versions, until))
    return Shown(as_of, since, until, newest, then, events) if events else None


def _last_shown(records: Sequence[ImportRecord], as_of: date) -> tuple[datetime, datetime, bool] | None:
    """When the newest import date up to ``as_of`` came, until when it was shown, and whether it is the newest still."""
    for day in sorted({one.as_of for one in records if one.as_of <= as_of}, reverse=True):
        since = min(one.loaded_at for one in records if one.as_of == day)
        later = [one.loaded_at for one in records if one.as_of > as_of and one.loaded_at > since]
        until = min(later) if later else _last_change(records, as_of, since)
        counted = known_at(records, until) if until else frozenset()
        if until and any(one.as_of == day and one.import_id in counted for one in records):
            return since, until, not later
        if any(one.as_of == day and one.undone_at is None for one in records):
            # the date that counts now is shown for the first time, or as it always was
            return None
    return None


def _last_change(records: Sequence[ImportRecord], as_of: date, since: datetime) -> datetime | None:
    """The last moment at which what is known of a date without later ones changed."""
    told = [one for one in records if one.as_of <= as_of]
    moments = [moment for one in told for moment in (one.loaded_at, one.undone_at) if moment and moment > since]
    return max(moments, default=None)


def _made_of(records: Sequence[ImportRecord], as_of: date) -> Known:
    """The imports a state is made of: those up to its date, and the later ones of every table that first came after it (rebuilt from its rows' own dates)."""
    told = [one for one in records if one.as_of <= as_of]
    numbers = {one.import_id for one in told}
    for table in TABLES:
        if not any(_holds(one, table.name) for one in told):
            numbers |= {one.import_id for one in records if _holds(one, table.name)}
    return frozenset(numbers)


def _holds(record: ImportRecord, table: str) -> bool:
    count = record.tables.get(table)
    return count is not None and count.new + count.updated + count.unchanged > 0


def _events(
    records: Sequence[ImportRecord], then: Known, now: Known, until: datetime, versions: Sequence[SettingsVersion]
) -> tuple[Event, ...]:
    by_number = {one.import_id: one for one in records}
    happened: list[tuple[datetime, ImportRecord | None, SettingsVersion | None]] = [
        *((by_number[number].loaded_at, by_number[number], None) for number in now - then),
        *((by_number[number].undone_at or until, by_number[number], None) for number in then - now),
        *((one.saved_at, None, one) for one in versions),
    ]
    happened.sort(key=lambda one: (one[0], one[1].import_id if one[1] else 0))
    # an import that counted for a table only until an earlier one brought it was not undone: it goes with the first event
    known = then - {number for number in then - now if by_number[number].undone_at is None}
    events: list[Event] = []
    for at, record, version in happened:
        if version is not None:
            events.append(Event(at, version.who, known, version=version))
        elif record is not None and record.import_id in now:
            known |= {record.import_id}
            events.append(Event(at, record.who, known, record))
        elif record is not None and record.undone_at is not None:
            known -= {record.import_id}
            events.append(Event(at, record.undone_by or "", known, record, undone=True))
    return tuple(events)


def _that_matter(versions: Sequence[SettingsVersion], until: datetime) -> list[SettingsVersion]:
    """The versions saved since that changed what numbers depend on; none where in the end all is as it was."""
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    found = []
    for version in sorted(versions, key=lambda one: one.number):
        changes = [one for one in version.changes if version.saved_at >= until and one.key.startswith(_OF_NUMBERS)]
        for change in changes:
            before.setdefault(change.key, change.before)
            after[change.key] = change.after
        if changes:
            found.append(version)
    return found if before != after else []
