"""What a clicked bar, number or sentence opens: its deals with before and after, and the row each came from."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.changes.beside import DealLine, Shift
from salesanalytics.insight.changes.bridge import Bridge
from salesanalytics.insight.changes.moves import KINDS, NOTHING, Kind, Move
from salesanalytics.ui.changes.answers import Answers
from salesanalytics.ui.changes.chosen import group_name
from salesanalytics.ui.changes.lines_table import lines_download, paged_lines
from salesanalytics.ui.changes.words import money_for, stage_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.restated.panel import open_restated


def open_number(frame: Frame, answers: Answers, number: str) -> None:
    """Open what an id names; one of another day's page opens nothing."""
    try:
        kind, *parts = (str(part) for part in json.loads(number))
    except (ValueError, TypeError):
        return
    if kind == "restated" and len(parts) == 2:
        open_restated(frame, *parts)
        return
    found = _moves(answers, parts) if kind == "bar" else None
    if found is not None:
        bridge, bar, lines = found
        _open(frame, _bar_title(frame, answers, bridge, bar), lines, text(f"changes.meaning.{bar}", frame.lang))
        return
    shifts = _shifts(answers, kind, parts)
    if shifts:
        title = _shift_title(frame, kind, parts, len(shifts))
        _open(frame, title, [_stayed(one) for one in shifts], "")


def _moves(answers: Answers, parts: Sequence[str]) -> tuple[Bridge, Kind, list[DealLine]] | None:
    """The deals of a bar of all, or of one group."""
    changes = answers.changes
    bar = next((kind for kind in KINDS if parts and kind == parts[0]), None)
    groups = {one.group: one for one in changes.groups}
    bridge = changes.whole if len(parts) == 1 else groups.get(parts[1]) if len(parts) > 1 else None
    if bar is None or bridge is None:
        return None
    return bridge, bar, [_line(move) for move in bridge.of(bar)]


def _line(move: Move) -> DealLine:
    return DealLine((move.kind,), move.before, move.after, move.start, move.end)


def _stayed(one: Shift) -> DealLine:
    return DealLine((), one.start.amount, one.end.amount, one.start, one.end)


def _shifts(answers: Answers, kind: str, parts: Sequence[str]) -> Sequence[Shift]:
    if kind == "flow" and len(parts) > 1:
        flows = [one for one in answers.flows if (one.stage_from, one.stage_to) == (parts[0], parts[1])]
        return flows[0].shifts if flows else ()
    if kind == "backward":
        return [one for flow in answers.flows if not flow.forward for one in flow.shifts]
    if kind == "out-of-quarter":
        return [one for one in answers.pushed if one.leaves_quarter]
    if kind == "first-amount":
        moves = [move for move in answers.changes.whole.of("increased") if move.first_named]
        return [Shift(move.start, move.end) for move in moves if move.start and move.end]
    return {"pushed": answers.pushed, "handed": answers.handed}.get(kind, ())


def _bar_title(frame: Frame, answers: Answers, bridge: Bridge, kind: Kind) -> str:
    lang, bar = frame.lang, bridge.bar(kind)
    money = money_for([bar.amount], frame)
    amount = money.full(bar.amount, signed=True) if bar.unknown < bar.customers else format.DASH
    deals = text("changes.deals", lang, n=bar.customers)
    title = text("changes.bar_title", lang, kind=text(f"changes.kind.{kind}", lang), deals=deals, amount=amount)
    if bridge is answers.changes.whole:
        return title
    name = group_name(bridge.group, answers.changes.by, lang)
    return text("changes.bar_title_group", lang, group=name, title=title)


def _shift_title(frame: Frame, kind: str, parts: Sequence[str], n: int) -> str:
    lang, settings = frame.lang, frame.desk.settings
    deals = text("changes.deals", lang, n=n)
    if kind == "flow":
        before, after = (stage_name(stage, settings, lang) for stage in parts[:2])
        return f"{text('changes.turned', lang, before=before, after=after)} · {deals}"
    return f"{text(f'changes.opened.{kind}', lang)} · {deals}"


def _open(frame: Frame, title: str, lines: Sequence[DealLine], note: str) -> None:
    name = title.replace("/", "-").replace(" · ", "_")
    st.dialog(title, width="large")(_show)(frame, lines, note, name)


def _show(frame: Frame, lines: Sequence[DealLine], note: str, name: str) -> None:
    if note:
        show(f'<div class="sa-sub">{escape(note)}</div>')
    paged_lines(frame, lines, f"changes-opened-page-{name}", with_rows=True)
    total = sum((line.delta for line in lines), NOTHING)
    said = text("changes.adds_up", frame.lang, amount=format.money_exact(total, frame.desk.settings.currency))
    show(f'<div class="sa-panel-note">{escape(said)}</div>')
    lines_download(frame, lines, key="changes-opened-csv", name=name)
