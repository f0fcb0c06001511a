"""Contracts of won deals: instalments agreed at signing, collected in time, late, in part, or not yet."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from salesanalytics.sample.diary import Diary, Row
from salesanalytics.sample.story import LAST_EXPORT

PLANS = (((1.0, 10),), ((0.5, 7), (0.5, 60)), ((0.3, 7), (0.4, 45), (0.3, 90)))


def contracts(rng: Random, lives: list[Diary]) -> list[Row]:
    """Return one row an instalment, with what is known at the end; ``as_of`` hides what lies after a date."""
    won = sorted((life for life in lives if life.row["stage"] == "won"), key=_won_on)
    numbers: dict[int, int] = {}
    rows = []
    for life in won:
        signed, amount = _won_on(life), life.row["actual_amount"]
        numbers[signed.year] = numbers.get(signed.year, 0) + 1
        plan = PLANS[0 if amount < 200_000 else rng.choice((1, 2))]
        rows += _instalments(rng, life, f"HT{signed.year}{numbers[signed.year]:04d}", plan)
    return rows


def _won_on(life: Diary) -> date:
    day: date = life.row["won_on"]
    return day


def _instalments(rng: Random, life: Diary, contract_id: str, plan: tuple[tuple[float, int], ...]) -> list[Row]:
    signed, amount = _won_on(life), life.row["actual_amount"]
    rows: list[Row] = []
    late_payer = rng.random() < 0.12
    for place, (share, days) in enumerate(plan):
        is_last = place == len(plan) - 1
        due_amount = amount - sum(row["due_amount"] for row in rows) if is_last else round(amount * share)
        due_on = signed + timedelta(days=days)
        collected_on, collected = _payment(rng, due_on, due_amount, late_payer)
        rows.append(
            {
                "contract_id": contract_id,
                "customer_id": life.arrival.customer_id,
                "signed_on": signed,
                "contract_amount": amount,
                "due_on": due_on,
                "due_amount": due_amount,
                "collected_on": collected_on,
                "collected_amount": collected,
                "invoiced_amount": due_amount,
                "recorded_at": _recorded_won(life),
            }
        )
    return rows


def _payment(rng: Random, due_on: date, due: int, late_payer: bool) -> tuple[date | None, int | None]:
    fate = rng.random()
    if fate < (0.25 if late_payer else 0.03):
        return None, None
    late = rng.randint(25, 80) if late_payer or fate < 0.12 else rng.randint(-3, 9)
    part = round(due * 0.5) if fate > 0.97 else due
    return due_on + timedelta(days=late), part


def _recorded_won(life: Diary) -> date:
    return next(change.recorded_at.date() for change in life.changes if change.values.get("stage") == "won")


def contracts_as_of(rows: list[Row], as_of: date = LAST_EXPORT) -> list[Row]:
    """Return the instalments of contracts recorded by ``as_of``; payments and invoices after it are not there yet."""
    known = []
    for row in rows:
        if row["recorded_at"] > as_of:
            continue
        shown = {name: value for name, value in row.items() if name != "recorded_at"}
        if shown["collected_on"] is None or shown["collected_on"] > as_of:
            shown |= {"collected_on": None, "collected_amount": None}
        if shown["due_on"] - timedelta(days=7) > as_of and shown["collected_on"] is None:
            shown["invoiced_amount"] = None
        known.append(shown)
    return known
