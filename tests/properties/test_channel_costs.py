"""Channel costs against a loop over days: no SQL, nothing shared with what is tested; and parts that add up to the whole."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "metric_spec"))
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, ask
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)
SOURCES = ["ads", "fair", "web"]
PERIODS = {
    "2026-09": (date(2026, 9, 1), date(2026, 9, 30)),
    "2026-10": (date(2026, 10, 1), date(2026, 10, 31)),
    "2026-11": (date(2026, 11, 1), date(2026, 11, 30)),
    "2026-W45": (date(2026, 11, 2), date(2026, 11, 8)),
    "2026Q3": (date(2026, 7, 1), date(2026, 9, 30)),
    "2026Q4": (date(2026, 10, 1), date(2026, 12, 31)),
    "2026": (date(2026, 1, 1), date(2026, 12, 31)),
}
DAYS = st.one_of(st.none(), st.integers(0, 400).map(lambda n: D - timedelta(days=n)))
NAMES = ("channel_cost", "cost_per_lead", "cost_per_won", "return_on_cost")
Costs = dict[tuple[str, str], float]


@st.composite
def leads(draw: st.DrawFn) -> list[dict[str, Any]]:
    rows = []
    for number in range(draw(st.integers(0, 15))):
        won = draw(st.booleans())
        amount = draw(st.one_of(st.none(), st.integers(0, 10**6))) if won else None
        rows.append(
            lead(
                f"{number:03d}",
                "won" if won else "prospect",
                source=draw(st.sampled_from([None, *SOURCES])),
                first_contact_on=draw(DAYS),
                won_on=draw(DAYS) if won else None,
                actual_amount=amount,
                deal_amount=amount,
            )
        )
    return rows


COSTS = st.dictionaries(
    st.tuples(st.sampled_from(SOURCES), st.sampled_from(sorted(PERIODS))), st.integers(0, 10**6).map(float), max_size=8
)
SPANS = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(-30, 200), st.integers(-30, 200)).map(
        lambda pair: (D - timedelta(days=max(pair)), D - timedelta(days=min(pair)))
    ),
)


def a_day(costs: Costs, source: str | None, day: date) -> float | None:
    """What a day of a channel cost: the shortest line that covers it, spread over its days; nothing after D."""
    covering = []
    for (name, period), amount in costs.items():
        start, end = PERIODS[period]
        if name == source and start <= day <= min(end, D):
            covering.append(((end - start).days + 1, amount))
    return min(covering)[1] / min(covering)[0] if covering else None


def told(rows: list[dict[str, Any]], costs: Costs, start: date | None, end: date | None) -> tuple[Any, ...]:
    def inside(day: date | None) -> bool:
        return day is not None and (start is None or start <= day) and (end is None or day <= end)

    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    parts = [a_day(costs, source, day) for source in SOURCES for day in days if inside(day)]
    spent = [part for part in parts if part is not None]
    if not spent:
        return (None,) * 4
    cost = sum(spent)

    def paid(row: dict[str, Any], day: date | None) -> bool:
        return inside(day) and day is not None and a_day(costs, row["source"], day) is not None

    came = sum(paid(row, row["first_contact_on"]) for row in rows)
    won = [row for row in rows if row["is_won"] and paid(row, row["won_on"])]
    sales = sum(row["deal_amount"] for row in won if row["deal_amount"] is not None)
    return cost, cost / came if came else None, cost / len(won) if won else None, sales / cost if cost else None


def state_of(rows: list[dict[str, Any]], costs: Costs) -> KnownState:
    lines = [
        {"source": source, "period": period, "period_start": PERIODS[period][0], "period_end": PERIODS[period][1], "cost": amount}
        for (source, period), amount in costs.items()
    ]  # fmt: skip
    return KnownState(D, rows, channel_costs=lines)


@given(leads(), COSTS, SPANS)
def test_costs_and_what_they_brought_agree_with_a_loop_over_days(
    rows: list[dict[str, Any]], costs: Costs, span: tuple[date | None, date | None]
) -> None:
    found = ask(state_of(rows, costs).view(), MetricQuery(NAMES, (), Filters((), *span)), DEFAULT_SETTINGS).total
    for name, value in zip(NAMES, told(rows, costs, *span), strict=True):
        assert found.values[name] == (None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)), name


@given(leads(), COSTS, SPANS)
def test_costs_of_parts_add_up_to_the_whole(
    rows: list[dict[str, Any]], costs: Costs, span: tuple[date | None, date | None]
) -> None:
    view = state_of(rows, costs).view()
    whole = ask(view, MetricQuery(("channel_cost",), (), Filters((), *span)), DEFAULT_SETTINGS).total
    for cut in (("source",), ("month",), ("source", "week")):
        parts = ask(view, MetricQuery(("channel_cost",), cut, Filters((), *span)), DEFAULT_SETTINGS).rows
        assert sum(part.values["channel_cost"] or 0 for part in parts) == pytest.approx(
            whole.values["channel_cost"] or 0, rel=1e-9, abs=1e-9
        )
