"""Headline figures: like for like, true windows, no value rather than zero."""

from __future__ import annotations

from datetime import date

import pytest

from salesanalytics.access.view import View
from salesanalytics.insight.headline import headlines
from salesanalytics.insight.pace import judge, paces
from salesanalytics.insight.ranking import ranking
from salesanalytics.insight.weekly_sales import streak, weekly_sales
from salesanalytics.metrics.periods import Period, bucket
from salesanalytics.settings import DEFAULT_SETTINGS

LEADS = """客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,预计成交金额(元),最后跟进时间,成交日期,实际成交金额(元),流失日期,团队
N1,n1,x,s,2026-11-02,线索,王芳,1000,2026-11-04,,,,甲
N2,n2,x,s,2026-11-04,线索,王芳,1000,2026-11-04,,,,甲
N3,n3,x,s,2026-10-26,线索,王芳,1000,2026-11-04,,,,甲
N4,n4,x,s,2026-10-31,线索,王芳,1000,2026-11-04,,,,甲
W1,w1,x,s,2026-09-01,成交,王芳,1000,2026-11-03,2026-11-03,3000,,甲
W2,w2,x,s,2026-09-01,成交,李娜,1000,2026-10-28,2026-10-28,2000,,乙
W3,w3,x,s,2026-09-01,成交,李娜,1000,2026-10-30,2026-10-30,9000,,乙
X1,x1,x,s,2026-09-01,流失,李娜,1000,2026-11-03,,,2026-11-01,乙
"""
TARGETS = """周期,团队,负责人,区域,目标销售额(元)
2026Q4,,,,92000
2026Q4,甲,,,46000
2026Q4,乙,,,46000
2026Q4,甲,王芳,,46000
2026Q4,乙,李娜,,46000
"""


@pytest.fixture
def view(loaded) -> View:
    # a Wednesday: three days of the week have gone by
    workspace = loaded({"2026-11-04": {"leads.csv": LEADS, "targets.csv": TARGETS}})
    return View(workspace.state(None))


def _by_name(view):
    return {head.metric: head for head in headlines(view, DEFAULT_SETTINGS, (), lambda on: view, ())}


def test_a_begun_week_is_compared_with_as_many_days(view) -> None:
    heads = _by_name(view)
    leads = heads["new_leads"]
    # Monday to Wednesday against Monday to Wednesday: N4 of Saturday is not in it
    assert (leads.value, leads.previous, leads.today) == (2, 1, 1)
    assert (leads.compared_start, leads.compared_end) == (date(2026, 10, 26), date(2026, 10, 28))
    assert leads.partial
    sales = heads["sales_amount"]
    assert (sales.value, sales.previous) == (3000, 2000)
    assert sales.difference == pytest.approx(0.5)
    assert [value for _, value in sales.series][-2:] == [11000, 3000]


def test_attainment_and_pace(view) -> None:
    head = _by_name(view)["target_attainment"]
    assert head.value == pytest.approx(14000 / 92000)
    assert head.due == pytest.approx(35 / 92)
    assert head.difference == pytest.approx(14000 / 92000 - 35 / 92)
    quarter = bucket(view.as_of, "quarter")
    teams = paces(view, DEFAULT_SETTINGS, (), quarter, "team")
    assert [(pace.name, pace.won) for pace in teams] == [("乙", 11000), ("甲", 3000)]
    assert sum(pace.won for pace in teams) == paces(view, DEFAULT_SETTINGS, (), quarter)[0].won


def test_no_contracts_is_no_value_not_zero(view) -> None:
    assert _by_name(view)["collection_rate"].value is None
    assert _by_name(view)["collection_rate"].difference is None


@pytest.mark.parametrize(
    ("won", "standing"), [(99, "on-track"), (98.9, "behind"), (81, "behind"), (80.9, "at-risk"), (150, "on-track")]
)
def test_standing_against_the_prorated_target(won: float, standing: str) -> None:
    assert judge(won, 200, 0.5, DEFAULT_SETTINGS) == standing


def test_ranking_adds_up_and_prorates(view) -> None:
    ranked = ranking(view, DEFAULT_SETTINGS, (), Period(date(2026, 10, 1), date(2026, 12, 31)))
    assert [(one.name, one.won, one.customers) for one in ranked] == [("李娜", 11000, 2), ("王芳", 3000, 1)]
    assert ranked[0].target == pytest.approx(46000 * 35 / 92)


def test_weekly_sales_mark_the_part_week(view) -> None:
    sales = weekly_sales(view, DEFAULT_SETTINGS, ())
    assert sales.days == 3
    assert sales.whole == 11
    assert sales.won[-2:] == (11000, 3000)
    assert sales.target[-1] == pytest.approx(7000)
    assert set(sales.past) == {None}


def test_streaks() -> None:
    assert streak((5, 5, 5), (4, 6, 4)) == 1
    assert streak((5, 3, 3), (4, 6, 4)) == -2
    assert streak((5, 5), (None, None)) == 0
