"""The funnel cut by a dimension: a line a value, each step's share with k of n, who wins clearly more or less, and the whole they add up to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import streamlit as st

from salesanalytics.charts.tokens import Tokens
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_reading import unsure
from salesanalytics.insight.funnel_split import Split, SplitLine, StageCount
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.funnel import StageFunnel
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.settings import Settings
from salesanalytics.stages import WON
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer, asked_split
from salesanalytics.ui.funnel.chosen import chosen_dimension
from salesanalytics.ui.funnel.interval_line import interval_line
from salesanalytics.ui.funnel.numbers import SHARE, split_number
from salesanalytics.ui.funnel.words import period_words, stage_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, cell_markup, change_classes
from salesanalytics.ui.then_words import not_compared
from salesanalytics.ui.value_names import value_name

_MARKS = {"above": "▲ ", "below": "▼ "}
_TONES = {"above": "good", "below": "bad"}


def split_panel(frame: Frame, answer: FunnelAnswer) -> tuple[StageFunnel, Split] | None:
    """Draw the panel and return what it shows; None where nobody has a value in any dimension."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="panel-funnel-split", border=True, gap="xxsmall"):
        with st.container(key="funnel-split-head", horizontal=True, vertical_alignment="top"):
            words = st.container()
            by = chosen_dimension(frame.desk, lang)
        if by is None:
            with words:
                show(headline(text("funnel_split.by", lang)))
            empty(text("funnel_split.by_none", lang), text("funnel_split.by_none_note", lang))
            return None
        parts, split = asked_split(frame, answer.mode, by)
        title = split_headline(split, answer.mode, lang)
        subtitle = (
            text(
                f"funnel_split.subtitle_{answer.mode}",
                lang,
                period=period_words(frame, answer.mode),
                n=settings.metrics.min_sample,
            )
            + _unknown_words(split, lang)
            + not_compared(frame)
        )
        with words:
            show(headline(title, subtitle))
        show(_table(split, answer, frame, title))
        if not answer.ripe:
            show(f'<div class="sa-panel-note">{escape(text("funnel_split.young", lang))}</div>')
    return parts, split


def _unknown_words(split: Split, lang: Lang) -> str:
    """How many have no value here: they are a line of their own and never the finding."""
    if not split.unknown or not split.total.first:
        return ""
    share = format.share(split.unknown / split.total.first)
    name = dimension(split.by).title(lang)
    return text("funnel_split.unknown", lang, name=name, n=split.unknown, share=share)


def line_name(line: SplitLine, by: str, lang: Lang) -> str:
    """Return a line's name: its value, how many are joined, or that it is the whole."""
    if not line.values:
        return text("funnel_split.total", lang)
    if len(line.values) > 1:
        return text("funnel_split.rest", lang, n=len(line.values))
    return value_name(line.values[0], by, lang)


def split_headline(split: Split, mode: Mode, lang: Lang) -> str:
    """Return who wins clearly more or less than the whole; only intervals that leave it out count."""
    name = dimension(split.by).title(lang)
    if mode != "cohort":
        return text("funnel_split.headline_plain", lang, name=name)
    found = {
        kind: [line for line in split.lines if line.standing == kind and line.named]
        for kind in ("above", "below", "within", "small")
    }
    overall = format.share(split.total.share)
    best = worst = {}
    if found["above"]:
        top = found["above"][0]
        best = {"best": line_name(top, split.by, lang), "share": format.share(top.share)}
    if found["below"]:
        low = found["below"][-1]
        worst = {"worst": line_name(low, split.by, lang), "low": format.share(low.share)}
    if best and worst:
        return text("funnel_split.headline_both", lang, **best, **worst)
    if best:
        return text("funnel_split.headline_above", lang, overall=overall, **best)
    if worst:
        return text("funnel_split.headline_below", lang, overall=overall, **worst)
    key = "within" if found["within"] else "small"
    return text(f"funnel_split.headline_{key}", lang, name=name, share=overall)


