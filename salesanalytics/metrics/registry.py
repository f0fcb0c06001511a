"""The metrics of one workspace: the declared ones with the formulas its settings chose, and the ratios somebody made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from salesanalytics.analysis import Analysis, Ratio
from salesanalytics.errors import UserError
from salesanalytics.i18n import LANGS, text
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.metric import Metric, Option
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.settings import Settings

OWN_FAMILY = "own"


def metrics_of(settings: Settings) -> Mapping[str, Metric]:
    """Return every metric by name in the order of the glossary, the workspace's own ratios last.

    A ratio that cannot be read (``check_analysis`` says why) is left out, so that settings of another version never close a page.
    """
    analysis = settings.analysis
    if not analysis.formulas and not analysis.ratios:
        return METRICS
    found = {name: _as_chosen(metric, analysis.formulas) for name, metric in METRICS.items()}
    waiting = [ratio for ratio in analysis.ratios if ratio.name not in found]
    # a ratio of ratios waits for its sides; what never gets them stands in a circle or names nothing
    while ready := [ratio for ratio in waiting if ratio.above in found and ratio.below in found]:
        found |= {ratio.name: _ratio(ratio, found) for ratio in ready}
        waiting = [ratio for ratio in waiting if ratio.name not in found]
    made = [ratio.name for ratio in analysis.ratios if ratio.name in found and ratio.name not in METRICS]
    return {**{name: found[name] for name in METRICS}, **{name: found[name] for name in made}}


def formula_options() -> dict[str, tuple[Option, tuple[Metric, ...]]]:
    """Return every choice within formulas by name, with the metrics it decides about."""
    found: dict[str, tuple[Option, tuple[Metric, ...]]] = {}
    for metric in METRICS.values():
        for option in metric.options:
            found[option.name] = option, (*found.get(option.name, (option, ()))[1], metric)
    return found


def check_analysis(analysis: Analysis) -> None:
    """Raise a UserError for the first thing the analysis settings ask for that there is not: ``analysis-formula``, ``ratio-name-taken``, ``ratio-unknown``,
    ``ratio-circle``, ``unknown-metric`` or ``country-unknown``."""
    from salesanalytics.metrics.working_days import is_country

    options = {name: option for name, (option, _) in formula_options().items()}
    for name, choice in analysis.formulas.items():
        if name not in options or choice not in options[name].choices:
            known = ", ".join(f"{option.name}={each}" for option in options.values() for each in option.choices)
            raise UserError("analysis-formula", name=name, choice=choice, known=known)
    _check_ratios(analysis.ratios)
    names = {*METRICS, *(ratio.name for ratio in analysis.ratios)}
    for name in (*(analysis.cards or ()), *(analysis.trends or ()), *(analysis.heatmap or ()), *analysis.thresholds):
        if name not in names:
            raise UserError("unknown-metric", name=name, near=_near(name, names))
    if not is_country(analysis.country):
        raise UserError("country-unknown", name=analysis.country)


def _check_ratios(ratios: tuple[Ratio, ...]) -> None:
    taken = {*METRICS, *(spelled for metric in METRICS.values() for spelled in (metric.title(lang) for lang in LANGS))}
    for ratio in ratios:
        for name in dict.fromkeys((ratio.name, ratio.zh, ratio.en)):
            if name in taken:
                raise UserError("ratio-name-taken", name=name)
        taken |= {ratio.name, ratio.zh, ratio.en}
    names = {*METRICS, *(ratio.name for ratio in ratios)}
    for ratio in ratios:
        for side in (ratio.above, ratio.below):
            if side not in names:
                raise UserError("ratio-unknown", name=side, ratio=ratio.zh, near=_near(side, names))
    sides = {ratio.name: (ratio.above, ratio.below) for ratio in ratios}
    for ratio in ratios:
        for path in _paths((ratio.name,), sides):
            if path[-1] in path[:-1]:
                raise UserError("ratio-circle", path=" → ".join(path))


def _paths(path: tuple[str, ...], sides: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    yield path
    if path[-1] not in path[:-1]:
        for side in sides.get(path[-1], ()):
            yield from _paths((*path, side), sides)


def _near(name: str, names: set[str]) -> str:
    return ", ".join(get_close_matches(name.lower(), sorted(names), n=3, cutoff=0.0))


def _as_chosen(metric: Metric, formulas: Mapping[str, str]) -> Metric:
    chosen = {
        option.name: choice
        for option in metric.options
        if (choice := formulas.get(option.name, option.usual)) in option.choices
    }
    changed: dict[str, Any] = {}
    for option in metric.options:
        changed |= option.choices[chosen.get(option.name, option.usual)]
    return replace(metric, **changed, chosen=chosen) if metric.options else metric


def _ratio(ratio: Ratio, known: Mapping[str, Metric]) -> Metric:
    above, below = known[ratio.above], known[ratio.below]
    return Metric(
        ratio.name,
        OWN_FAMILY,
        Unit(ratio.unit),
        Good(ratio.good),
        below.source,
        date=below.date,
        stock=above.stock and below.stock,
        dims=below.dims,
        # both sides are asked about the same days
        default_period=below.default_period or above.default_period,
        ratio_of=(ratio.above, ratio.below),
        counts_below=True,
        sample=ratio.min_sample,
        names={"zh": ratio.zh, "en": ratio.en},
        spelled={
            lang: text("metric.own_formula", lang, above=above.title(lang), below=below.title(lang)) for lang in LANGS
        },
    )
