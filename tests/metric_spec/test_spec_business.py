"""Velocity, coverage, receivables and core customers: table in, expected out."""

from datetime import date, timedelta

import pytest
from known_state import KnownState, lead, target

from salesanalytics.metrics import METRICS, Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.wilson import interval_of
from salesanalytics.settings import DEFAULT_SETTINGS, Settings

D = date(2026, 11, 8)
Q4 = (date(2026, 10, 1), date(2026, 12, 31))


def ago(days: int) -> date:
    return D - timedelta(days=days)


def row(state: KnownState, *metrics: str, settings: Settings = DEFAULT_SETTINGS, **filters: object) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), settings).total


def cut(state: KnownState, metric: str, by: str) -> dict[str | None, float | None]:
    answer = ask(state.view(), MetricQuery((metric,), (by,)), DEFAULT_SETTINGS)
    return {found.dims[by]: found.values[metric] for found in answer.rows}


def won(name: str, amount: float | None, days_ago: int, cycle: int = 20, **columns: object) -> dict[str, object]:
    day = ago(days_ago)
    return lead(name, "won", first_contact_on=day - timedelta(days=cycle), won_on=day, actual_amount=amount, **columns)


VELOCITY = KnownState(
    D,
    [
        lead("o1", "opportunity", owner="Li"),
        lead("o2", "quote", owner="Li"),
        lead("o3", "quote", owner="Wang"),
        lead("p", "prospect", owner="Li"),  # not an opportunity yet
        won("w1", 100, 0, 10, owner="Li", won_owner="Wang"),  # sold by Wang
        won("w2", 300, 89, 30, owner="Li"),  # the first of the 90 days
        won("w3", 9_999, 90, 1, owner="Li"),  # a day too old
        lead("l1", "lost", lost_on=ago(5), owner="Li"),
        lead("l2", "lost", lost_on=ago(5), owner="Wang"),
        lead("l3", "lost", lost_on=ago(91), owner="Wang"),
    ],
)


def test_velocity_is_opportunities_times_win_rate_times_amount_by_days() -> None:
    found = row(VELOCITY, "sales_velocity", "open_opportunities")
    # 3 open × 2 of 4 closed × mean of 100 and 300 ÷ mean of 10 and 30 days
    assert found.values == {"sales_velocity": pytest.approx(3 * 0.5 * 200 / 20), "open_opportunities": 3}
    assert found.n == {"sales_velocity": 3, "open_opportunities": 3}
    assert not found.left_out


def test_velocity_by_owner_credits_who_won() -> None:
    assert cut(VELOCITY, "sales_velocity", "owner") == {
        "Li": pytest.approx(2 * (1 / 2) * 300 / 30),
        "Wang": pytest.approx(1 * (1 / 2) * 100 / 10),
    }


def test_velocity_takes_its_window_from_the_settings_and_ignores_the_asked_period() -> None:
    wider = DEFAULT_SETTINGS.model_copy(
        update={"metrics": DEFAULT_SETTINGS.metrics.model_copy(update={"closed_win_rate_days": 91})}
    )
    found = row(VELOCITY, "sales_velocity", settings=wider, start=D, end=D).values["sales_velocity"]
    assert found == pytest.approx(3 * (3 / 5) * ((100 + 300 + 9_999) / 3) / ((10 + 30 + 1) / 3))


def test_velocity_without_a_win_of_late_has_no_value() -> None:
    state = KnownState(D, [lead("o", "opportunity"), lead("l", "lost", lost_on=ago(5))])
    assert row(state, "sales_velocity").values["sales_velocity"] is None
    assert row(KnownState(D), "sales_velocity", "coverage_needed").values == {
        "sales_velocity": None,
        "coverage_needed": None,
    }


def test_behind_velocity_stand_the_open_deals_and_those_closed_of_late() -> None:
    rows = rows_behind(VELOCITY.view(), "sales_velocity", Filters(), DEFAULT_SETTINGS)
    behind = {
        name: {one["customer_id"] for one in rows if one["metric"] == name} for name in {r["metric"] for r in rows}
    }
    assert behind == {
        "open_opportunities": {"o1", "o2", "o3"},
        "closed_win_rate": {"w1", "w2", "l1", "l2"},
        "mean_deal": {"w1", "w2"},
        "sales_cycle_mean": {"w1", "w2"},
    }
    assert all(found["counted"] for found in rows)


