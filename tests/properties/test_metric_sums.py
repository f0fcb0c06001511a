"""Parts and wholes: what adds up does so in any cut, filters commute and are rows of a cut, and nothing at all is a value or none."""

from __future__ import annotations

import math
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from random_companies import COMPANIES, CUTS, LITTLE, PERIODS, TIMES, Company, Opened, opened

from salesanalytics.access import EVERYONE, Scope
from salesanalytics.metrics import METRICS, Filters, MetricQuery, MetricResult, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS
from tests.oracle.compare import same
from tests.oracle.measures import NAMES

FLOWS = ("leads", "won_customers", "sales_amount", "sales_estimated_amount", "contracted", "collected", "followups")
STOCKS = (
    "open_amount",
    "weighted_pipeline",
    "risk_customers",
    "risk_amount",
    "open_opportunities",
    "receivables_overdue",
)
ADDITIVE = (*FLOWS, *STOCKS)
"""Sums and counts of rows that lie in one part each; core customers, lost reasons and ratios are none."""
Period = tuple[date | None, date | None]
FEWER = settings(max_examples=max(6, settings().max_examples // 4))
"""What the oracle confirms for each part is here only added up: a quarter of the companies in ``make test``, fifty in the soak."""


def _asked(
    found: Opened,
    names: tuple[str, ...],
    by: tuple[str, ...] = (),
    where: Any = (),
    period: Any = (None, None),
    scope: Scope = EVERYONE,
) -> MetricResult:
    return ask(found.view(scope), MetricQuery(names, by, Filters(where, *period)), DEFAULT_SETTINGS)


def _sum(values: list[float | None]) -> float:
    return math.fsum(value for value in values if value is not None)


@FEWER
@given(COMPANIES, PERIODS, st.permutations(CUTS), st.sampled_from(TIMES))
def test_parts_sum_to_the_whole_in_any_cut(company: Company, period: Period, cuts: list[str], time: str) -> None:
    with opened(company) as found:
        whole = _asked(found, ADDITIVE, (), (), period).total
        for names, by in (
            (ADDITIVE, tuple(cuts[:2])),
            (ADDITIVE, (cuts[2],)),
            (FLOWS, (time,)),
            (FLOWS, (time, cuts[3])),
        ):
            parts = _asked(found, names, by, (), period).rows
            for name in names:
                assert same(_sum([part.values[name] for part in parts]), whole.values[name] or 0.0), (name, by)
                assert sum(part.n[name] for part in parts) == whole.n[name], (name, by)


@FEWER
@given(COMPANIES, PERIODS, st.sampled_from(range(4)))
def test_filters_commute_and_a_filter_is_a_row_of_the_cut(company: Company, period: Period, fourth: int) -> None:
    names = tuple(NAMES[fourth::4])
    owner, region = ("owner", ("", "Li")), ("region", ("N",))
    with opened(company) as found:
        one, other = (_asked(found, names, (), where, period).total for where in ((owner, region), (region, owner)))
        assert (one.values, one.n) == (other.values, other.n)
        turned = _asked(found, names, (), (("owner", ("Li", "")), region), period).total
        assert (one.values, one.n) == (turned.values, turned.n)
        for row in _asked(found, names, ("owner",), (), period).rows:
            alone = _asked(found, names, (), (("owner", (row.dims["owner"] or "",)),), period).total
            for name in names:
                assert same(row.values[name], alone.values[name]), (name, row.dims)


@FEWER
@given(COMPANIES, PERIODS)
def test_the_owners_scopes_sum_to_everyones(company: Company, period: Period) -> None:
    # collected, contracted and follow-ups also have orphans, which are in nobody's scope
    names = tuple(
        name for name in ADDITIVE if name not in ("contracted", "collected", "followups", "receivables_overdue")
    )
    with opened(company) as found:
        whole = _asked(found, names, (), (), period).total
        owners = {row["owner"] for row in found.book.all()}
        scopes = [Scope(owners=frozenset({owner} if owner else ()), pool=owner is None) for owner in owners]
        parts = [_asked(found, names, (), (), period, scope).total for scope in scopes]
        for name in names:
            assert same(_sum([part.values[name] for part in parts]), whole.values[name] or 0.0), name


@FEWER
@given(COMPANIES, PERIODS, st.sampled_from(NAMES))
def test_the_rows_behind_a_number_are_as_many_as_its_n(company: Company, period: Period, name: str) -> None:
    filters = Filters((("region", ("N", "")),), *period)
    with opened(company) as found:
        total = ask(found.view(), MetricQuery((name,), (), filters), DEFAULT_SETTINGS).total
        behind = rows_behind(found.view(), name, filters, DEFAULT_SETTINGS)
        if METRICS[name].share and METRICS[name].source.lead_columns:
            assert sum(bool(row["counted"]) for row in behind) == total.n[name]
            assert sum(bool(row["hit"]) for row in behind) == (total.k.get(name) or 0)
        if name in ("leads", "won_customers", "sales_amount", "open_amount", "collected", "risk_customers"):
            assert sum(bool(row["counted"]) for row in behind) == total.n[name]


@FEWER
@given(COMPANIES)
def test_the_funnel_never_grows_and_every_customer_ends_somewhere(company: Company) -> None:
    with opened(company) as found:
        stages = stage_funnel(found.view(), DEFAULT_SETTINGS).stages
        customers = found.book.all()
    reached = [stage.customers for stage in stages]
    assert reached == sorted(reached, reverse=True)
    assert not stages or reached[0] == len(customers)
    won = sum(row["stage"] == "won" for row in customers)
    assert sum(stage.lost + stage.still for stage in stages[:-1]) + won == len(customers) or stages[-1].stage != "won"


@FEWER
@given(LITTLE, PERIODS, st.sampled_from(range(3)))
def test_little_or_nothing_is_a_value_or_none(company: Company, period: Period, third: int) -> None:
    names = tuple(METRICS)[third::3]
    with opened(company) as found:
        answers = [_asked(found, names, (), (), period)]
        answers.append(_asked(found, names, (), (("owner", ("nobody",)),), period))
        answers.append(_asked(found, names, ("source",), (), period))
        start = found.as_of - timedelta(days=6)
        query = MetricQuery(("open_amount", "sales_amount"), ("day",), Filters((), start, found.as_of))
        answers.append(ask(found.view(), query, DEFAULT_SETTINGS, found.view_at))
    for answer in answers:
        for row in answer.rows:
            for name, value in row.values.items():
                assert value is None or math.isfinite(value), name
                assert row.n[name] >= 0, name
