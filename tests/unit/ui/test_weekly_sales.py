from dataclasses import replace
from datetime import date, timedelta

import pytest

from salesanalytics.insight.weekly_sales import WeeklySales, streak
from salesanalytics.ui.overview.weekly_sales import headline

MONDAY = date(2026, 11, 2)


def sales(won, target, days=7):
    n = len(won)
    mondays = tuple(MONDAY - timedelta(weeks=n - 1 - place) for place in range(n))
    return WeeklySales(mondays, tuple(map(float, won)), tuple(target), (None,) * n, days)


@pytest.mark.parametrize(
    ("won", "target", "expected"),
    [
        ([1, 1, 5], [2, 2, 2], 1),
        ([1, 5, 1, 1], [2, 2, 2, 2], -2),
        ([5, 5, 5], [2, 2, 2], 3),
        ([5, 5, 5], [None, 2, 2], 2),
        ([2], [2], 1),
        ([5], [None], 0),
    ],
)
def test_streak(won, target, expected):
    assert streak(won, target) == expected


@pytest.mark.parametrize(
    ("won", "target", "sentence"),
    [
        ([1, 1, 214], [200, 200, 200], "连续 2 周低于目标后，本周销售额回到目标线之上（+7.0%）"),
        ([300, 300, 100], [200, 200, 200], "连续 2 周高于目标后，本周销售额跌到目标线之下（−50.0%）"),
        ([100, 100, 100], [200, 200, 200], "销售额已连续 3 周低于目标，本周 −50.0%"),
        ([300, 100, 250], [200, 200, 200], "本周销售额高于目标（+25.0%）"),
        ([0, 0, 0], [200, 200, 200], "近 3 周没有成交"),
        ([100, 20000], [None, None], "本周销售额 ¥2.0万，未设目标"),
    ],
)
def test_headline_states_the_finding(won, target, sentence):
    assert headline(sales(won, target), "zh") == sentence


def test_a_week_begun_is_not_judged():
    """Three days of this week are no week under target: the newest whole week speaks, by its name."""
    assert (
        headline(sales([300, 250, 10], [200, 200, 200], days=3), "en")
        == "Sales have been over target for 2 weeks (W44 +25.0%)"
    )


def test_deals_without_amounts_are_not_called_nothing():
    none = sales([0, 0], [None, None])
    assert headline(replace(none, unvalued=910), "zh") == "近 2 周成交 910 单，都没有填金额"
    assert headline(replace(none, unvalued=1), "en") == "One deal was won in the last 2 weeks, without an amount"