def _table(split: Split, answer: FunnelAnswer, frame: Frame, title: str) -> str:
    lang, settings = frame.lang, frame.desk.settings
    names = [stage_name(stage, settings, lang) for stage in split.stages]
    cohort = answer.mode == "cohort"
    if answer.mode == "snapshot":
        heads = names
    else:
        steps = [text("funnel.step_name", lang, source=a, arrived=b) for a, b in itertools.pairwise(names)]
        heads = [names[0], *steps]
    classes = ["", *("num wide" if place not in (0, len(heads) - 1) else "num" for place in range(len(heads)))]
    heads = [dimension(split.by).title(lang), *heads]
    if cohort:
        heads += [text("funnel_split.column_won", lang), text("funnel_split.column_line", lang)]
        classes = ["", *("num" if place == 0 else "num wide" for place in range(len(heads) - 3)), "num", "wide line"]
    head = "".join(
        f'<th scope="col" class="{style}">{escape(words)}</th>' for words, style in zip(heads, classes, strict=True)
    )
    least = settings.metrics.min_sample
    # the widest interval of a small sample would squeeze all others: it runs off the edge instead
    judged = [line for line in split.lines if line.first >= least] or list(split.lines)
    scale = max((line.high or 0.0 for line in judged), default=0.0) or 1.0
    rows = "".join(_row(line, split, answer, frame, classes, scale=scale) for line in (*split.lines, split.total))
    return (
        f'<div class="sa-table-wrap" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="sa-table sa-split"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(
    line: SplitLine, split: Split, answer: FunnelAnswer, frame: Frame, classes: Sequence[str], *, scale: float
) -> str:
    lang, least = frame.lang, frame.desk.settings.metrics.min_sample
    name = line_name(line, split.by, lang)
    cells = [escape(name)]
    if answer.mode == "snapshot":
        cells += [cell_markup(_count(line, split, stage)) for stage in split.stages]
    else:
        cells.append(cell_markup(_count(line, split, split.stages[0])))
        cells += [_share(line, split, stage, frame.desk.settings, ripe=answer.ripe) for stage in split.stages[:-1]]
    if answer.mode == "cohort":
        cells.append(_won(line, split, frame, ripe=answer.ripe))
        cells.append(_line(line, split, frame.tokens, lang, scale=scale, least=least))
    body = "".join(f'<td class="{style}">{cell}</td>' for cell, style in zip(cells, classes, strict=True))
    style = "whole" if not line.values else "rest" if len(line.values) > 1 else ""
    return f'<tr class="{style}">{body}</tr>'


def _count(line: SplitLine, split: Split, stage: str) -> Cell:
    n = line.stages[stage].customers
    return Opens(format.number(n), split_number(split.by, line.values, stage, "customers")) if n else "0"


def k_of_n(count: StageCount) -> str:
    """Return the small words beside a share."""
    return f"<small>{format.number(count.k)} / {format.number(count.n)}</small>"


def _share(line: SplitLine, split: Split, stage: str, settings: Settings, *, ripe: bool) -> str:
    count = line.stages[stage]
    if not count.n:
        return format.DASH
    opened = split_number(split.by, line.values, stage, SHARE)
    grey = count.n < settings.metrics.min_sample or unsure(count.from_unknown, count.n, settings)
    words = cell_markup(Opens(format.share(count.share), opened, grey=grey))
    return f'<span class="{"" if ripe else "grey"}">{words}</span> {k_of_n(count)}'


def _won(line: SplitLine, split: Split, frame: Frame, *, ripe: bool) -> str:
    if not line.first or WON not in line.stages:
        return format.DASH
    small = line.first < frame.desk.settings.metrics.min_sample
    mark = _MARKS.get(line.standing or "", "")
    words = Opens(
        f"{mark}{format.share(line.share)}", split_number(split.by, line.values, WON, "customers"), grey=small
    )
    tone = _TONES.get(line.standing or "", "plain" if ripe else "neutral")
    style = f"sa-{'muted' if tone == 'neutral' else tone}{change_classes(mark)}"
    count = StageCount(line.won, line.won, line.first)
    return f'<b class="{style}">{cell_markup(words)}</b> {k_of_n(count)}'


def _line(line: SplitLine, split: Split, tokens: Tokens, lang: Lang, *, scale: float, least: int) -> str:
    if line.low is None or line.high is None or line.share is None or split.total.share is None:
        return ""
    around = text("funnel_split.interval", lang, low=format.share(line.low), high=format.share(line.high))
    return interval_line(
        line.share,
        (line.low, line.high),
        split.total.share,
        scale,
        f"{line_name(line, split.by, lang)}: {format.share(line.share)}, {around}",
        tokens,
        tone=line.standing or "within",
        small=line.first < least,
    )
