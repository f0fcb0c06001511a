"""What is said of an opened number: formula with the chosen options, filters, period, sample, what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.opening import OpenedNumber, OpenedPart
from salesanalytics.metrics.types import Filters, Good
from salesanalytics.metrics.wilson import bounds
from salesanalytics.reports.words import in_words
from salesanalytics.ui.data import Desk
from salesanalytics.ui.value_names import value_name


def filter_words(filters: Filters, lang: Lang, desk: Desk | None = None) -> str:
    """Return filters in words: ``团队：华东、华南 · 2026-10-01 至 2026-11-08``. ``desk``: whose stages name themselves."""
    return " · ".join([*_chosen(filters, lang, desk), *([span] if (span := _span(filters, lang)) else [])])


def number_facts(found: OpenedNumber, desk: Desk, lang: Lang) -> dict[str, str]:
    """Return the facts of a number by their headings, in the order they are read."""
    as_of = text("ui.as_of", lang, day=format.day(found.as_of))
    facts = {
        text("number.formula", lang): desk.metric(found.metric).formula(lang),
        text("number.filters", lang): f"{' · '.join(_chosen(found.filters, lang, desk))} · {as_of}",
        text("number.period", lang): period_words(found.parts, desk, lang),
        text("number.sample", lang): sample_words(found, desk, lang),
    }
    if factors := factor_words(found, desk, lang):
        facts[text("number.factors", lang)] = factors
    if left_out := left_out_words(found.parts, desk, lang):
        facts[text("number.left_out", lang)] = left_out
    return facts


def factor_words(found: OpenedNumber, desk: Desk, lang: Lang, *, named: bool = True) -> str:
    """Return what a product is reckoned from, factor by factor with their values; "" of any other metric. ``named``: with the factors' names."""
    words = ""
    for place, factor in enumerate(desk.metric(found.metric).factors):
        value = next((part.value for part in found.parts if part.metric == factor.name), None)
        shown = in_words(value, factor.unit, lang, desk.settings.currency)
        said = f"{desk.metric(factor.name).title(lang)} {shown}" if named else shown
        # what is better when less stands below the line
        words += f"{'' if not place else ' ÷ ' if factor.good is Good.DOWN else ' × '}{said}"
    return words


def part_title(part: OpenedPart, desk: Desk, lang: Lang) -> str:
    """Return a part's name with its value: ``分子 销售额 ¥488万``; of the metric itself only its name."""
    declared = desk.metric(part.metric)
    if not part.side:
        return declared.title(lang)
    place = part.side.rpartition("/")[2].partition(":")[0]
    value = in_words(part.value, declared.unit, lang, desk.settings.currency)
    return f"{text(f'number.side_{place}', lang)} · {declared.title(lang)} {value}"


def sample_words(found: OpenedNumber, desk: Desk, lang: Lang) -> str:
    """Return n, of a share k / n with its interval and its bounds, and whether the sample is small."""
    declared = desk.metric(found.metric)
    words = format.number(found.n)
    k = found.figures.k.get(found.metric)
    if declared.share and k is not None:
        words = text("number.sample_of", lang, k=format.number(k), n=words)
    parts = [words]
    if found.interval:
        low, high = (format.share(bound) for bound in found.interval)
        parts.append(text("number.interval", lang, low=low, high=high))
    if found.n < declared.min_sample(desk.settings):
        parts.append(text("number.small", lang))
    if between := bounds(declared, found.figures):
        low, high = (format.share(bound) for bound in between)
        parts.append(text("number.bounds", lang, n=found.figures.uncertain[found.metric], low=low, high=high))
    return " · ".join(parts)


def left_out_words(parts: tuple[OpenedPart, ...], desk: Desk, lang: Lang) -> str:
    """Return what was left out, by reason, and what no period holds for want of a date; "" where nothing was."""
    lines = []
    for part in parts:
        said = [
            text("number.left_out_part", lang, reason=text(f"number.reason_{kind}", lang), n=format.number(n))
            for kind, n in part.left_out.items()
        ]
        if part.undated:
            said.append(text("number.undated", lang, n=part.undated))
        if said:
            of = f"{desk.metric(part.metric).title(lang)}: " if part.side else ""
            lines.append(of + " · ".join(said))
    return "\n".join(lines)


def period_words(parts: tuple[OpenedPart, ...], desk: Desk, lang: Lang) -> str:
    """Return the days a number is about; of a ratio over different days, those of each side."""
    said = {part.side: _part_period(part, desk, lang) for part in parts}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    return " · ".join(
        f"{desk.metric(part.metric).title(lang)}{text('number.colon', lang)}{said[part.side]}" for part in parts
    )


def _part_period(part: OpenedPart, desk: Desk, lang: Lang) -> str:
    if desk.metric(part.metric).stock or ":" in part.side:
        return text("number.period_stock", lang, day=format.day(part.as_of))
    return _span(Filters((), part.start, part.end), lang) or text("number.period_all", lang)


def _chosen(filters: Filters, lang: Lang, desk: Desk | None) -> list[str]:
    stages = desk.settings.stages if desk else None
    colon, comma = text("number.colon", lang), text("number.comma", lang)
    return [
        f"{dimension(name).title(lang)}{colon}{comma.join(value_name(value, name, lang, stages) for value in values)}"
        for name, values in filters.where
    ] or [text("ui.filters_none", lang)]


def _span(filters: Filters, lang: Lang) -> str:
    if filters.start and filters.end:
        return text("ui.filters_span", lang, start=format.day(filters.start), end=format.day(filters.end))
    if filters.start:
        return text("number.period_from", lang, start=format.day(filters.start))
    return text("number.period_to", lang, end=format.day(filters.end)) if filters.end else ""


def facts_markup_rows(facts: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return heading and lines of each fact that says anything."""
    return [(name, words.splitlines()) for name, words in facts.items() if words]
