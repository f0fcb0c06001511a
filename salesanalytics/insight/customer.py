"""One customer's whole story as of a date: facts, stages, follow-ups, alerts, and what every import did to their row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.insight.customer_imports import CellChange, ImportHistory, import_history, own_columns
from salesanalytics.insight.flags import Flag, flags
from salesanalytics.insight.stage_history import StageEntry, stage_history
from salesanalytics.intake.sensitive_text import masked
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings
from salesanalytics.tables import LEADS

HIDDEN = "***"
"""stands for contact data that are there and not shown"""
CONTACT = frozenset(column.name for column in LEADS.columns if column.sensitive)
_FREE_TEXT = frozenset({"notes", "summary", "feedback", "next_step"})


@dataclass(frozen=True)
class CustomerStory:
    """Everything known of one customer.

    ``facts``: the row of ``leads`` (of a missing customer the last row an import showed), ``own``: the user's own columns. ``missing_since``: the date of the import that
    no longer held them; then there are no ``flags``. ``has_contacts``: whether there are contact data, shown or hidden.
    """

    customer_id: str
    as_of: date
    reconstructed: bool
    facts: Mapping[str, Any]
    own: Mapping[str, str | None]
    missing_since: date | None
    entries: tuple[StageEntry, ...]
    followups: tuple[Mapping[str, Any], ...]
    flags: tuple[Flag, ...]
    imports: ImportHistory
    has_contacts: bool

    @property
    def name(self) -> str:
        """The customer's name, else the number."""
        return str(self.facts.get("customer_name") or self.customer_id)


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """One hit of a search."""

    customer_id: str
    customer_name: str | None
    owner: str | None
    stage: str | None


def customer_story(
    view: View, settings: Settings, customer_id: str, *, reveal: bool = False, known_flags: list[Flag] | None = None
) -> CustomerStory | None:
    """Return the story of a customer, None for one unknown at the view's date or outside its scope.

    Contact data are ``HIDDEN``, and phone and identity numbers in notes masked, unless ``reveal``. ``known_flags``: everybody's, where they have been computed.
    """
    rows = view.fetch("SELECT * FROM leads WHERE customer_id = ?", [customer_id])
    gone = [] if rows else view.fetch("SELECT * FROM missing_leads WHERE customer_id = ?", [customer_id])
    if not rows and not gone:
        return None
    facts = (rows or gone)[0]
    imports = import_history(view, customer_id)
    if gone and imports.events:
        facts["stage"] = _last_stage(view, customer_id, settings)
    log = "SELECT * FROM followups WHERE customer_id = ? ORDER BY followed_up_at DESC, length(followup_id) DESC, followup_id DESC"
    everybody = flags(view, settings) if known_flags is None else known_flags
    missing = [event.imported_on for event in imports.events if event.kind == "missing"]
    story = CustomerStory(
        customer_id=customer_id,
        as_of=view.as_of,
        reconstructed=view.reconstructed,
        facts=facts,
        own=own_columns(facts),
        missing_since=(missing[-1] if missing else view.as_of) if gone else None,
        entries=tuple(stage_history(view, Filters(), customer_id)),
        followups=tuple(view.fetch(log, [customer_id])),
        flags=tuple(flag for flag in everybody if flag.customer_id == customer_id),
        imports=imports,
        has_contacts=any(facts.get(name) for name in CONTACT),
    )
    return story if reveal else _hidden(story)


def _last_stage(view: View, customer_id: str, settings: Settings) -> str | None:
    sql = "SELECT stage FROM lead_versions WHERE customer_id = ? ORDER BY rank DESC LIMIT 1"
    rows = view.fetch(sql, [customer_id])
    stage = rows[0]["stage"] if rows else None
    return dict(settings.stages.moved).get(stage, stage) if stage else None


def _hidden(story: CustomerStory) -> CustomerStory:
    events = tuple(
        replace(event, changes=tuple(_hidden_change(change) for change in event.changes))
        for event in story.imports.events
    )
    return replace(
        story,
        facts={name: _cell(name, value) for name, value in story.facts.items()},
        own={name: masked(value) if isinstance(value, str) else value for name, value in story.own.items()},
        followups=tuple({name: _cell(name, value) for name, value in row.items()} for row in story.followups),
        imports=replace(story.imports, events=events),
    )


def _hidden_change(change: CellChange) -> CellChange:
    if change.column.startswith("custom:"):
        return replace(change, before=_masked(change.before), after=_masked(change.after))
    return replace(change, before=_cell(change.column, change.before), after=_cell(change.column, change.after))


def _cell(name: str, value: Any) -> Any:
    if name in CONTACT:
        return HIDDEN if value else value
    return _masked(value) if name in _FREE_TEXT or name == "custom" else value


def _masked(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value


def find_customers(view: View, sought: str, most: int = 12) -> list[FoundCustomer]:
    """Return the customers whose number or name holds ``sought`` (case folded), exact numbers first; missing ones too, without a stage."""
    wanted = sought.strip().casefold()
    if not wanted:
        return []
    sql = """
        WITH everybody AS (
            SELECT customer_id, customer_name, owner, stage FROM leads
            UNION ALL SELECT customer_id, customer_name, owner, NULL FROM missing_leads)
        SELECT * FROM everybody WHERE contains(lower(customer_id), ?) OR contains(lower(coalesce(customer_name, '')), ?)
        ORDER BY lower(customer_id) <> ?, lower(coalesce(customer_name, '')) <> ?, NOT starts_with(lower(customer_id), ?), customer_id LIMIT ?"""
    return [FoundCustomer(**row) for row in view.fetch(sql, [wanted] * 5 + [most])]
