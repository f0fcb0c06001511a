"""The sentences of the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.changes.bridge import Bar, Bridge, Changes
from salesanalytics.insight.changes.deals import Deal
from salesanalytics.insight.changes.highlights import Highlight
from salesanalytics.insight.changes.moves import INFLOWS, NOTHING, OUTFLOWS, REPRICED
from salesanalytics.settings import Settings
from salesanalytics.ui.changes.chosen import Chosen, group_name
from salesanalytics.ui.frame import Frame


@dataclass(frozen=True)
class Money:
    """The one unit of a chart or table, its currency, and how amounts are written in it."""

    unit: format.MoneyUnit
    currency: str
    lang: Lang

    @property
    def name(self) -> str:
        """The unit as a header names it."""
        return format.unit_name(self.unit, self.lang, self.currency)

    def plain(self, amount: Decimal | None, *, signed: bool = False) -> str:
        """Return the digits alone; an unknown amount is —."""
        return format.money_plain(amount, self.unit, signed=signed)

    def full(self, amount: Decimal, *, signed: bool = False) -> str:
        """Return the amount with sign and unit, for a sentence; one too small for this unit has its own."""
        unseen = format.money_plain(abs(amount), self.unit) == format.number(0, self.unit.decimals)
        unit = None if unseen else self.unit
        return format.money(amount, self.lang, unit=unit, currency=self.currency, signed=signed)


def money_for(amounts: Sequence[Decimal | None], frame: Frame) -> Money:
    """Return the unit that suits these amounts together."""
    return Money(format.money_unit(amounts, frame.lang), frame.desk.settings.currency, frame.lang)


def bridge_money(bridge: Bridge, frame: Frame) -> Money:
    """Return the unit of a bridge: what moves has to be readable in it, however large the ends are."""
    moved = [bar.amount for bar in bridge.bars if bar.amount]
    return money_for(moved or [bridge.start.amount], frame)


def exact(amount: Decimal | None, frame: Frame) -> str:
    """Return the exact amount, to the cent."""
    return format.money_exact(amount, frame.desk.settings.currency)


def headline(bridge: Bridge, found: Changes, chosen: Chosen, money: Money) -> str:
    """Say what the bridge comes to."""
    lang = money.lang
    if chosen.measure == "count":
        inflow = sum(bar.customers for bar in bridge.bars if bar.kind in INFLOWS)
        outflow = sum(bar.customers for bar in bridge.bars if bar.kind in OUTFLOWS)
        net = bridge.end.customers - bridge.start.customers
        way = "same" if not net else "up" if net > 0 else "down"
        said = text(f"changes.headline_count_{way}", lang, net=abs(net), inflow=inflow, outflow=outflow)
    else:
        change = bridge.end.amount - bridge.start.amount
        way = "same" if not change else "net_up" if change > 0 else "net_down"
        amounts = {"net": abs(change), "inflow": bridge.inflow, "outflow": bridge.outflow}
        said = text(f"changes.headline_{way}", lang, **{name: money.full(amount) for name, amount in amounts.items()})
    if not found.by or bridge is found.whole:
        return said
    return text("changes.headline_group", lang, group=group_name(bridge.group, found.by, lang), headline=said)


def subtitle(bridge: Bridge, found: Changes, chosen: Chosen, money: Money) -> str:
    """Name metric, unit and period, and what won deals really brought."""
    lang = money.lang
    span = {"start": format.day(found.start_on), "end": format.day(found.end_on)}
    parts = [text(f"changes.subtitle_{chosen.measure}", lang, unit=money.name, **span)]
    won = bridge.of("won")
    brought = sum((move.deal.actual or NOTHING for move in won), NOTHING)
    if won and brought and chosen.measure == "amount":
        expected = money.full(-bridge.bar("won").amount)
        parts.append(text("changes.won_actual", lang, expected=expected, actual=money.full(brought)))
    return text("changes.semicolon", lang).join(parts)


def notes(bridge: Bridge, found: Changes, chosen: Chosen, money: Money) -> list[str]:
    """Say what a reader could stumble over: unknown amounts, first amounts, who came and went between, a rebuilt start."""
    lang, said = money.lang, []
    named = [move.amount for move in bridge.moves if move.first_named]
    if named and chosen.measure == "amount":
        said.append(text("changes.first_named", lang, n=len(named), amount=money.full(sum(named, NOTHING))))
    if bridge.end.unknown and chosen.measure == "amount":
        said.append(text("changes.unknown", lang, n=bridge.end.unknown))
    if found.passed_through and bridge is found.whole:
        said.append(text("changes.passed", lang, n=found.passed_through))
    if found.reconstructed:
        said.append(text("changes.reconstructed", lang))
    if any(bar.kind == "missing" for bar in bridge.bars):
        said.append(text("changes.missing_note", lang))
    return said


def bar_amount(bar: Bar, chosen: Chosen, money: Money) -> str:
    """Return a bar's label: signed amount, or signed number of deals; — where none of its deals has an amount."""
    if chosen.measure == "count":
        return format.number(bar.customers if bar.kind in INFLOWS else -bar.customers, signed=True)
    if bar.unknown == bar.customers and not bar.amount:
        return format.DASH
    return money.plain(bar.amount, signed=True)


def below(bar: Bar, lang: Lang) -> str:
    """Return how many deals a bar holds, and how many of them have no amount."""
    said = text("changes.deals", lang, n=bar.customers)
    return f"{said} ({text('changes.without_amount', lang, n=bar.unknown)})" if bar.unknown else said


def highlight_sentence(one: Highlight, money: Money) -> str:
    """Say one of the changes that matter most."""
    lang = money.lang
    return text(
        f"changes.highlight.{one.topic}",
        lang,
        deals=text("changes.deals", lang, n=one.customers),
        amount=money.full(one.amount),
        name=one.largest.name,
        worth=format.money(
            one.largest_amount, lang, currency=money.currency
        ),  # small beside the total, it needs its own unit
        owner=owner_name(one.largest, lang),
    )


def owner_name(deal: Deal, lang: Lang) -> str:
    """Return who has a deal; nobody is the pool."""
    return deal.owner or text("changes.no_group_owner", lang)


def stage_name(stage: str | None, settings: Settings, lang: Lang) -> str:
    """Return a stage's name; its id where the model has no such stage any more, — for none."""
    if not stage:
        return format.DASH
    return settings.stages.get(stage).name(lang) if stage in settings.stages.ids else stage


def turned(before: str, after: str, lang: Lang) -> str:
    """Return ``before → after``, or one of them where they are the same or one is unknown."""
    if before == after or before == format.DASH:
        return after
    return text("changes.turned", lang, before=before, after=after) if after != format.DASH else before


def number_id(kind: str, *parts: str) -> str:
    """Return the id of a number that opens its deals (read by ``opened``)."""
    return json.dumps([kind, *parts], ensure_ascii=False)


def is_repriced(bar: Bar) -> bool:
    """Whether a bar changes amounts only, so that the count does not move by it."""
    return bar.kind in REPRICED


def file_name(found: Changes, lang: Lang) -> str:
    """Return the name of a download, without its ending."""
    return text("changes.file_name", lang, start=format.day(found.start_on), end=format.day(found.end_on))
