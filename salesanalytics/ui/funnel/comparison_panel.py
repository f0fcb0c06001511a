"""Two values of a dimension side by side: their funnels back to back, each step's shares, and whether they differ by more than chance."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_split import ComparedStage, Split, TwoValues, two_values
from salesanalytics.metrics.funnel import FunnelStage, StageFunnel
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.settings import Settings
from salesanalytics.ui.channels.difference_line import difference_line
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.chosen import chosen_values
from salesanalytics.ui.funnel.numbers import DWELL, SHARE, ratio_number, split_number
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Opens, cell_markup
from salesanalytics.ui.value_names import value_name

LEAST_REACH = 0.1


def comparison_panel(frame: Frame, parts: StageFunnel, split: Split) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="panel-funnel-compare", border=True, gap="xxsmall", height="stretch"):
        chosen = chosen_values(split, lang)
        if chosen is None:
            show(headline(text("funnel_split.compare", lang)))
            empty(text("funnel_split.compare_one", lang), text("funnel_split.compare_one_note", lang))
            return
        pair, switches = chosen
        found = two_values(parts, *pair, split.stages, settings)
        title = comparison_headline(found, split.by, frame)
        figures = _table(found, split.by, parts.mode, frame, title)
        note = f'<div class="sa-panel-note">{_note(parts, lang)}</div>'
        show(headline(title, _subtitle(found, lang)) + switches + figures + note)


def _names(found: TwoValues, by: str, lang: Lang) -> tuple[str, str]:
    return value_name(found.a, by, lang), value_name(found.b, by, lang)


def comparison_headline(found: TwoValues, by: str, frame: Frame) -> str:
    """Return whether one wins more of its customers, and else at which step they differ beyond chance."""
    lang, settings = frame.lang, frame.desk.settings
    a, b = _names(found, by, lang)
    whole, difference = found.whole, found.whole.difference if found.whole else None
    if whole is None:
        return text("funnel_split.compare_plain", lang, a=a, b=b)
    if difference is None:
        return text("funnel_split.compare_nobody", lang, name=b if whole.pair.n1 else a)
    better, worse = (a, b) if difference.value >= 0 else (b, a)
    if difference.certain and not whole.small:
        points = format.points(abs(difference.value), lang).lstrip("+")
        return text("funnel_split.compare_certain", lang, better=better, worse=worse, points=points)
    step = found.telling
    if step is not None and step.difference is not None:
        ahead, behind = (a, b) if step.difference.value > 0 else (b, a)
        return text(
            "funnel_split.compare_step",
            lang,
            better=ahead,
            worse=behind,
            step=_step_words(step, found, settings, lang),
            points=format.points(abs(step.difference.value), lang).lstrip("+"),
        )
    return text("funnel_split.compare_open", lang, a=a, b=b)


def _step_words(step: ComparedStage, found: TwoValues, settings: Settings, lang: Lang) -> str:
    at = found.stages.index(step)
    names = [stage_name(one.stage, settings, lang) for one in found.stages[at : at + 2]]
    return text("funnel.step_name", lang, source=names[0], arrived=names[-1])


def _subtitle(found: TwoValues, lang: Lang) -> str:
    words = text("funnel_split.compare_subtitle", lang)
    if found.whole is None or found.whole.difference is None or found.whole.difference.certain:
        return words
    key = "needs" if found.more_needed else "never"
    return words + text("funnel.semicolon", lang) + text(f"funnel_split.compare_{key}", lang, n=found.more_needed or 0)


def _note(parts: StageFunnel, lang: Lang) -> str:
    """What the figures are; the column of stays is left out on narrower screens, and so is the word on it."""
    words = escape(text(f"funnel_split.compare_note_{parts.mode}", lang))
    if parts.mode != "cohort":
        return words
    dwell = text("funnel.semicolon", lang) + text("funnel_split.compare_note_dwell", lang)
    return f'{words}<span class="beyond">{escape(dwell)}</span>'


def _table(found: TwoValues, by: str, mode: Mode, frame: Frame, title: str) -> str:
    lang = frame.lang
    a, b = _names(found, by, lang)
    rows = [*found.stages]
    widest = max(
        (
            max(abs(one.difference.low), abs(one.difference.high))
            for one in (*rows, found.whole)
            if one and one.difference
        ),
        default=0.0,
    )
    reach = max(LEAST_REACH, widest * 1.1)
    sizes = [max((getattr(one, side).customers for one in rows if getattr(one, side)), default=0) for side in _SIDES]
    heads = [(escape(a), "num side"), ("", "middle"), (escape(b), "side")]
    kind = "ratio" if mode == "snapshot" else "share"
    heads += [(_share_head(kind, name, side, lang), "num") for name, side in zip((a, b), _SIDES, strict=True)]
    if found.whole:
        heads += [(escape(text("funnel_split.column_difference", lang)), "num delta"), ("", "wide")]
    heads += [(escape(text("funnel_split.column_dwell", lang)), "num wide")]
    head = "".join(f'<th scope="col" class="{style}">{words}</th>' for words, style in heads)
    body = "".join(
        _row(one, rows[at - 1] if at else None, found, by, frame, sizes, reach, mode) for at, one in enumerate(rows)
    )
    if found.whole:
        body += _whole(found.whole, found, by, frame, reach, mode)
    return (
        f'<div class="sa-table-wrap" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="sa-table sa-two"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


_SIDES = ("first", "second")


def _share_head(kind: str, name: str, side: str, lang: Lang) -> str:
    """A share's header by the value's name; on a phone, which has no room for it, by its side."""
    whole, short = text(f"funnel_split.{kind}_of", lang, name=name), text(f"funnel_split.{kind}_{side}", lang)
    return f'<span class="whole">{escape(whole)}</span><span class="short">{escape(short)}</span>'


def _bar(stage: FunnelStage | None, largest: int, value: str, by: str) -> str:
    n = stage.customers if stage else 0
    words = format.number(n)
    number = cell_markup(Opens(words, split_number(by, (value,), stage.stage, "customers"))) if stage and n else words
    width = n / largest * 100 if largest else 0
    return f'<div><b>{number}</b><i style="width:{width * 0.72:.2f}%"></i></div>'


def _row(
    one: ComparedStage,
    step: ComparedStage | None,
    found: TwoValues,
    by: str,
    frame: Frame,
    sizes: list[int],
    reach: float,
    mode: Mode,
) -> str:
    """A stage; as in the funnel, the share of those who came on (``step``, from the stage before) stands where they arrive."""
    lang = frame.lang
    name = escape(stage_name(one.stage, frame.desk.settings, lang))
    shares = ["", ""]
    if step:
        shares = [
            _share(k, n, _opened(step.stage, one.stage, by, value, mode), lang, mode=mode, small=step.small)
            for value, k, n in ((found.a, step.pair.k1, step.pair.n1), (found.b, step.pair.k2, step.pair.n2))
        ]
    difference = _difference(step, frame, reach) if found.whole else ""
    dwell = (
        ""
        if one is found.stages[-1]
        else " | ".join(
            _dwell(side, split_number(by, (value,), one.stage, DWELL), lang)
            for side, value in ((one.first, found.a), (one.second, found.b))
        )
    )
    return (
        f'<tr><td class="num side a">{_bar(one.first, sizes[0], found.a, by)}</td><td class="middle">{name}</td>'
        f'<td class="side b">{_bar(one.second, sizes[1], found.b, by)}</td>'
        f'<td class="num">{shares[0]}</td><td class="num">{shares[1]}</td>{difference}<td class="num wide soft">{dwell}</td></tr>'
    )


def _whole(one: ComparedStage, found: TwoValues, by: str, frame: Frame, reach: float, mode: Mode) -> str:
    shares = [
        _share(k, n, split_number(by, (value,), one.stage, "customers"), frame.lang, mode=mode, small=one.small)
        for value, k, n in ((found.a, one.pair.k1, one.pair.n1), (found.b, one.pair.k2, one.pair.n2))
    ]
    name = escape(text("funnel_split.to_won", frame.lang))
    return (
        f'<tr class="whole"><td class="side"></td><td class="middle">{name}</td><td class="side"></td>'
        f'<td class="num">{shares[0]}</td><td class="num">{shares[1]}</td>{_difference(one, frame, reach)}'
        '<td class="num wide soft"></td></tr>'
    )


def _opened(source: str, arrived: str, by: str, value: str, mode: Mode) -> str:
    if mode == "snapshot":
        return ratio_number(source, arrived, by, (value,))
    return split_number(by, (value,), source, SHARE)


def _share(k: int, n: int, opened: str, lang: Lang, *, mode: Mode, small: bool) -> str:
    """A share with its k and n; a snapshot's is a ratio of two stages, no share."""
    if not n:
        return format.DASH
    if mode == "snapshot":
        return cell_markup(Opens(text("funnel.ratio", lang, value=format.number(k / n, 2)), opened, grey=small))
    words = cell_markup(Opens(format.share(k / n), opened, grey=small))
    return f"{words} <small>{format.number(k)} / {format.number(n)}</small>"


def _difference(one: ComparedStage | None, frame: Frame, reach: float) -> str:
    found = one.difference if one else None
    if one is None or found is None:
        return f'<td class="num delta">{format.DASH if one else ""}</td><td class="wide"></td>'
    points = format.points(found.value, frame.lang)
    around = text(
        "funnel_split.difference_interval",
        frame.lang,
        low=format.number(found.low * 100, 1, signed=True),
        high=format.number(found.high * 100, 1, signed=True),
    )
    line = difference_line(found, reach, f"{points}, {around}", frame.tokens, small=one.small)
    return f'<td class="num delta" title="{escape(around)}">{points}</td><td class="wide">{line}</td>'


def _dwell(stage: FunnelStage | None, number: str, lang: Lang) -> str:
    median = stage.dwell.median if stage else None
    return cell_markup(Opens(format.days(median, lang), number) if median is not None else format.DASH)