def test_coverage_needed_is_one_by_the_win_rate() -> None:
    found = row(VELOCITY, "coverage_needed")
    assert (found.values["coverage_needed"], found.n["coverage_needed"]) == (2, 4)


COVERAGE = KnownState(
    D,
    [
        won("w", 400, 3),
        lead("in1", "quote", expected_amount=900, expected_close_on=Q4[1]),
        lead("in2", "lead", expected_amount=300, expected_close_on=Q4[0]),  # overdue, still open, still due in it
        lead("none", "lead", expected_close_on=D),  # no amount: left out
        lead("next", "quote", expected_amount=5_000, expected_close_on=date(2027, 1, 1)),
        lead("never", "quote", expected_amount=5_000),
        won("closed", 0, 200, expected_amount=70, expected_close_on=D),
    ],
    targets=[target("2026Q4", *Q4, 1_000)],
)


def test_coverage_is_what_is_due_by_what_the_target_still_lacks() -> None:
    found = row(COVERAGE, "coverage", "open_due_amount")
    assert found.values == {"coverage": pytest.approx(1_200 / (1_000 - 400)), "open_due_amount": 1_200}
    assert found.left_out == {"coverage": 1, "open_due_amount": 1}
    rows = rows_behind(COVERAGE.view(), "coverage", Filters(), DEFAULT_SETTINGS)
    behind = {(one["side"], one["metric"], one["customer_id"], one["reason"]) for one in rows}
    assert behind == {
        ("above", "open_due_amount", "in1", None),
        ("above", "open_due_amount", "in2", None),
        ("above", "open_due_amount", "none", "no-expected-amount"),
        ("below", "target_amount", None, None),
        ("less", "sales_amount", "w", None),
    }


@pytest.mark.parametrize("amount", [400, 399])
def test_coverage_of_a_target_reached_or_passed_has_no_value(amount: int) -> None:
    state = KnownState(
        D,
        [won("w", 400, 3), lead("in", "quote", expected_amount=900, expected_close_on=D)],
        targets=[target("2026Q4", *Q4, amount)],
    )
    assert row(state, "coverage").values["coverage"] is None
    assert row(KnownState(D), "coverage").values["coverage"] is None


def instalment(contract: str, due: date | None, amount: float | None, **columns: object) -> dict[str, object]:
    return {
        "contract_id": contract,
        "customer_id": contract[:1],
        "signed_on": ago(300),
        "contract_amount": 1000,
        "due_on": due,
        "due_amount": amount,
        **columns,
    }


RECEIVABLES = KnownState(
    D,
    [lead("A", "won", owner="Li", won_owner="Wang"), lead("B", "won", owner="Li")],
    contracts=[
        instalment("A1", ago(0), 100),  # due today: due, not yet overdue
        instalment("A2", ago(1), 100, collected_on=ago(1), collected_amount=40),
        instalment("A3", ago(30), 10),
        instalment("A4", ago(31), 20),
        instalment("B1", ago(60), 40),
        instalment("B2", ago(61), 80),
        instalment("B3", ago(90), 160),
        instalment("B4", ago(91), 320),
        instalment("B5", ago(5), 100, collected_on=ago(9), collected_amount=100),  # paid early and in full
        instalment("B6", ago(5), 100, collected_on=ago(9), collected_amount=130),  # overpaid: owes no less than nothing
        # money that came in after D had not come in at D
        instalment("B7", ago(5), 7, collected_on=D + timedelta(days=1), collected_amount=7),
        instalment("B8", ago(5), None),  # how much was due is not written down
        instalment("B9", D + timedelta(days=1), 500, collected_on=D, collected_amount=500),  # not due yet
        instalment("C1", None, None, collected_on=D, collected_amount=5),
    ],
)


