"""First response: table in, expected out."""

from datetime import date, datetime, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS, MetricOptions

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


def at(days: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(D.year, D.month, D.day, hour, minute) - timedelta(days=days)


def call(customer: str, when: datetime, **columns: object) -> dict[str, object]:
    where = {"file": "log.xlsx", "sheet": "log", "row": 2}
    return {"followup_id": f"{customer}-{when}", "customer_id": customer, "followed_up_at": when, **where, **columns}


STATE = KnownState(
    D,
    [
        # both ends by the clock: 24 h to the minute are in time
        lead("1", first_contact_on=ago(20), assigned_at=at(10, 9), owner="Li"),
        # a minute more is late, though it is the next day
        lead("2", first_contact_on=ago(20), assigned_at=at(10, 9), owner="Li"),
        # no time of assignment: from first contact, in days; the next day is in time
        lead("3", first_contact_on=ago(10), owner="Wang"),
        lead("4", first_contact_on=ago(10), owner="Wang"),  # the day after that is not
        # the table knows of an earlier one than the log
        lead("5", first_contact_on=ago(10), first_followup_on=ago(10), owner="Wang"),
        lead("6", first_contact_on=ago(9), owner="Wang"),  # nobody yet: late
        lead("7", first_contact_on=D, owner="Wang"),  # nobody yet, but they have until tomorrow
        lead("8", owner="Wang"),  # undated: nobody knows
        # answered before it was handed over: no wait at all
        lead("9", first_contact_on=ago(20), assigned_at=at(5, 9), owner="Wang"),
    ],
    followups=[
        call("1", at(9, 9)),
        call("1", at(1, 9)),  # later ones change nothing
        call("2", at(9, 9, 1)),
        call("3", at(9, 17)),
        call("4", at(8)),
        call("5", at(3)),
        call("9", at(6, 9)),
        call("99", at(6, 9)),  # of nobody we know
    ],
)


def row(*metrics: str, state: KnownState = STATE, **filters: object) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def test_first_response_is_the_median_wait_and_counts_who_still_waits() -> None:
    found = row("first_response")
    # 1 day, 1 day and a minute, 1, 2, 0, 0 days; 6, 7 and 8 are left out
    assert found.values["first_response"] == 1
    assert (found.n["first_response"], found.left_out["first_response"]) == (6, 3)


def test_first_response_by_the_clock_is_a_fraction_of_days() -> None:
    found = row("first_response", where=(("owner", ("Li",)),))
    assert found.values["first_response"] == pytest.approx(1 + 0.5 / (24 * 60))


def test_first_response_of_a_period_is_of_the_customers_first_contacted_in_it() -> None:
    found = row("first_response", start=ago(10), end=ago(9))
    assert (found.values["first_response"], found.n["first_response"], found.left_out) == (1, 3, {"first_response": 1})


def test_first_response_on_time_is_24_hours_by_the_clock_or_the_next_day() -> None:
    found = row("first_response_on_time")
    # in time: 1, 3, 5, 9 of 1-6 and 9; whose limit has not passed (7) or who is undated (8) is not judged
    assert (found.k["first_response_on_time"], found.n["first_response_on_time"]) == (4, 7)
    assert found.left_out["first_response_on_time"] == 2


def test_first_response_on_time_follows_the_limit_that_is_set() -> None:
    two_days = DEFAULT_SETTINGS.model_copy(update={"metrics": MetricOptions(first_response_hours=48)})
    found = ask(STATE.view(), MetricQuery(("first_response_on_time",)), two_days).total
    assert (found.k["first_response_on_time"], found.n["first_response_on_time"]) == (6, 7)


def test_an_unanswered_customer_is_late_once_the_hours_are_over_by_the_end_of_d() -> None:
    rows = [lead("9am", assigned_at=at(1, 9)), lead("today", assigned_at=at(0, 9)), lead("other", assigned_at=at(5, 9))]
    found = row("first_response_on_time", state=KnownState(D, rows, followups=[call("other", at(5, 10))]))
    assert (found.k["first_response_on_time"], found.n["first_response_on_time"]) == (1, 2)


def test_where_no_follow_up_is_ever_recorded_nobody_is_late() -> None:
    found = row("first_response", "first_response_on_time", state=KnownState(D, [lead("1", first_contact_on=ago(40))]))
    assert found.values == {"first_response": None, "first_response_on_time": None}


def test_many_follow_ups_multiply_no_customer() -> None:
    rows = [lead("busy", first_contact_on=ago(9)), lead("calm", first_contact_on=ago(9))]
    log = [call("busy", at(9 - i)) for i in range(6)] + [call("calm", at(4))]
    # joined to the log, busy would count six times: the naive median is 0, the naive share 1 of 7 late
    found = row("first_response", "first_response_on_time", state=KnownState(D, rows, followups=log))
    assert found.values == {"first_response": 2.5, "first_response_on_time": 0.5}


def test_the_rows_behind_say_who_was_answered_in_time() -> None:
    rows = rows_behind(STATE.view(), "first_response_on_time", Filters(), DEFAULT_SETTINGS)
    assert {found["customer_id"] for found in rows if found["hit"]} == {"1", "3", "5", "9"}
    assert {found["customer_id"] for found in rows if not found["counted"]} == {"7", "8"}
    assert all(found["file"] == "leads.xlsx" and found["row"] for found in rows)
