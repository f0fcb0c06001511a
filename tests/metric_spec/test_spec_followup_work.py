"""Follow-up work, its recording, and proposals: table in, expected out."""

from datetime import date, datetime, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricResult, MetricRow, ask
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)  # a Sunday
MONDAY = date(2026, 11, 2)
_NUMBER = iter(range(2, 10_000))


def call(customer: str, day: date, by: str | None = "Li", hour: int = 0, **columns: object) -> dict[str, object]:
    number = next(_NUMBER)
    own = {"followup_id": f"F{number}", "file": "log.xlsx", "sheet": "log", "row": number}
    when = datetime(day.year, day.month, day.day, hour)
    return {**own, "customer_id": customer, "followed_up_by": by, "followed_up_at": when, **columns}


STATE = KnownState(
    D,
    [
        # open for the whole of W45: one customer-week
        lead("1", owner="Li", team="North", region="N", first_contact_on=MONDAY, custom='{"产品线": "A"}'),
        # met on Monday two weeks before and won on its Sunday: two weeks, both ends counted
        lead("2", "won", owner="Li", team="North", first_contact_on=date(2026, 10, 19), won_on=date(2026, 11, 1)),
        lead("3", owner="Wang", team="South"),  # undated: open for nobody knows how long
    ],
    followups=[
        call("1", MONDAY, effective=True, method="电话"),
        call("1", D, by="Wang", effective=False, method="visit"),  # Wang helps out
        call("1", D, method="Phone call"),  # not marked
        call("2", date(2026, 10, 20), effective=True, method="飞鸽"),
        call("2", date(2026, 11, 5), effective=True),  # after winning
        call("3", D, by=None),  # nobody signed
        call("99", D, by="Zhao", effective=False),  # of nobody we know
    ],
)


def asked(*metrics: str, by: tuple[str, ...] = (), state: KnownState = STATE, **filters: object) -> MetricResult:
    return ask(state.view(), MetricQuery(metrics, by, Filters(**filters)), DEFAULT_SETTINGS)


def row(*metrics: str, state: KnownState = STATE, **filters: object) -> MetricRow:
    return asked(*metrics, state=state, **filters).total


def by(metric: str, cut: str, **filters: object) -> dict[str | None, float | None]:
    return {found.dims[cut]: found.values[metric] for found in asked(metric, by=(cut,), **filters).rows}


def test_follow_ups_are_rows_of_the_log_by_their_own_date() -> None:
    assert row("followups").values["followups"] == 7
    assert row("followups", start=MONDAY, end=D).values["followups"] == 6
    assert by("followups", "week") == {"2026-W43": 1, "2026-W45": 6}


def test_follow_ups_belong_to_whoever_made_them() -> None:
    assert by("followups", "owner") == {"Li": 4, "Wang": 1, "Zhao": 1, None: 1}
    # and to that person's team; an orphan's of an unknown person to none
    assert by("followups", "team") == {"North": 4, "South": 2, None: 1}
    assert row("followups", where=(("owner", ("",)),)).values["followups"] == 1


def test_follow_ups_by_method_and_by_the_customers_own_columns() -> None:
    assert by("followups", "method") == {"phone": 2, "visit": 1, "飞鸽": 1, None: 3}
    assert by("followups", "region") == {"N": 3, None: 4}
    assert by("followups", "custom:产品线") == {"A": 3, None: 4}


def test_effective_share_leaves_out_what_is_not_marked() -> None:
    found = row("effective_share")
    assert (found.k["effective_share"], found.n["effective_share"], found.left_out["effective_share"]) == (3, 5, 2)


def test_effective_share_of_a_team_is_no_mean_of_its_reps_shares() -> None:
    log = [call("1", D, by="Li", effective=True), *(call("1", D, by="Wang", effective=i == 0) for i in range(9))]
    state = KnownState(D, [lead("1")], followups=log)
    assert row("effective_share", state=state).values["effective_share"] == 0.2


def test_follow_ups_a_week_are_those_on_open_customers_per_week_they_were_open() -> None:
    found = row("followups_per_week")
    # three on 1 in its week, one on 2 in its two weeks; those after winning and on the undated customer are left out
    assert found.values["followups_per_week"] == pytest.approx(4 / 3)
    assert (found.n["followups_per_week"], found.left_out["followups_per_week"]) == (2, 2)


def test_follow_ups_a_week_of_a_period_clip_the_weeks_to_it() -> None:
    found = row("followups_per_week", start=date(2026, 10, 26), end=date(2026, 11, 5))
    # 2 was open for its second week, 1 for four days; in them one follow-up, that on Monday
    assert found.values["followups_per_week"] == pytest.approx(1 / (1 + 4 / 7))
    assert row("followups_per_week", start=date(2025, 1, 1), end=date(2025, 1, 31)).values == {
        "followups_per_week": None
    }


