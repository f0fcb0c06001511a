"""settings list, set, undo, history: the workspace's settings without a browser."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from salesanalytics.commands.output import as_json, write, write_table
from salesanalytics.commands.uploads import who
from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang, text
from salesanalytics.intake.severities import with_severity
from salesanalytics.metrics.registry import check_analysis
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.settings_keys import (
    SEVERITIES,
    STAGES,
    Change,
    changes,
    field_of,
    flat,
    possible,
    read_text,
    with_values,
)
from salesanalytics.stage_changes import add, edit, remove, reorder, stage_from
from salesanalytics.stages import StageModel
from salesanalytics.store.workspace import open_workspace


def settings(args: Namespace) -> int:
    """Do what was asked: list, set, undo or history."""
    return {"list": _list, "set": _set, "undo": _undo, "history": _history}[args.what](args)


def _list(args: Namespace) -> int:
    with open_workspace(args.workspace) as workspace:
        now = flat(workspace.settings())
    defaults = flat(DEFAULT_SETTINGS)
    rows = [
        {
            "key": key,
            "value": value,
            "default": defaults.get(key),
            "changed": value != defaults.get(key),
            "possible": possible(key) if field_of(key) else None,
        }
        for key, value in now.items()
    ]
    if args.json:
        write(as_json({"settings": rows}))
    else:
        headers = [text(f"settings.cli_{name}", args.lang) for name in ("key", "value", "default", "changed")]
        marks = {True: text("settings.changed", args.lang), False: ""}
        write_table(
            headers, [[r["key"], _shown(r["value"]), _shown(r["default"]), marks[bool(r["changed"])]] for r in rows]
        )
    return 0


def _set(args: Namespace) -> int:
    if args.key is None or args.value is None:
        raise UserError("settings-set-usage")
    with open_workspace(args.workspace) as workspace:
        before = workspace.settings()
        after = changed(before, args.key, args.value)
        check_analysis(after.analysis)
        workspace.save_settings(after, who())
    return _tell(args, changes(before, after))


def _undo(args: Namespace) -> int:
    with open_workspace(args.workspace) as workspace:
        version = workspace.undo_settings(who())
    return _tell(args, version.changes)


def _history(args: Namespace) -> int:
    with open_workspace(args.workspace) as workspace:
        versions = workspace.settings_versions()
    if args.json:
        rows = [
            {
                "version": version.number,
                "who": version.who,
                "saved_at": version.saved_at,
                "restores": version.restores,
                "changes": _documents(version.changes),
            }
            for version in versions
        ]
        write(as_json({"versions": rows}))
    elif not versions:
        write(text("settings.no_history", args.lang))
    else:
        headers = [text(f"settings.cli_{name}", args.lang) for name in ("version", "who", "at", "changes")]
        write_table(
            headers,
            [[v.number, v.who, f"{v.saved_at:%Y-%m-%d %H:%M}", "; ".join(map(_line, v.changes))] for v in versions],
        )
    return 0


def changed(now: Settings, key: str, written: str) -> Settings:
    """Return the settings after ``settings set KEY VALUE``. Raises ``UserError`` for keys and values there are not."""
    if key.startswith(SEVERITIES):
        return with_severity(now, key.removeprefix(SEVERITIES), written)
    if key.startswith(STAGES):
        return now.model_copy(update={"stages": _stages(now.stages, key, written)})
    return with_values(now, {key: read_text(key, written)})


def _stages(stages: StageModel, key: str, written: str) -> StageModel:
    """``stages.order`` a,b,c · ``stages.<id>.<name>`` VALUE · ``stages.<id>`` JSON, a new stage (with ``after``), or {"move_to": id} to remove it."""
    _, stage_id, *names = key.split(".")
    if stage_id == "order" and not names:
        return reorder(stages, [part.strip() for part in written.split(",")])
    if names in (["zh"], ["en"]):
        return edit(stages, stage_id, **{names[0]: written.strip()})
    if names == ["aliases"]:
        return edit(stages, stage_id, aliases=tuple(part.strip() for part in written.split(",") if part.strip()))
    if names == ["default_probability"]:
        return edit(stages, stage_id, default_probability=_chance(stage_id, written))
    if names:
        raise UserError("settings-unknown-key", key=key)
    try:
        document: dict[str, Any] = dict(json.loads(written))
    except (ValueError, TypeError):
        raise UserError("stage-document") from None
    if "move_to" in document:
        return remove(stages, stage_id, str(document["move_to"]))
    if stage_id in stages.ids:
        made = stage_from(document, stage_id)
        return edit(
            stages,
            stage_id,
            zh=made.zh,
            en=made.en,
            aliases=made.aliases,
            default_probability=made.default_probability,
        )
    return add(stages, stage_from(document, stage_id), str(document.get("after", stages.open_ids[-1])))


def _chance(stage_id: str, written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise UserError("stage-chance", id=stage_id) from None


def _tell(args: Namespace, made: Iterable[Change]) -> int:
    made = tuple(made)
    if args.json:
        write(as_json({"changes": _documents(made)}))
    elif not made:
        write(text("settings.nothing_changed", args.lang))
    else:
        for change in made:
            write(_line(change, args.lang))
    return 0


def _documents(made: Iterable[Change]) -> list[dict[str, object]]:
    return [{"key": change.key, "before": change.before, "after": change.after} for change in made]


def _line(change: Change, lang: Lang | None = None) -> str:
    return f"{change.key}: {_shown(change.before)} → {_shown(change.after)}"


def _shown(value: object) -> str:
    if value is None:
        return "—"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
