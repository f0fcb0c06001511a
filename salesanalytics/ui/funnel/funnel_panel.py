"""The funnel itself: bars with conversion, like-for-like change and dwell in columns, and the biggest leak with the money at stake."""

from __future__ import annotations

from salesanalytics.i18n import format, text
from salesanalytics.insight.funnel_leaks import Leak
from salesanalytics.insight.funnel_reading import Step, bounds, slow
from salesanalytics.metrics.types import Good
from salesanalytics.ui.cards import change_of
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer
from salesanalytics.ui.funnel.funnel_markup import FunnelRow, funnel_markup
from salesanalytics.ui.funnel.numbers import DWELL, SHARE, ratio_number, stage_number
from salesanalytics.ui.funnel.then import then_cells, then_headers
from salesanalytics.ui.funnel.words import (
    compared_name,
    dwell_words,
    expected_words,
    funnel_headline,
    funnel_subtitle,
    stage_name,
)
from salesanalytics.ui.html import escape, sentence, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, Opens, Toned, cell_markup

CHANGE_COLUMN = 1


def funnel_panel(frame: Frame, answer: FunnelAnswer, *, amounts: bool) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    title = funnel_headline(answer, settings, lang)
    with panel("funnel", title, funnel_subtitle(answer, frame, amounts=amounts)):
        if answer.empty:
            empty(text("funnel.empty", lang), text("funnel.empty_note", lang))
            return
        before = compared_name(answer.compared, answer.mode, lang, short=True)
        change = text("funnel.column_change", lang, before=before) if before else ""
        headers = [
            text(f"funnel.column_{answer.mode}{'' if answer.ripe else '_young'}", lang),
            *(then_headers(frame, answer.mode) if frame.then else [change]),
            text("funnel.column_dwell", lang),
        ]
        unit = format.money_unit([stage.amount for stage in answer.stages], lang) if amounts else None
        rows = [_row(at, answer, frame, unit) for at in range(len(answer.stages))]
        slopes = answer.mode != "snapshot"
        show(funnel_markup(rows, headers, title, slopes=slopes, wide=(2, 3) if frame.then else (CHANGE_COLUMN,)))
        show(_leak_line(answer, frame))
        _notes(answer, frame)


def _row(at: int, answer: FunnelAnswer, frame: Frame, unit: format.MoneyUnit | None) -> FunnelRow:
    lang, settings, stage = frame.lang, frame.desk.settings, answer.stages[at]
    currency = settings.currency
    size = float(stage.customers) if unit is None else stage.amount or 0.0
    count = format.number(stage.customers)
    words = count if unit is None else format.money(stage.amount, lang, unit=unit, currency=currency)
    arrived = answer.steps[at - 1] if at else None
    long = slow(stage, answer.usual.get(stage.stage), settings)
    last = at == len(answer.stages) - 1
    dwell = "" if last else dwell_words(stage, lang, slow=long)
    hover = text(
        "funnel.hover",
        lang,
        stage=stage_name(stage.stage, settings, lang),
        n=count,
        amount=format.money_exact(stage.amount, currency),
        lost=format.number(stage.lost),
        still=format.number(stage.still),
    )
    shown = answer.mode != "snapshot" and not last and stage.n > 0
    grey = {0} if arrived and (not answer.ripe or arrived.unsure or arrived.small) else set[int]()
    return FunnelRow(
        stage_name(stage.stage, settings, lang),
        size,
        Opens(words, stage_number(stage.stage, "customers")),
        hover,
        (*_columns(at, arrived, answer, frame), _dwell(stage.stage, dwell, slow=long)),
        _fallen(stage.stage, "behind", stage.not_advanced, frame) if shown and stage.not_advanced else (),
        (
            *_fallen(stage.stage, "lost", stage.lost, frame),
            "·",
            *_fallen(stage.stage, "still", stage.still, frame),
        )
        if shown
        else (),
        answer.worst == at,
        frozenset(grey),
    )


def _dwell(stage: str, words: str, *, slow: bool) -> Cell:
    return Opens(words, stage_number(stage, DWELL), tone="bad" if slow else "plain") if words else words


