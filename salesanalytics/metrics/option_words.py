"""The choices within a metric's formula in words, for the glossary and docs/metrics.md: each choice with the formula it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from salesanalytics.i18n import Lang
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.metric import Metric, Option


@dataclass(frozen=True)
class ChoiceWords:
    """One choice of one option: its words, the metric's formula under it, and whether it holds now."""

    option: str
    choice: str
    formula: str
    chosen: bool


def choice_words(metric: Metric, lang: Lang) -> tuple[ChoiceWords, ...]:
    """Return every choice within the formula of ``metric`` (as ``metrics_of`` gives it), the others held as they are; none where there is nothing to choose."""
    declared = METRICS.get(metric.name)
    options = declared.options if declared else ()
    return tuple(_words(metric, option, choice, lang) for option in options for choice in option.choices)


def _words(metric: Metric, option: Option, choice: str, lang: Lang) -> ChoiceWords:
    now = _chosen(metric)
    under = replace(METRICS[metric.name], chosen={**now, option.name: choice})
    return ChoiceWords(
        option.title(lang), option.choice_title(choice, lang), under.formula(lang), now[option.name] == choice
    )


def _chosen(metric: Metric) -> Mapping[str, str]:
    return {option.name: metric.chosen.get(option.name, option.usual) for option in METRICS[metric.name].options}
