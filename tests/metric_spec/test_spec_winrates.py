"""Three win rates: table in, expected out."""

from datetime import date, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.wilson import bounds, interval, interval_of
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


STATE = KnownState(
    D,
    [
        # won on the 30th day: within 30 days; a day later is not
        lead(
            "01",
            "won",
            owner="Li",
            won_owner="Wang",
            first_contact_on=ago(60),
            won_on=ago(30),
            entered={"opportunity": ago(50)},
        ),
        lead("02", "won", owner="Li", first_contact_on=ago(60), won_on=ago(29), entered={"opportunity": ago(40)}),
        # exactly 30 days old: old enough
        lead("03", "opportunity", owner="Li", first_contact_on=ago(30), entered={"opportunity": ago(20)}),
        # 29 days old: too young, though won already
        lead("04", "won", owner="Wang", first_contact_on=ago(29), won_on=ago(20), entered={"opportunity": ago(25)}),
        lead(
            "05",
            "lost",
            owner="Li",
            reached="quote",
            first_contact_on=ago(90),
            lost_on=ago(10),
            entered={"opportunity": ago(80)},
        ),
        lead("06", "lost", owner="Wang", first_contact_on=ago(90), lost_on=ago(70)),  # from an unknown stage
        lead("07", "prospect"),  # undated
    ],
)


def row(*metrics: str, **filters: object) -> MetricRow:
    return ask(STATE.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def test_opportunity_win_rate_keeps_open_and_lost_opportunities_in_the_denominator() -> None:
    found = row("opportunity_win_rate")
    # 01, 02, 04 of 01-05; 06 may have been an opportunity once: named, not dropped in silence
    assert (found.k["opportunity_win_rate"], found.n["opportunity_win_rate"]) == (3, 5)
    assert found.values["opportunity_win_rate"] == 0.6
    assert bounds(METRICS["opportunity_win_rate"], found) == (0.5, 0.6)


def test_opportunity_win_rate_of_a_period_is_the_cohort_that_entered_opportunity_in_it() -> None:
    found = row("opportunity_win_rate", start=ago(40), end=ago(20))
    assert (found.k["opportunity_win_rate"], found.n["opportunity_win_rate"]) == (2, 3)


def test_closed_win_rate_counts_deals_closed_in_the_period() -> None:
    assert row("closed_win_rate").values["closed_win_rate"] == 0.6
    found = row("closed_win_rate", start=ago(30), end=ago(10))
    assert (found.k["closed_win_rate"], found.n["closed_win_rate"]) == (3, 4)


def test_closed_win_rate_by_owner_credits_the_winner() -> None:
    answer = ask(STATE.view(), MetricQuery(("closed_win_rate",), ("owner",)), DEFAULT_SETTINGS)
    counted = {found.dims["owner"]: (found.k["closed_win_rate"], found.n["closed_win_rate"]) for found in answer.rows}
    assert counted == {"Wang": (2, 3), "Li": (1, 2)}


def test_30_day_win_rate_leaves_out_the_too_young_and_says_how_many() -> None:
    found = row("win_rate_30d")
    assert (found.k["win_rate_30d"], found.n["win_rate_30d"]) == (1, 5)
    assert found.left_out["win_rate_30d"] == 2  # 04 is 29 days old, 07 has no date


def test_wilson_interval_of_textbook_cases() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
    for k, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert interval(k, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert interval(0, 0) is None


def test_interval_belongs_to_shares_only() -> None:
    found = row("closed_win_rate", "won_customers")
    assert interval_of(METRICS["closed_win_rate"], found) == interval(3, 5)
    assert interval_of(METRICS["won_customers"], found) is None