def _columns(at: int, arrived: Step | None, answer: FunnelAnswer, frame: Frame) -> tuple[Cell, ...]:
    """The share that arrived, and beside it the like-for-like change, or what was known on the date compared with."""
    share, changed = _step_cells(arrived, answer, frame)
    return (share, *then_cells(at, answer, frame)) if frame.then else (share, changed)


def _fallen(stage: str, part: str, n: int, frame: Frame) -> tuple[Cell, ...]:
    words = format.number(n)
    number: Cell = Opens(words, stage_number(stage, part)) if n else words
    return text(f"funnel.part_{part}", frame.lang), number


def _step_cells(step: Step | None, answer: FunnelAnswer, frame: Frame) -> tuple[Cell, Cell]:
    lang = frame.lang
    if step is None:
        return "", ""
    if answer.mode == "snapshot":
        ratio = format.DASH if step.share is None else text("funnel.ratio", lang, value=format.number(step.share, 2))
        changed = format.number(step.change, 2, signed=True) if step.change is not None else ""
        opened = ratio_number(step.source.stage, step.arrived.stage)
        return ratio if step.share is None else Opens(ratio, opened), Toned(changed, "neutral")
    share = format.share(step.share)
    cell = share if step.share is None else Opens(share, stage_number(step.source.stage, SHARE))
    if step.small:
        return cell, Toned(text("funnel.small", lang, n=step.source.n), "neutral")
    found = change_of(step.change, format.points(step.change, lang), Good.UP, lang)
    if found is None:
        return cell, Toned(format.DASH if answer.compared else "", "neutral")
    words = " ".join(part for part in (found.arrow, found.figure, found.word) if part)
    return cell, Toned(words, found.judgement)


def _leak_line(answer: FunnelAnswer, frame: Frame) -> str:
    """The money of the named step: how it comes about, how sure it is, and what it is not."""
    leak, lang = answer.leak, frame.lang
    if leak is None:
        return ""
    stage = answer.stages[leak.at]
    currency = frame.desk.settings.currency

    def money(value: float | None) -> str:
        return format.money(value, lang, currency=currency)

    if not leak.at_stake:
        words = text("funnel.leak_all", lang, n=format.number(stage.not_advanced))
        if stage.behind_without_amount:
            words += " " + text("funnel.leak_without", lang, n=stage.behind_without_amount)
        return _callout(money(leak.behind_amount), words, stage.stage)
    return _callout(money(leak.at_stake), _reckoned(leak, answer, frame), stage.stage)


def _reckoned(leak: Leak, answer: FunnelAnswer, frame: Frame) -> str:
    lang, currency = frame.lang, frame.desk.settings.currency
    return text(
        "funnel.leak_reckoned" if leak.certain else "funnel.leak_reckoned_unsure",
        lang,
        beyond=format.number(leak.beyond, 1 if (leak.beyond or 0.0) >= 10 else 2),
        mean=format.money(leak.mean_amount, lang, currency=currency),
        low=format.money(leak.low, lang, currency=currency),
        high=format.money(leak.high, lang, currency=currency),
        expected=format.share(leak.expected),
        basis=expected_words(leak, answer, lang),
    )


def _callout(money: str, words: str, stage: str) -> str:
    opened = cell_markup(Opens(money, stage_number(stage, "behind")))
    return f'<div class="sa-leak"><b>{opened}</b> {escape(words)}</div>'


def _notes(answer: FunnelAnswer, frame: Frame) -> None:
    lang, first = frame.lang, answer.stages[0]
    notes = []
    around = bounds(first) if answer.mode == "cohort" else None
    if around:
        notes.append(
            text(
                "funnel.unknown_stage",
                lang,
                n=first.from_unknown,
                stage=stage_name(first.stage, frame.desk.settings, lang),
                low=format.share(around[0]),
                high=format.share(around[1]),
            )
        )
    late = answer.maturity
    if late and not late.ripe:
        share = format.share(late.young / late.customers, 0)
        notes.append(text("funnel.young", lang, n=late.young, share=share, days=late.days, day=format.day(late.until)))
    if answer.compared and answer.mode == "cohort" and frame.then is None:
        before = compared_name(answer.compared, answer.mode, lang)
        notes.append(text("funnel.like_for_like", lang, before=before, day=format.day(answer.compared.as_of)))
    if notes:
        show(f'<div class="sa-panel-note">{sentence(" · ".join(notes))}</div>')
