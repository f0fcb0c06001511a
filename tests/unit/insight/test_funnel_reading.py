"""Steps of a funnel, the worst of them, like-for-like comparison, and who wins more than the whole."""

from __future__ import annotations

from datetime import date

from known_state import KnownState, lead

from salesanalytics.insight.funnel_reading import bounds, compared_with, groups_won, steps, worst
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)


def worked() -> KnownState:
    """100 → 60 → 30 → 15, half of them by referral, which wins all of its share."""
    reached = ["won"] * 15 + ["opportunity"] * 15 + ["prospect"] * 30 + ["lead"] * 40
    return KnownState(
        AS_OF,
        [
            lead(str(at), stage, first_contact_on=date(2026, 10, 5), source="referral" if at < 40 else "ads")
            for at, stage in enumerate(reached)
        ],
    )


def test_the_worked_example_s_worst_step_lets_half_through() -> None:
    stages = stage_funnel(worked().view(), DEFAULT_SETTINGS).of(None)
    found = steps(stages, stages, DEFAULT_SETTINGS)
    assert [step.share for step in found] == [0.6, 0.5, 0.5]
    assert [step.change for step in found] == [0, 0, 0]
    assert worst(found) == 1


def test_small_steps_are_not_judged() -> None:
    stages = stage_funnel(worked().view(), DEFAULT_SETTINGS).of(None)
    sample = DEFAULT_SETTINGS.model_copy(
        update={"metrics": DEFAULT_SETTINGS.metrics.model_copy(update={"min_sample": 61})}
    )
    found = steps(stages, (), sample)
    assert [step.small for step in found] == [False, True, True]
    assert worst(found) == 0
    assert found[0].change is None


def test_a_cohort_is_compared_with_one_that_was_just_as_old() -> None:
    asked = Filters((), date(2026, 10, 1), AS_OF)
    found = compared_with("cohort", asked, AS_OF)
    assert found is not None
    # the first 39 days of the third quarter, seen on the 39th of them
    assert (found.filters.start, found.filters.end, found.as_of) == (
        date(2026, 7, 1),
        date(2026, 8, 8),
        date(2026, 8, 8),
    )
    closed = compared_with("cohort", Filters((), date(2026, 7, 1), date(2026, 9, 30)), AS_OF)
    assert closed is not None
    assert (closed.filters.end, closed.as_of) == (date(2026, 6, 30), date(2026, 8, 8))
    flow = compared_with("flow", asked, AS_OF)
    assert flow is not None
    assert flow.as_of == AS_OF
    assert compared_with("cohort", Filters(), AS_OF) is None


def test_who_wins_more_than_the_whole_stands_out() -> None:
    found = groups_won(stage_funnel(worked().view(), DEFAULT_SETTINGS, by="source"), 15 / 100, DEFAULT_SETTINGS, "won")
    assert [(one.name, one.won, one.leads, one.standing) for one in found] == [
        ("referral", 15, 40, "above"), ("ads", 0, 60, "below"),
    ]  # fmt: skip


def test_lost_from_an_unknown_stage_has_bounds() -> None:
    people = [lead("1", "prospect"), lead("2", "lost"), lead("3", "lead"), lead("4", "lead")]
    first = stage_funnel(KnownState(AS_OF, people).view(), DEFAULT_SETTINGS).of(None)[0]
    assert bounds(first) == (1 / 4, 2 / 4)
