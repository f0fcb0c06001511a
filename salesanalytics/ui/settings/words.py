"""Settings in words: what a key is called, and how its value reads."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, has_text, text
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import SEVERITIES, STAGES, unit
from salesanalytics.stages import StageModel
from salesanalytics.tables import LEADS
from salesanalytics.ui.settings.analysis.words import ANALYSIS, analysis_title, analysis_words


def title(key: str, lang: Lang, stages: StageModel) -> str:
    """Return what the setting ``key`` is called."""
    if key.startswith(SEVERITIES):
        check = CHECK_BY_KIND.get(key.removeprefix(SEVERITIES))
        return check.title(lang) if check else key
    if key.startswith(ANALYSIS):
        return analysis_title(key, lang)
    if key.startswith(STAGES):
        return _stage_title(key, lang, stages)
    named = f"settings.{key}.title"
    return text(named, lang) if has_text(named, lang) else key


def note(key: str, lang: Lang) -> str:
    """Return the line that explains the setting, empty if there is none."""
    named = f"settings.{key}.note"
    return text(named, lang) if has_text(named, lang) else ""


def _stage_title(key: str, lang: Lang, stages: StageModel) -> str:
    _, stage_id, *rest = key.split(".")
    if stage_id == "order":
        return text("settings.key_order", lang)
    if stage_id == "moved":
        return text("settings.key_moved", lang, stage=rest[0])
    return text(f"settings.key_stage_{rest[0]}", lang, stage=stage_name(stage_id, lang, stages))


def stage_name(stage_id: str, lang: Lang, stages: StageModel) -> str:
    """Return a stage's name, or its id where ``stages`` does not know it."""
    return stages.get(stage_id).name(lang) if stage_id in stages.ids else stage_id


def value_words(key: str, value: object, lang: Lang, settings: Settings) -> str:
    """Return a value as people read it, with its unit."""
    stages = settings.stages
    if key.startswith(ANALYSIS):
        return analysis_words(key, value, lang, settings)
    if value is None:
        return _default_words(key, lang)
    if key.startswith(SEVERITIES):
        return text(f"check.severity-{value}", lang)
    if key == f"{STAGES}order" and isinstance(value, tuple):
        return " › ".join(stage_name(str(each), lang, stages) for each in value)
    if key.startswith(f"{STAGES}moved.") or key == "alerts.stuck_stage":
        return stage_name(str(value), lang, stages)
    if isinstance(value, tuple | list):
        return _list_words(key, value, lang)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_words(key, value, lang)
    return text(f"settings.choice_{value}", lang) if has_text(f"settings.choice_{value}", lang) else str(value)


def _default_words(key: str, lang: Lang) -> str:
    check = CHECK_BY_KIND.get(key.removeprefix(SEVERITIES)) if key.startswith(SEVERITIES) else None
    return text(f"check.severity-{check.severity}", lang) if check else format.DASH


def _list_words(key: str, values: tuple[object, ...] | list[object], lang: Lang) -> str:
    if key == "quality.scored_columns":
        values = [LEADS.column(str(name)).header(lang) for name in values if name in LEADS.names]
    return ("、" if lang == "zh" else ", ").join(str(value) for value in values) or format.DASH


def number_words(key: str, value: float, lang: Lang) -> str:
    """Return a number with its unit: ``30 天``, ``20%``."""
    counted = unit(key)
    if counted == "share" or key.endswith(".default_probability"):
        return f"{value * 100:g}%"
    if counted == "bytes":
        value = value / 2**20
    words = f"{value:,.10g}"
    if counted in ("none", "count"):
        return words
    return f"{words} {text(f'settings.unit_{counted}', lang)}"
