"""Every choice within a formula, in words: for the glossary and docs/metrics.md."""

from __future__ import annotations

import pytest

from salesanalytics.analysis import Analysis
from salesanalytics.i18n import LANGS, Lang
from salesanalytics.metrics.glossary import metrics_markdown
from salesanalytics.metrics.option_words import choice_words
from salesanalytics.metrics.registry import formula_options, metrics_of
from salesanalytics.settings import DEFAULT_SETTINGS, Settings


def chosen(**formulas: str) -> Settings:
    return DEFAULT_SETTINGS.model_copy(update={"analysis": Analysis(formulas=formulas)})


@pytest.mark.parametrize("lang", LANGS)
def test_each_choice_of_each_option_has_the_formula_the_metric_has_under_it(lang: Lang) -> None:
    for option, metrics in formula_options().values():
        for choice in option.choices:
            under = metrics_of(chosen(**{option.name: choice}))
            for metric in metrics:
                words = [each for each in choice_words(under[metric.name], lang) if each.option == option.title(lang)]
                assert [each.choice for each in words if each.chosen] == [option.choice_title(choice, lang)]
                assert [each.formula for each in words if each.chosen] == [under[metric.name].formula(lang)]
                assert len(words) == len(option.choices)
                assert len({each.formula for each in words}) == len(words)


def test_a_metric_without_a_choice_has_none() -> None:
    assert choice_words(metrics_of(DEFAULT_SETTINGS)["leads"], "en") == ()


def test_the_document_lists_every_choice_in_both_languages() -> None:
    document = metrics_markdown()
    for option, metrics in formula_options().values():
        for metric in metrics:
            for lang in LANGS:
                for choice in option.choices:
                    words = option.choice_title(choice, lang)
                    lines = [
                        line
                        for line in document.splitlines()
                        if f"| `{metric.name}` |" in line and option.title(lang) in line
                    ]
                    assert any(words in line for line in lines), (metric.name, choice, lang)
