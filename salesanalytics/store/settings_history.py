"""Settings as versions: every change is a new one, an undo too, so that who set what when is never lost.

Only what differs from the program's defaults is kept: whoever changed one threshold still gets better defaults for the others.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC
from functools import lru_cache
from typing import Any

import duckdb
from pydantic import ValidationError

from salesanalytics.errors import UserError
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import changes, in_order
from salesanalytics.stage_changes import checked
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.load import now
from salesanalytics.store.types import SettingsVersion

LOG = logging.getLogger(__name__)


def read_settings(cursor: duckdb.DuckDBPyConnection) -> Settings | None:
    """Return the settings as last saved, or None when none ever were."""
    rows = cursor.execute(f"SELECT body FROM {SCHEMA}.settings_history ORDER BY version DESC LIMIT 1").fetchall()
    return read_document(rows[0][0]) if rows else None


def read_versions(cursor: duckdb.DuckDBPyConnection, defaults: Settings) -> list[SettingsVersion]:
    """Return every version, newest first; before the first one ``defaults`` held."""
    rows = cursor.execute(
        f"SELECT version, body, who, saved_at, restores FROM {SCHEMA}.settings_history ORDER BY version"
    ).fetchall()
    versions: list[SettingsVersion] = []
    before = defaults
    for number, body, who, saved_at, restores in rows:
        after = read_document(body)
        moment = saved_at.replace(tzinfo=UTC)
        versions.append(SettingsVersion(number, who, moment, after, changes(before, after), restores))
        before = after
    return versions[::-1]


def write_version(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, who: str, restores: int | None = None
) -> SettingsVersion | None:
    """Keep ``settings`` as a new version; None when they are the present ones already.

    Raises ``UserError``: ``stage-…``, ``settings-order``, and ``stage-in-use`` when customers would be left in a stage there no longer is.
    """
    checked(settings.stages)
    in_order(settings)
    body = settings.model_dump_json(exclude_defaults=True)
    newest = cursor.execute(
        f"SELECT version, body FROM {SCHEMA}.settings_history ORDER BY version DESC LIMIT 1"
    ).fetchall()
    number, former = newest[0] if newest else (0, "{}")
    if newest and read_document(former) == settings:
        return None
    present = read_document(former)
    _nobody_left_behind(cursor, present, settings)
    saved_at = now()
    cursor.execute(
        f"INSERT INTO {SCHEMA}.settings_history VALUES (?, ?, ?, ?, ?)", [number + 1, body, who, saved_at, restores]
    )
    differing = changes(present, settings)
    return SettingsVersion(number + 1, who, saved_at.replace(tzinfo=UTC), settings, differing, restores)


def _nobody_left_behind(cursor: duckdb.DuckDBPyConnection, before: Settings, after: Settings) -> None:
    """Raise unless every stage that is gone says where its customers count now, or has none."""
    placed = {*after.stages.ids, *(old for old, _ in after.stages.moved)}
    for gone in {*before.stages.ids, *(old for old, _ in before.stages.moved)} - placed:
        held = cursor.execute(
            f"""SELECT count(DISTINCT customer_id) FROM (
                SELECT customer_id FROM {SCHEMA}.leads_content WHERE stage = $stage OR lost_from_stage = $stage
                UNION ALL SELECT customer_id FROM {SCHEMA}.followups_content WHERE stage_after = $stage)""",
            {"stage": gone},
        ).fetchall()[0][0]
        if held:
            stage = before.stages.get(gone) if gone in before.stages.ids else None
            names = {"stage_zh": stage.zh, "stage_en": stage.en} if stage else {"stage_zh": gone, "stage_en": gone}
            raise UserError("stage-in-use", n=held, **names)


def before_last(versions: list[SettingsVersion], defaults: Settings) -> tuple[Settings, int]:
    """Return what an undo restores, and the number of that version (0 = the defaults). ``versions`` newest first.

    Undoing twice goes back twice: what an undo restored counts as that version. Raises ``UserError("settings-nothing-to-undo")``.
    """
    by_number = {version.number: version for version in versions}

    def meant(number: int) -> int:
        restored = by_number[number].restores if number in by_number else None
        return number if restored is None else restored

    standing = meant(versions[0].number) if versions else 0
    if standing == 0:
        raise UserError("settings-nothing-to-undo")
    former = meant(standing - 1)
    return (by_number[former].settings if former else defaults), former


@lru_cache(maxsize=32)
def read_document(body: str) -> Settings:
    """Return the settings of a kept document. What this program no longer understands falls back to its default, and the log says so."""
    document: dict[str, Any] = json.loads(body)
    while True:
        try:
            return Settings.model_validate(document)
        except ValidationError as refused:
            places = {tuple(error["loc"]) for error in refused.errors()}
            LOG.warning("settings not understood, defaults used: %s", sorted(map(str, places)))
            for place in places:
                _drop(document, place)


def _drop(document: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Take out what lies at ``place``, or the nearest part of it that is a named setting."""
    inner: Any = document
    for part in place[:-1]:
        if not isinstance(inner.get(part), dict):
            inner.pop(part, None)
            return
        inner = inner[part]
    if inner.pop(place[-1], None) is None:
        document.pop(str(place[0]), None)
