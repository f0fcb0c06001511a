"""Entry cohorts: the newest first, each counted as a filter would, and greyed until old enough."""

from __future__ import annotations

from datetime import date, timedelta

from known_state import KnownState, lead

from salesanalytics.insight.funnel_cohorts import funnel_cohorts, maturity
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)
FIRST = [date(2026, month, 3) for month in (7, 8, 9, 10, 11)]


def company() -> KnownState:
    """Forty came on the 3rd of each month, won after 30 days where 30 days have passed: ten of them, twenty in August."""
    people = [lead("undated")]
    for day in FIRST:
        for at in range(40):
            won_on = day + timedelta(days=30)
            won = at < (20 if day.month == 8 else 10) and won_on <= AS_OF
            dates = {"won_on": won_on, "entered": {"prospect": day + timedelta(days=9)}} if won else {}
            people.append(lead(f"{day.month}-{at}", "won" if won else "lead", first_contact_on=day, **dates))
    return KnownState(AS_OF, people)


def test_cohorts_are_filtered_funnels_the_newest_first() -> None:
    view = company().view()
    found = funnel_cohorts(view, DEFAULT_SETTINGS, Filters(start=date(2026, 11, 1)), "month")
    assert [one.name for one in found.cohorts] == ["2026-11", "2026-10", "2026-09", "2026-08", "2026-07"]
    assert [(one.leads, one.won) for one in found.cohorts] == [(40, 0), (40, 10), (40, 10), (40, 20), (40, 10)]
    assert found.undated == 1
    for one in found.cohorts:
        alone = stage_funnel(view, DEFAULT_SETTINGS, Filters((), one.period.start, one.period.end)).stages
        assert [(stage.stage, stage.customers, stage.k, stage.n) for stage in alone] == [
            (stage.stage, stage.customers, stage.k, stage.n) for stage in one.stages
        ]


def test_only_whole_cohorts_that_had_the_usual_time_are_mature() -> None:
    found = funnel_cohorts(company().view(), DEFAULT_SETTINGS, Filters(), "month")
    # every won customer took 30 days: entrants up to 9 October can be judged, so September is the newest whole month that can
    assert found.days == 30
    assert [(one.name, one.mature, one.partial) for one in found.cohorts[:3]] == [
        ("2026-11", False, True), ("2026-10", False, False), ("2026-09", True, False),
    ]  # fmt: skip
    pair = found.newest_mature
    assert pair is not None
    assert (pair[0].name, pair[1].name if pair[1] else None) == ("2026-09", "2026-08")
    assert found.change is not None
    assert found.change.value == 10 / 40 - 20 / 40
    quarters = funnel_cohorts(company().view(), DEFAULT_SETTINGS, Filters(), "quarter").cohorts
    assert [(one.name, one.leads, one.mature) for one in quarters] == [("2026Q4", 80, False), ("2026Q3", 120, True)]


def test_a_period_is_ripe_unless_more_than_a_fifth_of_it_is_young() -> None:
    view = company().view()
    for filters, young, ripe in (
        (Filters(), 40, True),  # 40 of 201
        (Filters(start=date(2026, 10, 1)), 40, False),
        (Filters(start=date(2026, 7, 1), end=date(2026, 9, 30)), 0, True),
        (Filters(start=date(2026, 11, 1), end=date(2026, 11, 30)), 40, False),
    ):
        found = maturity(view, DEFAULT_SETTINGS, filters, stage_funnel(view, DEFAULT_SETTINGS, filters).of(None))
        assert found is not None
        assert (found.young, found.ripe) == (young, ripe), filters


def test_where_nobody_was_won_nothing_is_known_about_ripeness() -> None:
    view = KnownState(AS_OF, [lead("1", first_contact_on=AS_OF)]).view()
    assert maturity(view, DEFAULT_SETTINGS, Filters(), stage_funnel(view, DEFAULT_SETTINGS).of(None)) is None
    found = funnel_cohorts(view, DEFAULT_SETTINGS, Filters(), "week")
    assert [(one.name, one.mature) for one in found.cohorts] == [("2026-W45", False)]
    assert found.newest_mature is None
