"""Findings speak only where chance does not explain the difference."""

from __future__ import annotations

from datetime import date

import pytest

from salesanalytics.access.view import View
from salesanalytics.insight.advances import advance_rows, advance_windows
from salesanalytics.insight.findings import Finding, channels, silent_reps, two_share_z, worst_step
from salesanalytics.settings import DEFAULT_SETTINGS

HEAD = "客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,成交日期,实际成交金额(元)\n"


def test_z_of_known_shares() -> None:
    # 30 of 100 against 45 of 100: pooled 0.375, by hand
    assert two_share_z(30, 100, 45, 100) == pytest.approx(-0.15 / (0.375 * 0.625 * 0.02) ** 0.5)
    assert two_share_z(0, 0, 1, 2) == 0
    assert two_share_z(5, 5, 5, 5) == 0


def _channel(source: str, n: int, won: int) -> str:
    rows = []
    for number in range(n):
        outcome = "成交,王芳,2026-09-20,100" if number < won else "线索,王芳,,"
        rows.append(f"{source}{number},c,x,{source},2026-09-01,{outcome}")
    return "\n".join(rows) + "\n"


def test_a_channel_is_named_only_if_its_interval_excludes_the_overall(loaded) -> None:
    leads = HEAD + _channel("好", 100, 40) + _channel("平", 300, 30) + _channel("小", 10, 5)
    view = View(loaded({"2026-11-08": {"leads.csv": leads}}).state(None))
    found = {(one.params["source"], one.kind) for one in channels(view, DEFAULT_SETTINGS, ())}
    # 小 has 50 % of only ten: too few to speak of
    assert found == {("好", "channel-up"), ("平", "channel-down")}
    (good,) = [one for one in channels(view, DEFAULT_SETTINGS, ()) if one.kind == "channel-up"]
    assert good.n == 100
    assert "40.0%" in good.detail("zh")
    assert "40.0%" in good.detail("en")
    assert good.target == ("channels", {"a": "好"})


def test_no_finding_from_nothing(loaded) -> None:
    view = View(loaded({"2026-11-08": {"leads.csv": HEAD + "A,a,x,s,2026-11-01,线索,王芳,,\n"}}).state(None))
    assert channels(view, DEFAULT_SETTINGS, ()) == []
    assert worst_step(view, DEFAULT_SETTINGS, ()) == []
    assert silent_reps(view, DEFAULT_SETTINGS, ()) == []


def test_a_rep_whose_log_stopped(loaded) -> None:
    leads = HEAD + "".join(
        f"{owner}{n},c,x,s,2026-09-01,意向,{owner},,\n" for owner in ("王芳", "李娜") for n in range(3)
    )
    log = "跟进记录ID,客户编号,跟进时间,跟进方式,跟进人\nF1,王芳0,2026-10-20,电话,王芳\nF2,李娜0,2026-11-06,电话,李娜\n"
    view = View(loaded({"2026-11-08": {"leads.csv": leads, "followups.csv": log}}).state(None))
    (found,) = silent_reps(view, DEFAULT_SETTINGS, ())
    assert (found.params["owner"], found.params["days"], found.n) == ("王芳", 19, 3)


def test_a_step_that_slowed_is_found_and_a_young_cohort_is_not_blamed(loaded) -> None:
    rows, log = [], []

    def lead(name: str, month: str, advances: bool) -> None:
        rows.append(f"{name},c,x,s,{month}-01,{'意向' if advances else '线索'},王芳,,")
        if advances:
            log.append(f"F{name},{name},{month}-11,电话,王芳,意向")

    for n in range(60):
        lead(f"old{n}", "2026-05", n < 40)
        lead(f"new{n}", "2026-09", n < 20)
        # three weeks old: has not had its thirty days
        lead(f"young{n}", "2026-10", False)
    files = {
        "leads.csv": HEAD + "\n".join(rows) + "\n",
        "followups.csv": "跟进记录ID,客户编号,跟进时间,跟进方式,跟进人,跟进后阶段\n" + "\n".join(log) + "\n",
    }
    view = View(loaded({"2026-10-25": files}).state(None))
    (found,) = worst_step(view, DEFAULT_SETTINGS, ())
    assert found.params["now_share"] == pytest.approx(20 / 60)
    assert found.params["before_share"] == pytest.approx(40 / 60)
    assert found.n == 60
    _the_rows_behind_are_the_finding(view, found)


def _the_rows_behind_are_the_finding(view: View, found: Finding) -> None:
    late, early = advance_windows(view.as_of)
    assert (late.start, late.end, early.end) == (date(2026, 6, 28), date(2026, 9, 25), date(2026, 6, 27))
    rows = {name: advance_rows(view, (), found.params["stage"], days) for name, days in (("n", late), ("b", early))}
    assert len(rows["n"]) == found.n
    assert len(rows["b"]) == found.params["before_n"] == 60
    assert sum(row["hit"] for row in rows["n"]) / found.n == found.params["now_share"]
    assert sum(row["hit"] for row in rows["b"]) / 60 == found.params["before_share"]
    stays = {row["customer_id"]: (row["stayed"], row["gone"], row["hit"]) for row in rows["n"]}
    assert stays["new0"] == (10, "on", True)
    assert stays["new59"] == (54, "still", False)  # since 1 September, up to 25 October
    assert all(row["file"] == "leads.csv" and row["row"] for row in rows["n"] + rows["b"])
