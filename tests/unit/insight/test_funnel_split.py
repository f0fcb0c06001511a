"""A funnel cut by a dimension: lines add up, two values are what filters would give, and chance is told from difference."""

from __future__ import annotations

from datetime import date

import pytest
from known_state import KnownState, lead

from salesanalytics.insight.channels import channels
from salesanalytics.insight.funnel_split import MOST_LINES, narrowed, split_funnel, two_values, usual_values
from salesanalytics.insight.given import is_given
from salesanalytics.intake.typing_cells import NOTHING_TOO
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui.funnel.split_panel import split_headline

AS_OF = date(2026, 11, 8)
REACHED = ["won"] * 15 + ["opportunity"] * 15 + ["prospect"] * 30 + ["lead"] * 40


def company(groups: int = 3) -> KnownState:
    """100 → 60 → 30 → 15, dealt out to groups; the last one has no value."""
    names = [f"G{at}" for at in range(groups - 1)] + [None]
    return KnownState(
        AS_OF,
        [
            lead(str(at), stage, source=names[at % groups], first_contact_on=date(2026, 10, 5))
            for at, stage in enumerate(REACHED)
        ],
    )


@pytest.mark.parametrize("groups", [3, 40])
@pytest.mark.parametrize("mode", ["cohort", "flow", "snapshot"])
def test_lines_add_up_to_the_whole(groups: int, mode: Mode) -> None:
    view = company(groups).view()
    whole = stage_funnel(view, DEFAULT_SETTINGS, mode=mode).of(None)
    split = split_funnel(stage_funnel(view, DEFAULT_SETTINGS, mode=mode, by="source"), whole, DEFAULT_SETTINGS)
    assert len(split.lines) == min(groups, MOST_LINES + 1)
    assert sum(len(line.values) for line in split.lines) == groups
    for stage in split.stages:
        parts = [line.stages[stage] for line in split.lines]
        assert sum(part.customers for part in parts) == split.total.stages[stage].customers
        if mode != "snapshot":
            assert sum(part.k for part in parts) == split.total.stages[stage].k
            assert sum(part.n for part in parts) == split.total.stages[stage].n
    assert [count.customers for count in split.total.stages.values()] == [stage.customers for stage in whole]


def test_two_values_are_two_filtered_funnels() -> None:
    view = company().view()
    parts = stage_funnel(view, DEFAULT_SETTINGS, by="source")
    stages = tuple(stage.stage for stage in stage_funnel(view, DEFAULT_SETTINGS).stages)
    found = two_values(parts, "G0", "", stages, DEFAULT_SETTINGS)
    for name, side in (("G0", "first"), ("", "second")):
        alone = stage_funnel(view, DEFAULT_SETTINGS, narrowed(Filters(), "source", (name,))).stages
        mine = [getattr(one, side) for one in found.stages]
        assert [(one.customers, one.k, one.n, one.lost) for one in mine] == [
            (one.customers, one.k, one.n, one.lost) for one in alone
        ]
    assert found.whole is not None
    assert (found.whole.pair.k1, found.whole.pair.n1) == (5, 34)


def test_a_difference_is_said_only_beyond_chance() -> None:
    people = [lead(f"a{at}", "won" if at < 40 else "lead", source="A") for at in range(100)]
    people += [lead(f"b{at}", "won" if at < 10 else "lead", source="B") for at in range(100)]
    people += [lead(f"c{at}", "won" if at < 9 else "lead", source="C") for at in range(100)]
    people += [lead(f"d{at}", "won", source="D") for at in range(5)]
    view = KnownState(AS_OF, people).view()
    parts = stage_funnel(view, DEFAULT_SETTINGS, by="source")
    whole = stage_funnel(view, DEFAULT_SETTINGS).of(None)
    split = split_funnel(parts, whole, DEFAULT_SETTINGS)
    # the best first; the small one last and unjudged, though it wins all
    assert [(line.values[0], line.standing) for line in split.lines] == [
        ("A", "above"), ("B", "below"), ("C", "below"), ("D", "small"),
    ]  # fmt: skip
    assert usual_values(split) == ("A", "C")
    sure = two_values(parts, "A", "B", split.stages, DEFAULT_SETTINGS).whole
    assert sure is not None
    assert sure.difference is not None
    # Newcombe (1998), method 10, for 40/100 against 10/100: 0.184 to 0.408
    assert (sure.difference.value, sure.difference.low, sure.difference.high) == (
        pytest.approx(0.3), pytest.approx(0.184, abs=0.002), pytest.approx(0.408, abs=0.003),
    )  # fmt: skip
    close = two_values(parts, "B", "C", split.stages, DEFAULT_SETTINGS)
    assert close.whole is not None
    assert close.whole.difference is not None
    assert not close.whole.difference.certain
    assert close.telling is None
    assert two_values(parts, "A", "D", split.stages, DEFAULT_SETTINGS).telling is None  # one side is small


def test_other_modes_have_no_interval() -> None:
    view = company().view()
    for mode in ("flow", "snapshot"):
        found = two_values(
            stage_funnel(view, DEFAULT_SETTINGS, mode=mode, by="source"), "G0", "G1", ("lead", "won"), DEFAULT_SETTINGS
        )
        assert found.whole is None
        assert all(one.difference is None for one in found.stages)


def test_one_value_has_nothing_to_be_compared_with() -> None:
    view = KnownState(AS_OF, [lead("1", source="A")]).view()
    whole = stage_funnel(view, DEFAULT_SETTINGS).of(None)
    split = split_funnel(stage_funnel(view, DEFAULT_SETTINGS, by="source"), whole, DEFAULT_SETTINGS)
    assert usual_values(split) is None


def test_no_value_is_never_the_finding() -> None:
    """Those without a source, and those whose source is a word for that, win least: the best and worst named ones are the finding, the rest a number apart."""
    customers = [
        lead(f"{source}{at}", "won" if at < won else "lead", source=source, first_contact_on=date(2026, 10, 5))
        for source, won, n in (("A", 40, 60), ("B", 10, 60), (None, 0, 60), ("未知", 1, 60))
        for at in range(n)
    ]
    view = KnownState(AS_OF, customers).view()
    whole = stage_funnel(view, DEFAULT_SETTINGS).of(None)
    split = split_funnel(stage_funnel(view, DEFAULT_SETTINGS, by="source"), whole, DEFAULT_SETTINGS)
    assert {line.values[0]: line.standing for line in split.lines} == {
        "A": "above",
        "B": "within",
        "": "below",
        "未知": "below",
    }
    assert split.unknown == 120
    headline = split_headline(split, "cohort", "en")
    assert headline.startswith("A wins clearly more")
    assert "less" not in headline
    assert usual_values(split) == ("A", "B")
    found = channels(view, DEFAULT_SETTINGS, Filters())
    assert {one.sources[0] for one in found.channels if one.named} == {"A", "B"}
    assert found.unknown == 120
    assert {one.standing for one in found.channels if not one.named} == {"unjudged"}


@pytest.mark.parametrize("word", [*NOTHING_TOO, "Unknown", " 不详 ", "", None])
def test_what_imports_read_as_nothing_is_no_finding(word: str | None) -> None:
    assert not is_given(word)
    assert is_given("无锡")
    assert is_given("NA Trading")