def test_overdue_receivables_by_age_and_by_who_sold() -> None:
    found = row(RECEIVABLES, "receivables_overdue")
    assert (found.values["receivables_overdue"], found.n["receivables_overdue"]) == (
        60 + 10 + 20 + 40 + 80 + 160 + 320 + 7,
        8,
    )
    assert found.left_out == {"receivables_overdue": 1}
    assert cut(RECEIVABLES, "receivables_overdue", "overdue_age") == {
        "1-30": 60 + 10 + 7,
        "31-60": 20 + 40,
        "61-90": 80 + 160,
        ">90": 320,
    }
    assert cut(RECEIVABLES, "receivables_overdue", "owner") == {"Wang": 90, "Li": 607}


def test_behind_overdue_receivables_stands_what_each_instalment_still_owes() -> None:
    filters = Filters(where=(("overdue_age", ("1-30",)),))
    rows = rows_behind(RECEIVABLES.view(), "receivables_overdue", filters, DEFAULT_SETTINGS)
    assert [found["amount"] for found in rows] == [60, 10, 7, None]


def test_collection_of_what_was_due_counts_each_instalment_due_by_the_day() -> None:
    found = row(RECEIVABLES, "collection_due_rate")
    due = 100 + 100 + 10 + 20 + 40 + 80 + 160 + 320 + 100 + 100 + 7
    assert found.values["collection_due_rate"] == pytest.approx((40 + 100 + 130) / due)
    assert (found.n["collection_due_rate"], found.left_out["collection_due_rate"]) == (11, 1)
    assert interval_of(METRICS["collection_due_rate"], found) is None  # money out of money is no sample
    assert row(RECEIVABLES, "collection_due_rate", start=ago(1), end=D + timedelta(days=9)).values == {
        "collection_due_rate": 40 / 200
    }


def test_core_customers_are_the_fewest_that_make_up_80_percent() -> None:
    # 80 of 100 is exactly 80 %: nobody else is needed
    assert row(KnownState(D, [won("a", 80, 1), won("b", 20, 1)]), "core_customers").values["core_customers"] == 1
    state = KnownState(D, [won("a", 79, 1), won("b", 11, 1), won("c", 10, 1), won("x", None, 1), lead("y")])
    found = row(state, "core_customers", "core_customer_share")
    assert found.values == {"core_customers": 2, "core_customer_share": pytest.approx(2 / 3)}
    assert (found.k["core_customer_share"], found.n["core_customer_share"]) == (2, 3)
    assert found.left_out == {"core_customers": 1, "core_customer_share": 1}
    assert interval_of(METRICS["core_customer_share"], found) is None


def test_each_cut_has_a_core_of_its_own_which_does_not_add_up() -> None:
    state = KnownState(
        D,
        [
            won("a", 1_000, 1, owner="Li"),
            won("b", 10, 1, owner="Wang"),
            won("c", 10, 40, owner="Wang", custom='{"产品线": "云"}'),
        ],
    )
    assert row(state, "core_customers").values["core_customers"] == 1
    assert cut(state, "core_customers", "owner") == {"Li": 1, "Wang": 2}
    assert cut(state, "core_customers", "month") == {"2026-11": 1, "2026-09": 1}
    assert cut(state, "core_customers", "custom:产品线") == {"云": 1, None: 1}


def test_behind_core_customers_stand_all_that_were_won_and_the_core_is_told_apart() -> None:
    state = KnownState(D, [won("a", 79, 1), won("b", 11, 1), won("c", 10, 1)])
    core = rows_behind(state.view(), "core_customers", Filters(), DEFAULT_SETTINGS)
    assert [(found["customer_id"], found["hit"]) for found in core] == [("a", True), ("b", True), ("c", False)]
    share = rows_behind(state.view(), "core_customer_share", Filters(), DEFAULT_SETTINGS)
    assert [(found["customer_id"], found["hit"]) for found in share] == [("a", True), ("b", True), ("c", False)]


def test_core_share_is_a_setting_and_no_sales_have_no_core() -> None:
    state = KnownState(D, [won(name, 10, 1) for name in "abcdefghij"])
    half = DEFAULT_SETTINGS.model_copy(
        update={"metrics": DEFAULT_SETTINGS.metrics.model_copy(update={"core_share": 0.5})}
    )
    assert row(state, "core_customers").values["core_customers"] == 8
    assert row(state, "core_customers", settings=half).values["core_customers"] == 5
    assert row(KnownState(D), "core_customers", "core_customer_share").values == {
        "core_customers": 0,
        "core_customer_share": None,
    }
