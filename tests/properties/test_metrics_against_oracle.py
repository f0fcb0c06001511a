"""Every metric against plain Python over random companies: no SQL, no declaration shared with what is tested."""

from __future__ import annotations

import itertools
import statistics
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "metric_spec"))
from known_state import KnownState, lead

from salesanalytics.access import Scope
from salesanalytics.metrics import Filters, MetricQuery, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)
OWNERS = [None, "Li", "Wang", "O'Brien"]
REGIONS = [None, "N", "S"]
STAGES = ["lead", "prospect", "opportunity", "quote", "won", "lost"]
PROBABILITY = {"lead": 0.1, "prospect": 0.2, "opportunity": 0.4, "quote": 0.5}
DAYS = st.one_of(st.none(), st.integers(0, 120).map(lambda n: D - timedelta(days=n)))
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**8).map(lambda cents: cents / 100))
Row = dict[str, Any]


@st.composite
def companies(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(0, 25))):
        stage = draw(st.sampled_from(STAGES))
        reached = draw(st.sampled_from([None, "lead", "prospect", "opportunity", "quote"])) if stage == "lost" else None
        rows.append(
            lead(
                f"{number:03d}",
                stage,
                reached=reached,
                owner=draw(st.sampled_from(OWNERS)),
                won_owner=draw(st.sampled_from(OWNERS)) if stage == "won" else None,
                region=draw(st.sampled_from(REGIONS)),
                first_contact_on=draw(DAYS),
                won_on=draw(DAYS) if stage == "won" else None,
                lost_on=draw(DAYS) if stage == "lost" else None,
                expected_amount=draw(AMOUNTS),
                actual_amount=draw(AMOUNTS) if stage == "won" else None,
                entered={"opportunity": draw(DAYS)},
            )
        )
    for row in rows:  # what the builder derives: actual, else expected
        if row["stage"] == "won":
            actual = row["actual_amount"]
            row["deal_amount"] = row["expected_amount"] if actual is None else actual
            row["deal_amount_estimated"] = actual is None and row["deal_amount"] is not None
    return rows


PERIODS = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(0, 130), st.integers(0, 130)).map(
        lambda pair: (D - timedelta(days=max(pair)), D - timedelta(days=min(pair)))
    ),
)


def share(rows: Iterable[Row], hit: Callable[[Row], bool]) -> tuple[float | None, int]:
    hits = [hit(row) for row in rows]
    return (sum(hits) / len(hits) if hits else None), len(hits)


def total(values: list[float | None]) -> tuple[float | None, int]:
    known = [value for value in values if value is not None]
    return (None if values and not known else sum(known)), len(known)


def oracle(name: str, rows: list[Row], inside: Callable[[date | None], bool]) -> tuple[float | None, int]:
    """What the definitions say, written for one metric at a time."""
    won = [row for row in rows if row["stage"] == "won" and inside(row["won_on"])]
    new = [row for row in rows if inside(row["first_contact_on"])]
    still_open = [row for row in rows if row["stage"] not in ("won", "lost")]
    cycles = [
        (row["won_on"] - row["first_contact_on"]).days for row in won if row["won_on"] and row["first_contact_on"]
    ]
    if name == "leads":
        return len(new), len(new)
    if name == "lead_conversion":
        return share(new, lambda row: row["reached_order"] >= 2)
    if name == "opportunity_win_rate":
        cohort = [row for row in rows if row["reached_order"] >= 3 and inside(row["entered"]["opportunity"])]
        return share(cohort, lambda row: row["stage"] == "won")
    if name == "closed_win_rate":
        lost = [row for row in rows if row["stage"] == "lost" and inside(row["lost_on"])]
        return share([*won, *lost], lambda row: row["stage"] == "won")
    if name == "win_rate_30d":
        old = [row for row in new if row["first_contact_on"] and (D - row["first_contact_on"]).days >= 30]
        return share(old, lambda row: bool(row["won_on"]) and (row["won_on"] - row["first_contact_on"]).days <= 30)
    if name == "sales_amount":
        return total([row["deal_amount"] for row in won])
    if name == "won_customers":
        return len(won), len(won)
    if name == "mean_deal":
        amounts = [row["deal_amount"] for row in won if row["deal_amount"] is not None]
        return (sum(amounts) / len(amounts) if amounts else None), len(amounts)
    if name == "open_amount":
        return total([row["expected_amount"] for row in still_open])
    if name == "weighted_pipeline":
        weighted = [
            None if row["expected_amount"] is None else row["expected_amount"] * PROBABILITY[row["stage"]]
            for row in still_open
        ]
        return total(weighted)
    if name == "sales_cycle_mean":
        return (statistics.fmean(cycles) if cycles else None), len(cycles)
    assert name == "sales_cycle_median"
    return (statistics.median(cycles) if cycles else None), len(cycles)


NAMES = (
    "leads",
    "lead_conversion",
    "opportunity_win_rate",
    "closed_win_rate",
    "win_rate_30d",
    "sales_amount",
    "won_customers",
    "mean_deal",
    "open_amount",
    "weighted_pipeline",
    "sales_cycle_mean",
    "sales_cycle_median",
)
ADDITIVE = ("leads", "won_customers", "sales_amount", "open_amount", "weighted_pipeline")
CREDITED_TO_WINNER = {
    "sales_amount",
    "won_customers",
    "mean_deal",
    "sales_cycle_mean",
    "sales_cycle_median",
    "closed_win_rate",
}


