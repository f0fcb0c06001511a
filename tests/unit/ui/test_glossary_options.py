"""The options of formulas in the glossary: every choice has its line, and names are said once."""

import pytest

from salesanalytics.metrics.option_words import choice_words
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui.glossary_list import option_rows


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_metric_and_each_of_its_options_are_named_once(lang):
    rows = option_rows(DEFAULT_SETTINGS, lang)
    metrics = [metric for metric in metrics_of(DEFAULT_SETTINGS).values() if choice_words(metric, lang)]
    assert [row[0] for row in rows if row[0]] == [metric.title(lang) for metric in metrics]
    assert len(rows) == sum(len(choice_words(metric, lang)) for metric in metrics)
    starts = [at for at, row in enumerate(rows) if row[0]]
    for metric, first, after in zip(metrics, starts, [*starts[1:], len(rows)], strict=True):
        options = list(dict.fromkeys(words.option for words in choice_words(metric, lang)))
        assert [row[1] for row in rows[first:after] if row[1]] == options
    assert len(next(row[1] for row in rows)) > 1
