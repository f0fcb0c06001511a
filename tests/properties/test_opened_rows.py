"""Whatever opens behind a number is what it is made of: value and n reckoned again from the rows alone, for every metric, chosen formula and own ratio."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from random_companies import COMPANIES, FILTERS, PERIODS, Company, opened

from salesanalytics.access import EVERYONE, Scope, View
from salesanalytics.analysis import Analysis, Ratio
from salesanalytics.i18n import LANGS, has_text
from salesanalytics.metrics import METRICS, Filters, MetricQuery, ask
from salesanalytics.metrics.finish import sides_of
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.opening import open_number, rows_of
from salesanalytics.metrics.periods import named
from salesanalytics.metrics.registry import formula_options, metrics_of
from salesanalytics.metrics.row_query import NO_REASON
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.stock_series import ViewAt
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from tests.oracle.compare import same
from tests.oracle.from_rows import n_of, value_of

RATIOS = (
    Ratio(name="sales_per_lead", zh="每条线索销售额", en="Sales per lead", above="sales_amount", below="leads"),
    Ratio(name="open_per_won", zh="在手比成交", en="Open by won", above="open_amount", below="won_customers"),
    Ratio(name="rate_by_rate", zh="率比率", en="Rate by rate", above="target_attainment", below="sales_per_lead"),
    Ratio(name="velocity_by_cover", zh="速度比", en="Velocity by coverage", above="sales_velocity", below="coverage"),
)
OWN = tuple(ratio.name for ratio in RATIOS)


def chosen(**formulas: str) -> Settings:
    return DEFAULT_SETTINGS.model_copy(update={"analysis": Analysis(ratios=RATIOS, formulas=formulas)})


def gone_by(filters: Filters, as_of: date) -> float:
    """The share of the asked days (this quarter where none are) gone by, in calendar days."""
    start, end = filters.start, filters.end
    if start is None and end is None and not any(name == "month" for name, _ in filters.where):
        quarter = named("this-quarter", as_of)
        assert quarter is not None
        start, end = quarter.start, quarter.end
    if start is None or end is None:
        return float("nan")
    return min(1.0, max(0.0, ((as_of - start).days + 1) / ((end - start).days + 1)))


def wrong(
    view: View, name: str, filters: Filters, settings: Settings, known: Mapping[str, Metric], view_at: ViewAt
) -> list[str]:
    metric = known[name]
    total = ask(view, MetricQuery((name,), (), filters), settings, view_at).total
    rows = rows_behind(view, name, filters, settings)
    elapsed = gone_by(filters, view.as_of)
    again = value_of(metric, rows, known, elapsed)
    if metric.less_elapsed and elapsed != elapsed:
        again = None
    found = []
    if not same(total.values[name], again):
        found.append(f"{name}: {total.values[name]} but its rows say {again}")
    if total.n[name] != n_of(metric, rows, known) and (total.values[name] is not None or total.n[name]):
        found.append(f"{name}: n {total.n[name]} but its rows say {n_of(metric, rows, known)}")
    number = open_number(view, name, filters, settings)
    left = sum(sum(part.left_out.values()) for part in number.parts)
    if left != sum(not row["counted"] for row in rows) or number.rows != len(rows):
        found.append(f"{name}: the rows left out are not those counted")
    if any(row["counted"] != (row["reason"] is None) or row["reason"] == NO_REASON for row in rows):
        found.append(f"{name}: a row left out without its reason: {[row['reason'] for row in rows]}")
    if [part.side for part in number.parts] != list(dict.fromkeys(part.side for part in number.parts)):
        found.append(f"{name}: two parts at one place")
    if any(row["file"] is None or row["row"] is None for row in rows):
        found.append(f"{name}: a row from nowhere")
    return found


@settings(max_examples=max(12, settings().max_examples // 2))
@given(COMPANIES, PERIODS, FILTERS, st.sampled_from(range(4)))
def test_value_and_n_follow_from_the_rows_of_random_companies(
    company: Company, period: Any, where: Any, quarter: int
) -> None:
    asked = chosen()
    known = metrics_of(asked)
    with opened(company) as found:
        if any(name.startswith("custom:") for name, _ in where):
            where = ()
        filters = Filters(where, *period)
        faults = [
            fault
            for name in [*known][quarter::4]
            for fault in wrong(found.view(), name, filters, asked, known, found.view_at)
        ]
    assert not faults


@pytest.mark.parametrize(
    "formulas",
    [
        dict(zip(formula_options(), picked, strict=True))
        for picked in product(*([*option.choices][-1:] for option, _ in formula_options().values()))
    ],
)
def test_other_formulas_open_their_own_rows(formulas: dict[str, str]) -> None:
    asked = chosen(**formulas)
    known = metrics_of(asked)
    names = {metric.name for _, metrics in formula_options().values() for metric in metrics}
    with opened(Company(7, 40, 2, 3)) as found:
        names -= {name for name in names if known[name].less_elapsed}  # working days gone by: test_spec_formulas
        faults = [
            fault
            for name in sorted(names)
            for fault in wrong(found.view(), name, Filters(), asked, known, found.view_at)
        ]
    assert not faults


def test_a_scope_narrows_the_rows_as_it_narrows_the_number() -> None:
    scope = Scope(owners=frozenset({"Li"}), pool=False)
    with opened(Company(11, 40, 2, 0)) as found:
        mine = found.view(scope)
        for name in ("leads", "sales_amount", "closed_win_rate", "sales_per_lead", "stage_dwell_median"):
            rows = rows_behind(mine, name, Filters(), chosen())
            everyones = rows_behind(found.view(EVERYONE), name, Filters(), chosen())
            ids = {row["customer_id"] for row in found.book.all() if row["owner"] == "Li"}
            assert {row["customer_id"] for row in rows} <= ids
            assert len(rows) < len(everyones)


def test_a_stock_of_a_week_opens_the_rows_of_its_last_day() -> None:
    with opened(Company(3, 40, 3, 2)) as found:
        view = found.view()
        lately = Filters((), found.as_of - timedelta(days=27), found.as_of)
        by_week = ask(view, MetricQuery(("open_amount", "open_per_won"), ("week",), lately), chosen(), found.view_at)
        weeks = [row for row in by_week.rows if row.dims["week"]][-3:]
        assert len(weeks) == 3
        for row in weeks:
            filters = Filters((("week", (row.dims["week"] or "",)),))
            for name in ("open_amount", "open_per_won"):
                number = open_number(view, name, filters, chosen(), ("week",), found.view_at)
                rows = rows_of(view, number, chosen(), view_at=found.view_at)
                known = metrics_of(chosen())
                assert same(number.value, row.values[name])
                assert same(value_of(known[name], rows, known), row.values[name]), (name, row.dims)


def test_pages_of_rows_are_the_rows() -> None:
    with opened(Company(5, 40, 1, 0)) as found:
        view = found.view()
        number = open_number(view, "mean_deal", Filters(), chosen())
        whole = rows_of(view, number, chosen(), "", counted=True)
        pages = [rows_of(view, number, chosen(), "", counted=True, offset=at, limit=3) for at in (0, 3, 6)]
        assert [row for page in pages for row in page] == whole[:9]
        assert number.parts[0].counted == len(whole)


def test_every_declared_reason_has_words_and_every_condition_a_reason() -> None:
    choices = [replaced for option, _ in formula_options().values() for replaced in option.choices.values()]
    declared = [(metric.used, metric.left_out_as) for metric in METRICS.values() if not sides_of(metric)]
    declared += [(one["used"], one["left_out_as"]) for one in choices if "used" in one]
    assert all(reasons for used, reasons in declared if used != "TRUE")
    kinds = {kind for _, reasons in declared for kind in reasons} | {NO_REASON}
    assert all(has_text(f"number.reason_{kind}", lang) for kind in kinds for lang in LANGS)
