"""Leads, new leads and lead conversion: table in, expected out."""

from datetime import date

from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.rows import undated
from salesanalytics.metrics.wilson import bounds, unknown_share
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)  # a Sunday: ISO week 2026-W45 began on Monday the 2nd

STATE = KnownState(
    D,
    [
        lead("01", first_contact_on=date(2026, 11, 1)),  # the Sunday before: last week
        lead("02", "prospect", first_contact_on=date(2026, 11, 2)),  # Monday: this week's first day
        lead("03", "won", first_contact_on=date(2026, 11, 8)),  # D itself: included
        lead("04", "lost", reached="prospect", first_contact_on=date(2026, 11, 5)),  # lost, yet had reached Prospect
        lead("05", "lost", first_contact_on=date(2026, 11, 5)),  # lost from an unknown stage: counted at Lead
        lead("06"),  # undated: in the total, in no period
    ],
)


def row(*metrics: str, **filters: object) -> MetricRow:
    return ask(STATE.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def test_leads_without_a_period_are_all_customers_as_of_d() -> None:
    assert row("leads").values == {"leads": 6}


def test_leads_of_a_period_are_those_first_contacted_in_it_both_ends_included() -> None:
    assert row("leads", start=date(2026, 11, 2), end=date(2026, 11, 5)).values["leads"] == 3
    assert row("leads", start=date(2026, 11, 3), end=date(2026, 11, 4)).values["leads"] == 0  # none: zero, not nothing
    assert undated(STATE.view(), "leads", Filters(), DEFAULT_SETTINGS) == 1


def test_new_leads_are_this_iso_week_by_default() -> None:
    assert row("new_leads").values["new_leads"] == 4
    assert row("new_leads", start=date(2026, 11, 1), end=date(2026, 11, 1)).values["new_leads"] == 1


def test_new_leads_by_week_are_not_cut_to_the_current_week() -> None:
    answer = ask(STATE.view(), MetricQuery(("new_leads",), ("week",)), DEFAULT_SETTINGS)
    assert [(found.dims["week"], found.values["new_leads"]) for found in answer.rows] == [
        ("2026-W44", 1),
        ("2026-W45", 4),
        (None, 1),
    ]


def test_lead_conversion_keeps_lost_leads_in_the_denominator() -> None:
    found = row("lead_conversion")
    # reached Prospect or beyond: 02, 03, 04 of six
    assert (found.values["lead_conversion"], found.k["lead_conversion"], found.n["lead_conversion"]) == (0.5, 3, 6)


def test_lead_conversion_names_the_leads_lost_from_an_unknown_stage() -> None:
    found = row("lead_conversion")
    assert found.uncertain["lead_conversion"] == 1
    assert bounds(METRICS["lead_conversion"], found) == (0.5, 4 / 6)
    assert unknown_share(METRICS["lead_conversion"], found) == 1 / 6


def test_lead_conversion_without_leads_has_no_value() -> None:
    found = row("lead_conversion", start=date(2020, 1, 1), end=date(2020, 1, 31))
    assert (found.values["lead_conversion"], found.n["lead_conversion"]) == (None, 0)
