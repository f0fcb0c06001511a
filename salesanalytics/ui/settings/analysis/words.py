"""Analysis settings in words, for the preview and the history."""

from __future__ import annotations

from salesanalytics.analysis import SURFACES, Ratio, Threshold
from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.dimensions import CUSTOM, DIMENSIONS, dimension
from salesanalytics.metrics.registry import formula_options, metrics_of
from salesanalytics.reports.words import in_words
from salesanalytics.settings import DEFAULT_SETTINGS, Settings

ANALYSIS = "analysis."


def analysis_title(key: str, lang: Lang) -> str:
    """Return what an analysis setting is called."""
    _, group, *rest = key.split(".")
    if group == "formulas" and rest and rest[0] in formula_options():
        return formula_options()[rest[0]][0].title(lang)
    if group == "thresholds" and rest:
        return text("settings.key_threshold", lang, metric=_metric(rest[0], DEFAULT_SETTINGS, lang))
    if group in SURFACES:
        return text("settings.key_surface", lang, surface=text(f"settings.surface_{group}", lang))
    known = {"ratios": "ratios_title", "dimensions": "dimensions_title", "country": "country_title"}
    return text(f"settings.{known[group]}", lang) if group in known else key


def analysis_words(key: str, value: object, lang: Lang, settings: Settings) -> str:
    """Return a value of an analysis setting as people read it; what is absent is the default."""
    _, group, *rest = key.split(".")
    if group == "formulas" and rest and rest[0] in formula_options():
        option = formula_options()[rest[0]][0]
        choice = str(value or option.usual)
        return option.choice_title(choice, lang) if choice in option.choices else choice
    if isinstance(value, tuple | list):
        return text("trends.comma", lang).join(_one(each, group, settings, lang) for each in value) or format.DASH
    if group == "thresholds":
        return _threshold(value, rest[0], settings, lang)
    return text("settings.usual_words", lang) if value is None else str(value)


def _one(value: object, group: str, settings: Settings, lang: Lang) -> str:
    if group == "ratios":
        ratio = value if isinstance(value, Ratio) else Ratio.model_validate(value)
        return ratio.zh if lang == "zh" else ratio.en
    if group == "dimensions":
        name = str(value)
        return dimension(name).title(lang) if name in DIMENSIONS or name.startswith(CUSTOM) else name
    return _metric(str(value), settings, lang)


def _metric(name: str, settings: Settings, lang: Lang) -> str:
    known = metrics_of(settings)
    return known[name].title(lang) if name in known else name


def _threshold(value: object, name: str, settings: Settings, lang: Lang) -> str:
    if value is None:
        return format.DASH
    bounds = value if isinstance(value, Threshold) else Threshold.model_validate(value)
    metric = metrics_of(settings).get(name)
    if metric is None:
        return format.DASH
    said = [
        format.DASH if each is None else in_words(each, metric.unit, lang, settings.currency)
        for each in (bounds.target, bounds.warning)
    ]
    return text("settings.threshold_words", lang, target=said[0], warning=said[1])
