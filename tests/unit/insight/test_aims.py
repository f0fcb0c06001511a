"""Aims of a trend: by hand, and with the days of October 2026 and its holidays."""

from __future__ import annotations

from datetime import date

import pytest

from salesanalytics.analysis import Threshold
from salesanalytics.insight.aims import aims_of
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import DEFAULT_SETTINGS, Settings

WEEK = Period(date(2026, 10, 12), date(2026, 10, 18))
MONTH = Period(date(2026, 10, 1), date(2026, 10, 31))
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))


def with_target(name: str, target: float, **formulas: str) -> Settings:
    analysis = DEFAULT_SETTINGS.analysis.model_copy(
        update={"thresholds": {name: Threshold(target=target)}, "formulas": formulas}
    )
    return DEFAULT_SETTINGS.model_copy(update={"analysis": analysis})


def test_what_adds_up_is_spread_by_days():
    """35 leads a week are 5 a day: 155 in October, 460 in the quarter's 92 days."""
    settings = with_target("new_leads", 35)
    found = aims_of(METRICS["new_leads"], [WEEK, MONTH, QUARTER, Period(WEEK.start, WEEK.start)], settings)
    assert found is not None
    assert found.values == pytest.approx((35, 155, 460, 5))
    assert (found.kind, found.spread_from) == ("set", "week")


def test_working_days_where_targets_are_reckoned_in_them():
    """1 to 7 October 2026 are holidays and Saturday the 10th is worked: in the week of the 5th the 8th, 9th and 10th share the whole target, Sunday the 18th has none."""
    settings = with_target("new_leads", 30, target_days="working")
    metric = metrics_of(settings)["new_leads"]
    days = [Period(day, day) for day in (date(2026, 10, 6), date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 18))]
    found = aims_of(metric, [*days, WEEK], settings)
    assert found is not None
    assert found.values == pytest.approx((0, 10, 10, 0, 30))


def test_a_share_means_the_same_in_a_week_as_in_a_quarter():
    settings = with_target("closed_win_rate", 0.4)
    found = aims_of(METRICS["closed_win_rate"], [WEEK, QUARTER], settings)
    assert found is not None
    assert found.values == (0.4, 0.4)
    assert found.spread_from is None


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("followups_per_week", 3.0, "aim"),
        ("first_response", 1.0, "limit"),
        ("proposals_on_time", 0.95, "aim"),
        ("collection_rate", 0.90, "aim"),
        ("target_attainment", 1.0, "aim"),
    ],
)
def test_delivered_aims(name, value, kind):
    """PRODUCT §4: three follow-ups a week, 24 hours, 95 %, 90 %, 100 %; a target somebody set takes their place."""
    found = aims_of(METRICS[name], [WEEK], DEFAULT_SETTINGS)
    assert found is not None
    assert (found.values, found.kind) == ((value,), kind)
    own = aims_of(METRICS[name], [WEEK], with_target(name, 0.5))
    assert own is not None
    assert (own.values, own.kind) == ((0.5,), "set")
    assert aims_of(METRICS["new_leads"], [WEEK], DEFAULT_SETTINGS) is None
