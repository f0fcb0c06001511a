"""Changes of settings as lines for people: a stage that came or went is one line, not one for each of its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.i18n import Lang, format, text
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import STAGES, Change
from salesanalytics.ui.settings.words import stage_name, title, value_words


@dataclass(frozen=True)
class Told:
    """One line: what was set, from what, to what."""

    title: str
    before: str
    after: str


def told(changes: Sequence[Change], settings: Settings, lang: Lang) -> list[Told]:
    """Return the lines of ``changes``, which led to ``settings``."""
    by_key = {change.key: change for change in changes}
    names = [change for change in changes if change.key.startswith(STAGES) and change.key.endswith(f".{lang}")]
    came = {change.key.split(".")[1]: change for change in names if change.before is None}
    gone = {change.key.split(".")[1]: change for change in names if change.after is None}
    lines = [_added(stage_id, settings, lang) for stage_id in came]
    lines += [_removed(stage_id, change, by_key, settings, lang) for stage_id, change in gone.items()]
    for change in changes:
        if not _covered(change, {*came, *gone}):
            words = [value_words(change.key, value, lang, settings) for value in (change.before, change.after)]
            lines.append(Told(title(change.key, lang, settings.stages), *words))
    return lines


def _covered(change: Change, whole: set[str]) -> bool:
    """Say whether the line of a stage that came or went tells this already."""
    if not whole or not change.key.startswith(STAGES):
        return False
    _, stage_id, *rest = change.key.split(".")
    if stage_id == "order":
        orders = [value if isinstance(value, tuple) else () for value in (change.before, change.after)]
        kept = [[each for each in order if each not in whole] for order in orders]
        return kept[0] == kept[1]
    return stage_id in whole or (stage_id == "moved" and rest[0] in whole)


def _added(stage_id: str, settings: Settings, lang: Lang) -> Told:
    stage = settings.stages.get(stage_id)
    parts = [stage.name(lang), stage.en if lang == "zh" else stage.zh, f"{stage.default_probability * 100:g}%"]
    return Told(text("settings.key_stage_added", lang), format.DASH, " · ".join(dict.fromkeys(parts)))


def _removed(stage_id: str, change: Change, by_key: dict[str, Change], settings: Settings, lang: Lang) -> Told:
    moved = by_key.get(f"{STAGES}moved.{stage_id}")
    heir = stage_name(str(moved.after), lang, settings.stages) if moved and moved.after else None
    after = text("settings.moved_into", lang, stage=heir) if heir else format.DASH
    return Told(text("settings.key_stage_removed", lang), str(change.before), after)
