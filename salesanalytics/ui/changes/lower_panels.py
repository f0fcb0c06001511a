"""Under the bridge: what was lost, what was pushed, what changed hands; the largest first, the remainder as a last row that adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from salesanalytics.i18n import format, text
from salesanalytics.insight.changes.beside import Push, Shift
from salesanalytics.insight.changes.moves import NOTHING, Move
from salesanalytics.ui.changes.answers import Answers
from salesanalytics.ui.changes.words import Money, money_for, number_id, owner_name, stage_name, turned
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, Customer, Opens, TableColumn, Tag, Toned, table

SHOWN = 5
CONCENTRATED = Decimal("0.5")
T = TypeVar("T")


def lower_panels(frame: Frame, answers: Answers) -> None:
    """Draw the three panels."""
    _lost(frame, answers)
    _pushed(frame, answers)
    _handed(frame, answers)


def rows_and_rest(
    frame: Frame,
    shown: Sequence[T],
    cells: Callable[[T, Money], list[Cell]],
    worth: Callable[[T], Decimal | None],
    opens: str,
    money: Money,
    amount_at: int,
) -> list[list[Cell]]:
    """Return the first rows, and one for the rest with what it adds up to; it opens all."""
    rows = [cells(one, money) for one in shown[:SHOWN]]
    rest = shown[SHOWN:]
    if rest:
        width = len(rows[0])
        last: list[Cell] = [format.DASH] * width
        last[0] = Opens(text("changes.rest", frame.lang, n=len(rest)), opens)
        amounts = [worth(one) for one in rest]
        known = [amount for amount in amounts if amount is not None]
        last[amount_at] = money.plain(sum(known, NOTHING)) if known else format.DASH
        rows.append(last)
    return rows


def head(frame: Frame, money: Money, *names: str) -> list[TableColumn]:
    """Return columns by name; those after the second are left out on a phone, but for the amount."""
    numbers = ("amount", "was", "now", "seen", "back")
    return [
        TableColumn(
            text(f"changes.column_{name}", frame.lang, unit=money.name),
            number=name in numbers,
            wrap=name == "seen",
            wide=name not in ("customer", "amount", "now", "new_owner", "reason", "seen", "back"),
        )
        for name in names
    ]


def _lost(frame: Frame, answers: Answers) -> None:
    lang, settings = frame.lang, frame.desk.settings
    moves = answers.changes.whole.of("lost")
    total = -sum((move.amount for move in moves), NOTHING)
    money = money_for([move.amount for move in moves], frame)

    def cells(move: Move, money: Money) -> list[Cell]:
        deal, before = move.deal, move.start
        stage = deal.lost_from_stage or (before.stage if before else None)
        return [
            Customer(deal.name, deal.customer_id),
            owner_name(deal, lang),
            stage_name(stage, settings, lang),
            money.plain(move.before),
            deal.lost_reason or format.DASH,
        ]

    with panel("changes-lost", _lost_title(moves, total, frame), _total_of("lost", total, money, frame, bool(moves))):
        if not moves:
            empty(text("changes.lost_none", lang))
            return
        columns = head(frame, money, "customer", "owner", "from_stage", "amount", "reason")
        rows = rows_and_rest(frame, moves, cells, lambda move: move.before, number_id("bar", "lost"), money, 3)
        show(table(columns, rows, text("changes.kind.lost", lang)))


def _lost_title(moves: Sequence[Move], total: Decimal, frame: Frame) -> str:
    if not moves:
        return text("changes.lost_title_none", frame.lang)
    three = -sum((move.amount for move in moves[:3]), NOTHING)
    if len(moves) > 5 and total and three / total >= CONCENTRATED:  # three of four would be no news
        share = format.share(three / total, 0)
        return text("changes.lost_title_concentrated", frame.lang, n=len(moves), share=share)
    return text("changes.lost_title", frame.lang, n=len(moves))


def _total_of(name: str, total: Decimal, money: Money, frame: Frame, there: bool, **more: object) -> str:
    return text(f"changes.{name}_subtitle", frame.lang, amount=money.full(total), **more) if there else ""


def _pushed(frame: Frame, answers: Answers) -> None:
    lang, pushed = frame.lang, answers.pushed
    crossing = [one for one in pushed if one.leaves_quarter]
    money = money_for([one.end.amount for one in pushed], frame)
    title = text("changes.pushed_title_none", lang)
    if pushed:
        key = "pushed_title_quarter" if crossing else "pushed_title"
        title = text(f"changes.{key}", lang, n=len(pushed), quarter=len(crossing))
    total = sum((one.amount for one in pushed), NOTHING)
    quarter = money.full(sum((one.amount for one in crossing), NOTHING))
    subtitle = _total_of(
        "pushed_crossing" if crossing else "pushed", total, money, frame, bool(pushed), quarter=quarter
    )
    if not pushed:
        whole = answers.changes.whole
        dated = whole.start.dated or whole.end.dated
        subtitle = text("changes.pushed_none" if dated else "changes.pushed_absent", lang)
    with panel("changes-pushed", title, subtitle):
        if pushed:
            show(_pushed_table(frame, pushed, money))


def _pushed_table(frame: Frame, pushed: Sequence[Push], money: Money) -> str:
    lang = frame.lang

    def cells(one: Push, money: Money) -> list[Cell]:
        now = format.month_day(one.end.expected_close_on)
        if one.start.expected_close_on and one.end.expected_close_on:
            other_year = one.start.expected_close_on.year != one.end.expected_close_on.year
            now = format.day(one.end.expected_close_on) if other_year else now
        times = text("changes.pushed_times", lang, n=one.times)
        return [
            Customer(one.end.name, one.end.customer_id),
            owner_name(one.end, lang),
            format.month_day(one.start.expected_close_on),
            Toned(text("changes.out_of_quarter", lang, day=now), "warn") if one.leaves_quarter else now,
            Tag(times, "warn") if one.times > 1 else times,
            money.plain(one.end.amount),
        ]

    columns = head(frame, money, "customer", "owner", "was", "now", "times", "amount")
    rows = rows_and_rest(frame, pushed, cells, lambda one: one.end.amount, number_id("pushed"), money, 5)
    return table(columns, rows, text("changes.column_now", lang))


def _handed(frame: Frame, answers: Answers) -> None:
    lang, settings, handed = frame.lang, frame.desk.settings, answers.handed
    money = money_for([one.end.amount for one in handed], frame)
    total = sum((one.amount for one in handed), NOTHING)
    key = "owners_title" if handed else "owners_title_none"

    def cells(one: Shift, money: Money) -> list[Cell]:
        return [
            Customer(one.end.name, one.end.customer_id),
            owner_name(one.start, lang),
            owner_name(one.end, lang),
            turned(stage_name(one.start.stage, settings, lang), stage_name(one.end.stage, settings, lang), lang),
            money.plain(one.end.amount),
        ]

    title = text(f"changes.{key}", lang, n=len(handed), amount=money.full(total))
    with panel("changes-owners", title, text("changes.owners_subtitle" if handed else "changes.owners_none", lang)):
        if not handed:
            return
        columns = head(frame, money, "customer", "old_owner", "new_owner", "stage", "amount")
        rows = rows_and_rest(frame, handed, cells, lambda one: one.end.amount, number_id("handed"), money, 4)
        show(table(columns, rows, title))