def test_follow_ups_a_week_by_week_and_month() -> None:
    assert by("followups_per_week", "week") == {"2026-W43": 1, "2026-W44": 0, "2026-W45": 3}
    # October: 13 of the 14 days of 2; November: one day of 2 and seven of 1
    assert by("followups_per_week", "month") == {
        "2026-10": pytest.approx(1 / (13 / 7)),
        "2026-11": pytest.approx(3 / (8 / 7)),
    }
    # W44 lies across both months: its last day is November's
    both = asked("followups_per_week", by=("week",), where=(("month", ("2026-11",)),)).rows
    assert {found.dims["week"]: found.values["followups_per_week"] for found in both} == {"2026-W44": 0, "2026-W45": 3}


def test_follow_ups_a_week_belong_to_the_customers_owner_above_and_below_the_line() -> None:
    assert by("followups_per_week", "owner") == {"Li": pytest.approx(4 / 3), "Wang": None}


def test_follow_ups_a_week_are_no_mean_of_the_customers_rates() -> None:
    rows = [lead("long", first_contact_on=D - timedelta(days=69)), lead("new", first_contact_on=D - timedelta(days=6))]
    log = [call("new", D), call("new", D), call("new", D)]
    # 3 in 11 customer-weeks; the mean of 0 and 3 a week would be 1.5
    assert row("followups_per_week", state=KnownState(D, rows, followups=log)).values[
        "followups_per_week"
    ] == pytest.approx(3 / 11)


def test_follow_ups_a_week_without_any_log_are_not_none_but_unknown() -> None:
    found = row("followups_per_week", state=KnownState(D, [lead("1", first_contact_on=MONDAY)]))
    assert (found.values["followups_per_week"], found.n["followups_per_week"]) == (None, 0)


RECORDED = KnownState(
    D,
    [],
    followups=[
        call("1", MONDAY, hour=9, recorded_at=datetime(2026, 11, 2, 15)),  # six hours
        call("1", MONDAY, hour=9, recorded_at=datetime(2026, 11, 3, 9)),  # a day: not more than a day
        call("1", MONDAY, hour=9, recorded_at=datetime(2026, 11, 3, 9, 1)),
        call("1", MONDAY, recorded_at=datetime(2026, 11, 3, 18)),  # no clock: the next day is one day
        call("1", MONDAY, hour=9, recorded_at=datetime(2026, 11, 1, 9)),  # ahead of time is not late
        call("1", MONDAY),  # nobody knows when
    ],
)


def test_recording_delay_is_the_median_of_those_with_a_time_of_recording() -> None:
    found = row("recording_delay", state=RECORDED)
    # 0, a quarter, 1, 1, and a day and a minute
    assert (found.values["recording_delay"], found.n["recording_delay"]) == (1, 5)
    assert found.left_out["recording_delay"] == 1


def test_late_recorded_share_counts_more_than_the_set_days() -> None:
    found = row("late_recorded_share", state=RECORDED)
    assert (found.k["late_recorded_share"], found.n["late_recorded_share"]) == (1, 5)


def test_proposals_on_time_are_of_those_due_by_d() -> None:
    rows = [
        lead("on the day", proposal_due_on=D, proposal_submitted_on=D),
        lead("early", proposal_due_on=D, proposal_submitted_on=MONDAY),
        lead("late", proposal_due_on=MONDAY, proposal_submitted_on=D),
        lead("missing", "lost", proposal_due_on=MONDAY),  # lost or not: it was promised
        lead("not due", proposal_due_on=D + timedelta(days=1), proposal_submitted_on=D),
        lead("none promised", proposal_submitted_on=D),
    ]
    found = row("proposals_on_time", state=KnownState(D, rows))
    assert (found.k["proposals_on_time"], found.n["proposals_on_time"]) == (2, 4)
    assert found.left_out["proposals_on_time"] == 1
    of_week = row("proposals_on_time", state=KnownState(D, rows), start=MONDAY, end=MONDAY)
    assert (of_week.k["proposals_on_time"], of_week.n["proposals_on_time"]) == (0, 2)


@pytest.mark.parametrize("metric", ["followups", "effective_share", "recording_delay", "late_recorded_share"])
def test_the_rows_behind_are_the_logs_own(metric: str) -> None:
    rows = rows_behind(STATE.view(), metric, Filters(where=(("owner", ("Wang",)),)), DEFAULT_SETTINGS)
    assert [(found["customer_id"], found["owner"], found["on"], found["file"]) for found in rows] == [
        ("1", "Wang", D, "log.xlsx")
    ]


def test_the_rows_behind_follow_ups_a_week_are_customers_and_follow_ups() -> None:
    rows = rows_behind(STATE.view(), "followups_per_week", Filters(), DEFAULT_SETTINGS)
    counted = [(found["customer_id"], found["file"]) for found in rows if found["counted"]]
    assert counted.count(("1", "leads.xlsx")) == 1
    assert counted.count(("1", "log.xlsx")) == 3
    assert sum(not found["counted"] for found in rows) == 2
