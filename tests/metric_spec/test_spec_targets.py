"""Targets, attainment and pace: table in, expected out."""

from datetime import date

import pytest
from known_state import KnownState, lead, target

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS

Q4 = (date(2026, 10, 1), date(2026, 12, 31))


def ask_total(state: KnownState, *metrics: str, **filters: object) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def test_worked_example_80_percent_attained_10_points_behind_pace() -> None:
    # a period of 10 days, 9 of them gone: 120万 of 150万
    start, end, day_nine = date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 9)
    state = KnownState(
        day_nine,
        [
            lead("1", "won", won_on=start, actual_amount=700_000),
            lead("2", "won", won_on=day_nine, actual_amount=500_000),
        ],
        targets=[target("2026-10a", start, end, 1_500_000)],
    )
    found = ask_total(state, "target_attainment", "pace", start=start, end=end)
    assert found.values["target_attainment"] == 0.8
    assert found.values["pace"] == pytest.approx(-0.1, abs=1e-12)
    assert (found.k["target_attainment"], found.n["target_attainment"]) == (1_200_000, 2)


def test_a_target_is_prorated_by_days() -> None:
    state = KnownState(date(2026, 11, 8), targets=[target("2026Q4", *Q4, 92_000)])
    assert ask_total(state, "target_amount", start=Q4[0], end=Q4[1]).values["target_amount"] == pytest.approx(92_000)
    week = ask_total(state, "target_amount", start=date(2026, 11, 2), end=date(2026, 11, 8))
    assert week.values["target_amount"] == pytest.approx(7_000)
    # half of the asked days lie before the target begins
    assert ask_total(state, "target_amount", start=date(2026, 9, 29), end=date(2026, 10, 2)).values[
        "target_amount"
    ] == pytest.approx(2_000)


def test_without_a_period_it_is_the_current_quarter() -> None:
    state = KnownState(
        date(2026, 11, 8),
        targets=[target("2026Q4", *Q4, 92_000), target("2027Q1", date(2027, 1, 1), date(2027, 3, 31), 5)],
    )
    found = ask_total(state, "target_amount", "target_attainment", "pace")
    assert found.values["target_amount"] == pytest.approx(92_000)
    assert found.values["target_attainment"] == 0  # a target and no sale: nothing attained
    assert found.values["pace"] == pytest.approx(-39 / 92)


def test_no_target_is_no_value_and_no_zero() -> None:
    found = ask_total(KnownState(date(2026, 11, 8)), "target_amount", "target_attainment", "pace")
    assert found.values == {"target_amount": None, "target_attainment": None, "pace": None}


CASCADE = KnownState(
    date(2026, 11, 8),
    [lead("1", owner="Wang", team="East"), lead("2", owner="Li", team="East"), lead("3", owner="Zhao", team="West")],
    targets=[
        target("2026Q4", *Q4, 1000),
        target("2026Q4", *Q4, 600, team="East"),
        target("2026Q4", *Q4, 300, owner="Wang", team="East"),
        target("2026Q4", *Q4, 200, owner="Li"),  # no team given: Li's customers are all of East
        target("2026Q4", *Q4, 350, owner="Zhao", team="West"),
        target("2026Q4", *Q4, 700, region="North"),
    ],
)


def cut(name: str) -> dict[str | None, float | None]:
    answer = ask(CASCADE.view(), MetricQuery(("target_amount",), (name,)), DEFAULT_SETTINGS)
    return {row.dims[name]: round(row.values["target_amount"] or 0, 6) for row in answer.rows}


def test_a_cascade_is_read_at_the_level_asked_and_never_added_up_twice() -> None:
    assert ask_total(CASCADE, "target_amount").values["target_amount"] == pytest.approx(1000)
    assert cut("team") == {"East": 600, "West": 350}  # West has no target of its own: its people's stand in
    assert cut("owner") == {"Wang": 300, "Li": 200, "Zhao": 350}
    assert cut("region") == {"North": 700}
    east = ask_total(CASCADE, "target_amount", where=(("team", ("East",)),))
    assert east.values["target_amount"] == pytest.approx(600)


def test_the_months_own_target_comes_before_a_share_of_the_years() -> None:
    november = (date(2026, 11, 1), date(2026, 11, 30))
    state = KnownState(
        date(2026, 11, 8),
        targets=[
            target("2026", date(2026, 1, 1), date(2026, 12, 31), 3650),
            target("2026-11", *november, 600),
            target("2026Q4", *Q4, 777),
        ],
    )
    assert ask_total(state, "target_amount", start=november[0], end=november[1]).values[
        "target_amount"
    ] == pytest.approx(600)
    # a target of exactly the asked period comes first
    assert ask_total(state, "target_amount", start=Q4[0], end=Q4[1]).values["target_amount"] == pytest.approx(777)
    by_month = ask(
        state.view(), MetricQuery(("target_amount",), ("month",), Filters(start=Q4[0], end=Q4[1])), DEFAULT_SETTINGS
    )
    assert by_month.rows[1].values["target_amount"] == pytest.approx(600)


def test_pace_by_month_measures_each_month_on_its_own() -> None:
    state = KnownState(
        date(2026, 11, 15),
        [
            lead("1", "won", won_on=date(2026, 10, 5), actual_amount=310),
            lead("2", "won", won_on=date(2026, 11, 5), actual_amount=300),
        ],
        targets=[
            target("2026-10", date(2026, 10, 1), date(2026, 10, 31), 310),
            target("2026-11", date(2026, 11, 1), date(2026, 11, 30), 300),
        ],
    )
    answer = ask(state.view(), MetricQuery(("pace",), ("month",)), DEFAULT_SETTINGS)
    assert {row.dims["month"]: row.values["pace"] for row in answer.rows} == {
        "2026-10": pytest.approx(0),
        "2026-11": pytest.approx(0.5),
    }


def test_a_cut_that_targets_have_not_got_gives_no_value_beside_sales() -> None:
    answer = ask(CASCADE.view(), MetricQuery(("leads", "target_amount"), ("industry",)), DEFAULT_SETTINGS)
    assert [row.values for row in answer.rows] == [{"leads": 3, "target_amount": None}]


def test_behind_a_target_stand_the_lines_of_the_targets_table() -> None:
    rows = rows_behind(CASCADE.view(), "target_amount", Filters(where=(("owner", ("Wang", "Li")),)), DEFAULT_SETTINGS)
    assert [(row["owner"], round(row["amount"], 6), row["file"]) for row in rows] == [
        ("Wang", 300, "targets.xlsx"),
        ("Li", 200, "targets.xlsx"),
    ]


def test_the_days_of_a_whole_target_add_up_to_it_to_the_cent() -> None:
    for amount in (76_900_000, 1_234_567.89, 1_000, 99_999_999.99, 999_999_999_999.99):
        state = KnownState(date(2026, 11, 8), targets=[target("2026Q4", *Q4, amount)])
        assert round(ask_total(state, "target_amount").values["target_amount"] or 0, 2) == amount
