"""Who is flagged, and why: one ladder of silence, stuck deals, low amounts; unknown amounts are never low."""

from __future__ import annotations

from datetime import date

import pytest

from salesanalytics.access.scope import Scope
from salesanalytics.access.view import View
from salesanalytics.insight.flags import ACTING, KINDS, acting_list, counts, flag_list, flags, one_a_customer
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

LEADS = """客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,预计成交金额(元),最后跟进时间,成交日期,实际成交金额(元)
A3,three,x,s,2026-10-01,线索,王芳,1000,2026-11-05,,
A4,four,x,s,2026-10-01,线索,王芳,1000,2026-11-04,,
A7,seven,x,s,2026-10-01,线索,王芳,1000,2026-11-01,,
A8,eight,x,s,2026-10-01,线索,王芳,1000,2026-10-31,,
A29,twentynine,x,s,2026-09-01,线索,王芳,1000,2026-10-10,,
A30,thirty,x,s,2026-09-01,线索,王芳,1000,2026-10-09,,
P4,pool,x,s,2026-10-01,线索,,1000,2026-11-04,,
O1,opp,x,s,2026-10-01,商机,李娜,,2026-11-07,,
L1,low,x,s,2026-10-01,意向,李娜,799,2026-11-07,,
L2,notlow,x,s,2026-10-01,意向,李娜,800,2026-11-07,,
W1,won,x,s,2026-09-01,成交,李娜,1000,2026-11-07,2026-11-01,1000
"""


def _flags(loaded, **scope):
    workspace = loaded({"2026-11-08": {"leads.csv": LEADS}})
    view = View(workspace.state(None), Scope(**scope))
    return {(flag.customer_id, flag.kind) for flag in flags(view, DEFAULT_SETTINGS)}


def test_the_ladder_of_silence_speaks_once(loaded) -> None:
    found = _flags(loaded)
    assert {pair for pair in found if pair[0].startswith(("A", "P"))} == {
        # three days are not over three
        ("A4", "lead-untouched"),
        ("A7", "lead-untouched"),
        ("A8", "lead-untouched-manager"),
        ("A29", "lead-untouched-manager"),
        ("A30", "silent"),
        # nobody's customer goes to the manager at once
        ("P4", "lead-untouched-manager"),
    }


def test_low_means_more_than_a_fifth_under_the_mean_and_unknown_is_not_low(loaded) -> None:
    found = _flags(loaded)
    assert ("L1", "low-amount") in found
    assert not {("L2", "low-amount"), ("O1", "low-amount")} & found


def test_scope_narrows(loaded) -> None:
    assert {customer for customer, _ in _flags(loaded, owners=frozenset({"李娜"}), pool=False)} == {"L1"}


def test_stuck_counts_from_the_entry_into_the_stage(loaded) -> None:
    log = """跟进记录ID,客户编号,跟进时间,跟进方式,跟进人,跟进后阶段
F1,S15,2026-10-24,电话,王芳,商机
F2,S16,2026-10-23,电话,王芳,商机
F3,S15,2026-11-07,电话,王芳,
F4,S16,2026-11-07,电话,王芳,
"""
    leads = """客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,预计成交金额(元)
S15,fifteen,x,s,2026-10-01,商机,王芳,1000
S16,sixteen,x,s,2026-10-01,商机,王芳,5000
"""
    workspace = loaded({"2026-11-08": {"leads.csv": leads, "followups.csv": log}})
    (flag,) = flags(View(workspace.state(None)), DEFAULT_SETTINGS)
    assert (flag.customer_id, flag.kind, flag.measure, flag.reference) == ("S16", "stage-stuck", 16, 15)
    assert flag.contacted_on == date(2026, 11, 7)
    assert "16" in flag.why("zh")
    assert (flag.file, flag.sheet, flag.row) == ("leads.csv", "leads", 3)


def test_the_acting_list_has_each_open_customer_once(loaded) -> None:
    workspace = loaded({"2026-12-20": {"leads.csv": LEADS}})
    found = flags(View(workspace.state(None)), DEFAULT_SETTINGS, Filters())
    acting = one_a_customer(found)
    assert "W1" in {flag.customer_id for flag in found}
    assert "W1" not in {flag.customer_id for flag in acting}
    assert len(acting) == len({flag.customer_id for flag in acting})
    assert sum(counts(found).values()) == len(found)


def test_the_short_list_begins_the_whole_one(loaded, sample_workspace) -> None:
    for workspace in (loaded({"2026-12-20": {"leads.csv": LEADS}}), sample_workspace):
        view, settings = View(workspace.state(None)), workspace.settings()
        for filters in (Filters(), Filters((("owner", ("王芳", "")),))):
            whole = one_a_customer(flags(view, settings, filters))
            short = acting_list(view, settings, filters, most=4)
            assert list(short.first) == whole[:4]
            assert short.customers == len(whole)


def test_a_list_is_the_engine_s_and_the_plain_one_s(loaded, sample_workspace) -> None:
    for workspace in (loaded({"2026-12-20": {"leads.csv": LEADS}}), sample_workspace):
        view, settings = View(workspace.state(None)), workspace.settings()
        every = flags(view, settings)
        for kind in (None, ACTING, *KINDS):
            of_kind = one_a_customer(every) if kind == ACTING else [flag for flag in every if kind in (None, flag.kind)]
            for sought in ("", " 王 ", "s1"):
                wanted = sought.strip().lower()
                plain = [
                    flag
                    for flag in of_kind
                    if any(
                        wanted in (part or "").lower() for part in (flag.customer_name, flag.customer_id, flag.owner)
                    )
                ]
                amounts = {flag.customer_id: flag.expected_amount for flag in plain}
                known = [amount for amount in amounts.values() if amount is not None]
                found = flag_list(view, settings, Filters(), kind, sought, most=5)
                assert list(found.first) == plain[:5]
                assert (found.flags, found.customers) == (len(plain), len(amounts))
                assert found.without_amount == len(amounts) - len(known)
                assert found.amount == (pytest.approx(sum(known)) if known else None)