def owner_of(row: Row, name: str) -> str | None:
    return row["won_owner"] if name in CREDITED_TO_WINNER and row["stage"] == "won" else row["owner"]


def within(start: date | None, end: date | None) -> Callable[[date | None], bool]:
    if start is None or end is None:
        return lambda day: True
    return lambda day: day is not None and start <= day <= end


def state_of(rows: list[Row]) -> KnownState:
    return KnownState(D, rows, probability=PROBABILITY)


@given(companies(), PERIODS)
def test_totals_agree(rows: list[Row], period: tuple[date | None, date | None]) -> None:
    found = ask(state_of(rows).view(), MetricQuery(NAMES, (), Filters((), *period)), DEFAULT_SETTINGS).total
    for name in NAMES:
        value, n = oracle(name, rows, within(*period))
        assert found.values[name] == (None if value is None else pytest.approx(value)), name
        assert found.n[name] == n, name


@given(companies(), PERIODS, st.sampled_from(["owner", "region"]))
def test_cuts_agree(rows: list[Row], period: tuple[date | None, date | None], cut: str) -> None:
    answer = ask(state_of(rows).view(), MetricQuery(NAMES, (cut,), Filters((), *period)), DEFAULT_SETTINGS)
    for found in answer.rows:
        for name in NAMES:
            mine = [r for r in rows if (owner_of(r, name) if cut == "owner" else r["region"]) == found.dims[cut]]
            value, n = oracle(name, mine, within(*period))
            assert found.values[name] == (None if value is None else pytest.approx(value)), (name, found.dims)
            assert found.n[name] == n, (name, found.dims)


@given(companies(), PERIODS)
def test_parts_sum_to_the_whole_in_any_cut(rows: list[Row], period: tuple[date | None, date | None]) -> None:
    view, filters = state_of(rows).view(), Filters((), *period)
    whole = ask(view, MetricQuery(ADDITIVE, (), filters), DEFAULT_SETTINGS).total
    for cut in (("owner",), ("region", "stage"), ("owner", "region")):
        parts = ask(view, MetricQuery(ADDITIVE, cut, filters), DEFAULT_SETTINGS).rows
        for name in ADDITIVE:
            assert sum(part.values[name] or 0 for part in parts) == pytest.approx(whole.values[name] or 0)
            assert sum(part.n[name] for part in parts) == whole.n[name]
    by_month = ask(view, MetricQuery(("leads", "sales_amount"), ("month",), filters), DEFAULT_SETTINGS).rows
    for name in ("leads", "sales_amount"):
        assert sum(part.values[name] or 0 for part in by_month) == pytest.approx(whole.values[name] or 0)


@given(companies(), st.lists(st.sampled_from(["", "Li", "Wang", "O'Brien"]), min_size=1, unique=True))
def test_filters_commute_and_alternatives_add_up(rows: list[Row], owners: list[str]) -> None:
    view = state_of(rows).view()
    one, other = ("owner", tuple(owners)), ("region", ("N", ""))

    def asked(*where: tuple[str, tuple[str, ...]]) -> Any:
        return ask(view, MetricQuery(NAMES, (), Filters(where)), DEFAULT_SETTINGS).total

    assert asked(one, other).values == asked(other, one).values
    assert asked(one).values == asked((one[0], tuple(reversed(owners)))).values
    for name in ADDITIVE:
        alone = sum(asked(("owner", (owner,))).values[name] or 0 for owner in owners)
        assert (asked(one).values[name] or 0) == pytest.approx(alone)


@given(companies(), PERIODS, st.sampled_from(NAMES))
def test_the_rows_behind_a_number_are_as_many_as_its_n(
    rows: list[Row], period: tuple[date | None, date | None], name: str
) -> None:
    view, filters = state_of(rows).view(), Filters((("region", ("N", "")),), *period)
    found = ask(view, MetricQuery((name,), (), filters), DEFAULT_SETTINGS).total
    behind = rows_behind(view, name, filters, DEFAULT_SETTINGS)
    assert sum(row["counted"] for row in behind) == found.n[name]
    if found.k.get(name) is not None and name.endswith(("rate", "30d", "conversion")):
        assert sum(bool(row["hit"]) for row in behind) == found.k[name]


@given(companies())
def test_the_funnel_never_grows_and_every_customer_ends_somewhere(rows: list[Row]) -> None:
    stages = stage_funnel(state_of(rows).view(), DEFAULT_SETTINGS).stages
    reached = [stage.customers for stage in stages]
    assert reached == sorted(reached, reverse=True)
    assert reached[0] == len(rows) if rows else not reached
    won = sum(row["stage"] == "won" for row in rows)
    assert sum(stage.lost + stage.still for stage in stages) + won == len(rows)
    for stage, after in itertools.pairwise(stages):
        assert stage.advanced == after.customers


@given(companies(), st.sampled_from(["Li", "Wang", "O'Brien"]))
def test_a_scope_is_the_same_as_having_only_those_rows(rows: list[Row], owner: str) -> None:
    scoped = ask(
        state_of(rows).view(Scope(owners=frozenset({owner}), pool=False)), MetricQuery(NAMES), DEFAULT_SETTINGS
    )
    alone = ask(state_of([row for row in rows if row["owner"] == owner]).view(), MetricQuery(NAMES), DEFAULT_SETTINGS)
    # the same rows may be added in another order
    for name, value in alone.total.values.items():
        assert scoped.total.values[name] == (None if value is None else pytest.approx(value, rel=1e-12)), name
    assert (scoped.total.n, scoped.total.left_out) == (alone.total.n, alone.total.left_out)
