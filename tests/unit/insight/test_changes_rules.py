"""The bridge's rules one by one, each on a handful of rows anybody can add up: which bar a deal lies in, at what amount, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from salesanalytics.access.view import View
from salesanalytics.errors import UserError
from salesanalytics.insight.changes.beside import deal_lines, owner_moves, push_counts, pushes, stage_flows
from salesanalytics.insight.changes.bridge import Changes, changes
from salesanalytics.insight.changes.highlights import highlights
from salesanalytics.store.workspace import Workspace

HEAD = "customer_id,customer_name,industry,source,first_contact_on,stage,owner,expected_amount,team,expected_close_on,lost_reason,lost_on,won_on,actual_amount"
DAYS = [date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15), date(2026, 11, 22)]
Weeks = Callable[..., Workspace]


def line(
    name: str,
    stage: str = "lead",
    amount: str = "100",
    owner: str = "Li",
    team: str = "East",
    close: str = "2026-12-10",
    industry: str = "A",
) -> str:
    lost, won = ("no budget,2026-11-02,,", ",,2026-11-02,90") if stage in ("lost", "won") else (",,,", ",,,")
    return f"{name},{name},{industry},web,2026-10-01,{stage},{owner},{amount},{team},{close},{won if stage == 'won' else lost}"


@pytest.fixture
def weeks(loaded) -> Weeks:
    """``weeks([line, …], [line, …])``: one full export a week from 2026-11-01. A bystander keeps the team in the file."""

    def load(*files: list[str]) -> Workspace:
        told = {
            f"{day}": {"leads.csv": "\n".join([HEAD, *rows, line("Z", amount="1")]) + "\n"}
            for day, rows in zip(DAYS, files, strict=False)
        }
        return loaded(told)

    return load


def between(workspace: Workspace, first: int = 0, last: int = 1, where=(), by=None) -> Changes:
    return changes(View(workspace.state(DAYS[first])), View(workspace.state(DAYS[last])), where, by)


def bars(found: Changes, group: str | None = None) -> dict[str, tuple[int, int]]:
    bridge = found.whole if group is None else next(one for one in found.groups if one.group == group)
    return {bar.kind: (int(bar.amount), bar.customers) for bar in bridge.bars}


CASES: list[tuple[list[str], list[str], dict[str, tuple[int, int]]]] = [
    ([], [line("?")], {"new": (100, 1)}),
    ([line("?")], [], {"missing": (-100, 1)}),
    ([line("?")], [line("?", "won")], {"won": (-100, 1)}),
    ([line("?")], [line("?", "lost")], {"lost": (-100, 1)}),
    ([line("?", "lost")], [line("?")], {"reopened": (100, 1)}),
    ([line("?")], [line("?", "quote")], {}),
    # the amount change of a deal that moves lies in one more bar
    ([line("?")], [line("?", "won", "130")], {"won": (-130, 1), "increased": (30, 1)}),
    ([line("?", "lost")], [line("?", amount="70")], {"reopened": (100, 1), "decreased": (-30, 1)}),
    ([line("?")], [line("?", amount="80")], {"decreased": (-20, 1)}),
    # an amount named for the first time is an increase, one taken out a decrease; unknown is never zero, it only adds nothing
    ([line("?", amount="")], [line("?", amount="80")], {"increased": (80, 1)}),
    ([line("?", amount="80")], [line("?", amount="")], {"decreased": (-80, 1)}),
    ([], [line("?", amount="")], {"new": (0, 1)}),
    # what leaves without the one amount or the other leaves at what the pipeline held
    ([line("?", amount="80")], [line("?", "won", "")], {"won": (-80, 1)}),
    ([line("?", amount="")], [line("?", "won", "80")], {"won": (0, 1)}),
    # open at neither date: in no bar
    ([], [line("?", "won")], {}),
    ([line("?", "won")], [line("?", "lost")], {}),
]


def test_each_deal_in_one_bar_and_its_change_in_one_more(weeks: Weeks) -> None:
    names = [f"A{place}" for place in range(len(CASES))]
    files = [
        [row.replace("?", name) for name, case in zip(names, CASES, strict=True) for row in case[side]]
        for side in (0, 1)
    ]
    found = between(weeks(*files))
    for name, (_, _, expected) in zip(names, CASES, strict=True):
        moves = [move for move in found.whole.moves if move.customer_id == name]
        assert {move.kind: (int(move.amount), 1) for move in moves} == expected, name
    assert found.whole.start.amount + sum(bar.amount for bar in found.whole.bars) == found.whole.end.amount


def test_a_missing_one_that_comes_back_reappears_at_its_last_amount(weeks: Weeks) -> None:
    workspace = weeks([line("A")], [], [line("A", amount="150")])
    assert bars(between(workspace, 0, 1)) == {"missing": (-100, 1)}
    assert bars(between(workspace, 1, 2)) == {"reappeared": (100, 1), "increased": (50, 1)}
    assert bars(between(workspace, 0, 2)) == {"increased": (50, 1)}


def test_handed_over_in_both_teams_and_nowhere_in_the_whole(weeks: Weeks) -> None:
    workspace = weeks([line("A")], [line("A", team="West", owner="Wu", amount="120")])
    found = between(workspace, by="team")
    assert bars(found) == {"increased": (20, 1)}
    assert bars(found, "East") == {"transferred-out": (-100, 1)}
    assert bars(found, "West") == {"transferred-in": (100, 1), "increased": (20, 1)}
    assert bars(between(workspace, where=(("team", ("West",)),))) == bars(found, "West")
    (moved,) = owner_moves(found.pairs)
    assert (moved.start.owner, moved.end.owner) == ("Li", "Wu")


def test_filed_otherwise_is_a_bar_of_its_own_and_no_new_deal(weeks: Weeks) -> None:
    workspace = weeks([line("A")], [line("A", industry="B", amount="90")])
    assert bars(between(workspace, where=(("industry", ("A",)),))) == {"reclassified-out": (-100, 1)}
    assert bars(between(workspace, where=(("industry", ("B",)),))) == {
        "reclassified-in": (100, 1),
        "decreased": (-10, 1),
    }


def test_expected_closes_pulled_and_pushed_between_months(weeks: Weeks) -> None:
    later, undated = line("A", close="2027-01-05"), line("B", close="")
    workspace = weeks([line("A"), undated], [later, line("B")])
    found = between(workspace, by="month")
    assert bars(found, "2026-12") == {"pulled-in": (100, 1), "pushed-out": (-100, 1)}
    assert bars(found, "2027-01") == {"pushed-in": (100, 1)}
    assert bars(found, "") == {"pulled-out": (-100, 1)}
    assert bars(found) == {}


def test_pushes_are_counted_over_all_imports(weeks: Weeks) -> None:
    closes = ["2026-11-20", "2026-11-30", "2026-11-25", "2027-01-10"]
    workspace = weeks(*[[line("A", close=close)] for close in closes])
    end = View(workspace.state(DAYS[3]))
    assert push_counts(end) == {"A": 2}
    assert push_counts(View(workspace.state(DAYS[0]))) == {}
    (push,) = pushes(between(workspace, 2, 3).pairs, push_counts(end))
    assert (push.times, push.leaves_quarter) == (2, True)
    (push,) = pushes(between(workspace, 0, 1).pairs, push_counts(View(workspace.state(DAYS[1]))))
    assert (push.times, push.leaves_quarter) == (1, False)
    assert not pushes(between(workspace, 1, 2).pairs, {})


def test_stage_flows_forward_first_with_who_has_most(weeks: Weeks) -> None:
    before = [line("A"), line("B"), line("C", "quote")]
    after = [line("A", "prospect", owner="Wu"), line("B", "prospect", "", owner="Wu"), line("C", "opportunity")]
    forward, back = stage_flows(between(weeks(before, after)).pairs)
    assert (forward.stage_from, forward.stage_to, forward.customers, forward.amount) == (
        "lead",
        "prospect",
        2,
        Decimal(100),
    )
    assert (forward.owner, forward.owner_count, forward.unknown, forward.forward) == ("Wu", 2, 1, True)
    assert (back.stage_from, back.stage_to, back.forward) == ("quote", "opportunity", False)


def test_the_three_that_matter_most_are_those_that_moved_the_most_money(weeks: Weeks) -> None:
    before = [line("A", amount="900"), line("B", amount="50"), line("C", "quote", "400"), line("D", amount="5")]
    after = [line("A", "lost", "900"), line("B", amount="60"), line("C", "lead", "400"), line("E", amount="300")]
    found = between(weeks(before, after))
    told = highlights(found.whole, stage_flows(found.pairs), ())
    assert [(one.topic, one.customers, int(one.amount), one.largest.name) for one in told] == [
        ("lost", 1, 900, "A"),
        ("backward", 1, 400, "C"),
        ("new", 1, 300, "E"),
    ]


def test_lines_leave_out_whom_nothing_happened_to(weeks: Weeks) -> None:
    found = between(weeks([line("A"), line("B")], [line("A", owner="Wu"), line("B")]))
    assert [one.deal.customer_id for one in deal_lines(found.pairs, only_changed=True)] == ["A"]
    assert {one.deal.customer_id for one in deal_lines(found.pairs, only_changed=False)} == {"A", "B", "Z"}


def test_the_order_of_the_dates_and_the_filters_are_checked(weeks: Weeks) -> None:
    workspace = weeks([line("A")], [line("A")])
    with pytest.raises(UserError) as refused:
        between(workspace, 1, 0)
    assert refused.value.kind == "changes-order"
    with pytest.raises(UserError) as refused:
        between(workspace, where=(("colour", ("red",)),))
    assert refused.value.kind == "unknown-filter"
