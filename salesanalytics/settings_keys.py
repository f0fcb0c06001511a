"""Settings by name: every single one has a dotted key, is read and changed by it, and two documents are compared key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from salesanalytics.errors import UserError
from salesanalytics.settings import Settings
from salesanalytics.stages import StageModel

SEVERITIES = "severities."
STAGES = "stages."


@dataclass(frozen=True)
class Change:
    """One setting before and after; None = not there (a severity left at its default, a stage that did not exist)."""

    key: str
    before: object
    after: object


def field_of(key: str) -> FieldInfo | None:
    """Return the declaration behind ``key`` (limits, unit, choices), or None if no such setting is declared."""
    model: type[BaseModel] = Settings
    *groups, last = key.split(".")
    for group in groups:
        declared = model.model_fields.get(group)
        inner = declared.annotation if declared else None
        if declared and group == groups[-1] and group != "severities" and "dict" in str(inner):
            return declared  # an entry of a free list of names, such as a formula's choice
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return None
        model = inner
    found = model.model_fields.get(last)
    kind = found.annotation if found else None
    return (
        None if last in ("stages", "severities") or (isinstance(kind, type) and issubclass(kind, BaseModel)) else found
    )


def flat(settings: Settings) -> dict[str, object]:
    """Return every setting by its key, in the order of declaration; stages as ``stages.order`` and ``stages.<id>.<name>``."""
    return dict(_flat(settings, ""))


def _flat(model: BaseModel, before: str) -> Iterator[tuple[str, object]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, StageModel):
            yield from flat_stages(value)
        elif isinstance(value, Mapping):
            yield from ((f"{before}{name}.{key}", _plain(each)) for key, each in sorted(value.items()))
        else:
            yield f"{before}{name}", _plain(value)


def _plain(value: object) -> object:
    """Return models inside lists as plain data, so that every value can be shown and written as JSON."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


def flat_stages(stages: StageModel) -> Iterator[tuple[str, object]]:
    """Yield the stage model's settings: the order, then each stage's names, aliases and chance."""
    yield f"{STAGES}order", tuple(stage.id for stage in stages.forward)
    for stage in stages.all:
        for name, value in asdict(stage).items():
            if name != "id":
                yield f"{STAGES}{stage.id}.{name}", value
    for gone, now in stages.moved:
        yield f"{STAGES}moved.{gone}", now


def changes(before: Settings, after: Settings) -> tuple[Change, ...]:
    """Return what differs, key by key."""
    old, new = flat(before), flat(after)
    keys = [*old, *(key for key in new if key not in old)]
    return tuple(Change(key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key))


def with_values(settings: Settings, values: Mapping[str, object]) -> Settings:
    """Return the settings with other values (key → value; text is read as its type).

    Only declared keys: severities and stages have their own ways. Raises ``UserError``: ``settings-unknown-key``, ``settings-bad-value``.
    """
    document = settings.model_dump()
    for key, value in values.items():
        declared = field_of(key)
        if declared is None:
            raise UserError("settings-unknown-key", key=key)
        *groups, last = key.split(".")
        place: dict[str, Any] = document
        for group in groups:
            place = place.setdefault(group, {})
        place[last] = value
        try:
            made = Settings.model_validate(document)
        except ValidationError:
            raise UserError("settings-bad-value", key=key, value=_told(value), possible=possible(key)) from None
    return made if values else settings


ASCENDING = (
    ("alerts.untouched_days_rep", "alerts.untouched_days_manager"),
    ("metrics.pace_at_risk", "metrics.pace_on_track"),
)
"""Thresholds that form a ladder: the first of each pair is the lower rung."""


def in_order(settings: Settings) -> Settings:
    """Return ``settings`` if their ladders rise. Raises ``UserError("settings-order")``."""
    values = flat(settings)
    for low, high in ASCENDING:
        if float(str(values[low])) >= float(str(values[high])):
            raise UserError("settings-order", low=low, high=high)
    return settings


def read_text(key: str, written: str) -> object:
    """Return what somebody typed for ``key``: a list where lists are wanted (JSON or parted by commas), else the text itself."""
    declared = field_of(key)
    if declared is None or not any(kind in str(declared.annotation) for kind in ("tuple", "dict[")):
        return written.strip()
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        return [part.strip() for part in written.split(",") if part.strip()]


def limits(key: str) -> tuple[float | None, float | None]:
    """Return the lowest and highest value allowed for a number."""
    declared = field_of(key)
    found: dict[str, float] = {}
    for rule in declared.metadata if declared else ():
        found |= {name: getattr(rule, name) for name in ("ge", "le") if hasattr(rule, name)}
    return found.get("ge"), found.get("le")


def unit(key: str) -> str:
    """Return what a number counts (``settings.Unit``)."""
    declared = field_of(key)
    extra = declared.json_schema_extra if declared else None
    return str(extra.get("unit", "none")) if isinstance(extra, dict) else "none"


def choices(key: str) -> tuple[str, ...]:
    """Return the values to choose from, empty where any is allowed."""
    declared = field_of(key)
    found = getattr(declared.annotation, "__args__", ()) if declared else ()
    return tuple(each for each in found if isinstance(each, str))


def possible(key: str) -> str:
    """Return what may be set, in signs every language reads: ``1–365``, ``mean · median``."""
    lowest, highest = limits(key)
    if lowest is not None and highest is not None:
        return f"{lowest:,g}–{highest:,g}"
    return " · ".join(choices(key)) or ("USD · CNY · EUR …" if key == "currency" else "[…, …]")


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
