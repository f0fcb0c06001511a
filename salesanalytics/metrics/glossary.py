"""docs/metrics.md, from the declarations: what each metric means, what it is cut by, and how it is measured."""

from __future__ import annotations

from collections.abc import Iterator

from salesanalytics.i18n import LANGS, Lang, text
from salesanalytics.metrics.dimensions import DIMENSIONS, expression
from salesanalytics.metrics.example import example_company, worked_example
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.option_words import choice_words
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.tables import BY_NAME

_HEADINGS = ("name", "title", "formula", "worked", "unit", "good", "period", "sample", "cuts")


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _word(key: str, lang: Lang) -> str:
    return text(f"metric.document.{key}", lang)


def _cuts(metric: Metric, lang: Lang) -> str:
    measured = METRICS[metric.ratio_of[1]] if metric.ratio_of else metric
    found = [name for name, cut in DIMENSIONS.items() if expression(measured, cut) or (measured.stock and cut.time)]
    general = [name for name, cut in DIMENSIONS.items() if not cut.special]
    if not set(general) <= set(found):
        return _word("separator", lang).join(DIMENSIONS[name].title(lang) for name in found)
    special = (DIMENSIONS[name].title(lang) for name in found if name not in general)
    return _word("separator", lang).join((_word("every_dimension", lang), *special))


def _period(metric: Metric, lang: Lang) -> str:
    if metric.stock:
        return _word("stock", lang)
    dated = f"`{(metric.date or '').replace('r.', '')}`"
    return f"{dated} ({_word(metric.default_period, lang)})" if metric.default_period else dated


def _line(metric: Metric, lang: Lang) -> str:
    return _row(
        (
            f"`{metric.name}`",
            metric.title(lang),
            metric.formula(lang),
            worked_example(metric),
            _word(f"unit_{metric.unit.value}", lang),
            _word(f"good_{metric.good.value}", lang),
            _period(metric, lang),
            str(metric.min_sample(DEFAULT_SETTINGS) or ""),
            _cuts(metric, lang),
        )
    )


def _table(headings: tuple[str, ...], lang: Lang) -> Iterator[str]:
    yield _row(tuple(_word(f"{name}_header", lang) for name in headings))
    yield _row(("---",) * len(headings))


def _company(lang: Lang) -> Iterator[str]:
    example = example_company()
    yield f"## {_word('company', lang)}"
    yield ""
    yield text("metric.document.company_note", lang, day=example.as_of.isoformat())
    for name in example.tables:
        columns = example.columns(name)
        yield from ("", f"**{BY_NAME[name].title(lang)}**", "")
        yield _row(tuple(column.header(lang) for column in columns))
        yield _row(("---",) * len(columns))
        yield from (_row(tuple(line)) for line in example.rows(name, lang))


def _options(lang: Lang) -> Iterator[str]:
    yield from ("", f"## {_word('options', lang)}", "", _word("options_note", lang), "")
    yield from _table(("name", "title", "option", "choice", "formula"), lang)
    for metric in METRICS.values():
        for words in choice_words(metric, lang):
            choice = f"**{words.choice}** ({_word('usual', lang)})" if words.chosen else words.choice
            yield _row((f"`{metric.name}`", metric.title(lang), words.option, choice, words.formula))


def _document(lang: Lang) -> Iterator[str]:
    yield f"# {_word('heading', lang)}"
    yield ""
    yield _word("intro", lang)
    for family in dict.fromkeys(metric.family for metric in METRICS.values()):
        yield from ("", f"## {text(f'metric.family.{family}', lang)}", "")
        yield from _table(_HEADINGS, lang)
        yield from (_line(metric, lang) for metric in METRICS.values() if metric.family == family)
    yield from _options(lang)
    yield ""
    yield from _company(lang)
    yield from ("", f"## {_word('dimensions', lang)}", "")
    yield from _table(("name", "title"), lang)
    yield from (_row((f"`{name}`", cut.title(lang))) for name, cut in DIMENSIONS.items())
    yield _row(("`custom:…`", _word("custom", lang)))
    yield ""


def metrics_markdown() -> str:
    """Return docs/metrics.md: first Chinese, then English."""
    return "\n".join(line for lang in LANGS for line in _document(lang)).rstrip() + "\n"
