"""The stage funnel and stage conversion: the worked examples of the product, then the boundary cases."""

from datetime import date, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.lost_reasons import LostReason, split_reasons
from salesanalytics.metrics.survival import Stay, kaplan_meier_median
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


def company(**stages: int) -> KnownState:
    """So many customers now in each stage."""
    return KnownState(D, [lead(f"{stage}{i}", stage) for stage, n in stages.items() for i in range(n)])


@pytest.mark.parametrize(
    ("state", "reached", "conversions"),
    [
        # nobody was ever seen in Quote, so it is not shown
        (company(lead=70, prospect=20, opportunity=5, won=5), [100, 30, 10, 5], [30 / 100, 10 / 30, 5 / 10, None]),
        (company(lead=40, prospect=30, opportunity=15, won=15), [100, 60, 30, 15], [60 / 100, 30 / 60, 15 / 30, None]),
    ],
)
def test_worked_examples(state: KnownState, reached: list[int], conversions: list[float | None]) -> None:
    stages = stage_funnel(state.view(), DEFAULT_SETTINGS).stages
    assert [stage.stage for stage in stages] == ["lead", "prospect", "opportunity", "won"]
    assert [stage.customers for stage in stages] == reached
    assert [stage.conversion for stage in stages] == conversions
    by_stage = ask(state.view(), MetricQuery(("stage_conversion",), ("stage",)), DEFAULT_SETTINGS)
    assert [row.values["stage_conversion"] for row in by_stage.rows] == conversions[:-1]


def test_worked_example_prints_as_the_product_says() -> None:
    stages = stage_funnel(company(lead=70, prospect=20, opportunity=5, won=5).view(), DEFAULT_SETTINGS).stages
    assert [f"{stage.conversion:.1%}" for stage in stages[:-1]] == ["30.0%", "33.3%", "50.0%"]
    assert [f"{stage.not_advanced / stage.customers:.1%}" for stage in stages[:-1]] == ["70.0%", "66.7%", "50.0%"]


STORY = KnownState(
    D,
    [
        lead(
            "1",
            "won",
            first_contact_on=ago(40),
            entered={"prospect": ago(36), "opportunity": ago(30)},
            won_on=ago(10),
            actual_amount=50,
            region="N",
        ),
        # back in Prospect after having been an Opportunity: that does not undo it
        lead(
            "2",
            "prospect",
            reached="opportunity",
            first_contact_on=ago(40),
            entered={"prospect": ago(30), "opportunity": ago(20)},
            expected_amount=20,
            region="N",
        ),
        lead(
            "3",
            "lost",
            reached="opportunity",
            first_contact_on=ago(40),
            entered={"opportunity": ago(25)},
            lost_on=ago(5),
            lost_reason="预算不足(占比40%)、需求不明确",
            region="S",
        ),
        lead(
            "4",
            "lost",
            reached="prospect",
            first_contact_on=ago(20),
            entered={"prospect": ago(18)},
            lost_on=ago(8),
            lost_reason="预算不足",
            region="S",
        ),
        lead("5", "lost", first_contact_on=ago(20), lost_on=ago(2)),
        lead("6", first_contact_on=ago(10)),
    ],
)


def test_lost_customers_count_up_to_where_they_came_and_re_entries_once() -> None:
    stages = {stage.stage: stage for stage in stage_funnel(STORY.view(), DEFAULT_SETTINGS).stages}
    shape = {name: (s.customers, s.advanced, s.lost, s.still) for name, s in stages.items()}
    assert shape == {"lead": (6, 4, 1, 1), "prospect": (4, 3, 1, 0), "opportunity": (3, 1, 1, 1), "won": (1, 0, 0, 0)}
    assert stages["lead"].from_unknown == 1
    assert (stages["opportunity"].amount, stages["opportunity"].without_amount) == (70, 1)
    assert stages["opportunity"].lost_reasons == (LostReason("需求不明确", 1), LostReason("预算不足", 1))


def test_the_cohort_is_whoever_had_first_contact_in_the_period() -> None:
    old = stage_funnel(STORY.view(), DEFAULT_SETTINGS, Filters(start=ago(40), end=ago(30))).stages
    assert [(stage.stage, stage.customers) for stage in old] == [
        ("lead", 3),
        ("prospect", 3),
        ("opportunity", 3),
        ("won", 1),
    ]


def test_the_flow_counts_what_happened_in_the_period() -> None:
    period = Filters(start=ago(20), end=D)
    stages = {s.stage: s for s in stage_funnel(STORY.view(), DEFAULT_SETTINGS, period, "flow").stages}
    assert {name: (s.n, s.k) for name, s in stages.items()} == {
        "lead": (3, 1),
        "prospect": (1, 1),
        "opportunity": (1, 1),
        "won": (0, 0),
    }
    by_stage = ask(STORY.view(), MetricQuery(("stage_conversion_flow",), ("stage",), period), DEFAULT_SETTINGS)
    assert {r.dims["stage"]: (r.n["stage_conversion_flow"], r.k["stage_conversion_flow"]) for r in by_stage.rows} == {
        "lead": (3, 1),
        "prospect": (1, 1),
        "opportunity": (1, 1),
    }


def test_the_snapshot_is_who_is_where_now() -> None:
    stages = stage_funnel(STORY.view(), DEFAULT_SETTINGS, mode="snapshot").stages
    assert [(s.stage, s.customers, s.conversion) for s in stages] == [
        ("lead", 1, 1.0),
        ("prospect", 1, 0.0),
        ("opportunity", 0, None),
        ("won", 1, None),
    ]
    by_stage = ask(STORY.view(), MetricQuery(("stage_snapshot",), ("stage",)), DEFAULT_SETTINGS)
    assert {row.dims["stage"]: row.values["stage_snapshot"] for row in by_stage.rows} == {
        "prospect": 1,
        "opportunity": 0,
        "won": None,
    }


def test_dwell_censors_those_still_there() -> None:
    prospect = next(s for s in stage_funnel(STORY.view(), DEFAULT_SETTINGS).stages if s.stage == "prospect")
    # left after 6, 10 and 10 days; customer 3 skipped the stage and has no stay
    assert (prospect.dwell.median, prospect.dwell.left, prospect.dwell.still) == (10, 3, 0)
    opportunity = next(s for s in stage_funnel(STORY.view(), DEFAULT_SETTINGS).stages if s.stage == "opportunity")
    # left after 20 and 20, one there for 20 so far
    assert (opportunity.dwell.median, opportunity.dwell.mean, opportunity.dwell.still) == (20, 20, 1)


def test_kaplan_meier_median_by_hand() -> None:
    # at risk 4: one leaves at 2 (3/4), one censored at 3, of 2 at risk one leaves at 5 (3/8 <= 1/2)
    assert kaplan_meier_median([Stay(2, True, 1), Stay(3, False, 1), Stay(5, True, 1), Stay(9, False, 1)]) == 5
    assert kaplan_meier_median([Stay(2, True, 1), Stay(9, False, 3)]) is None
    assert kaplan_meier_median([]) is None


def test_a_funnel_by_region_adds_up_to_the_whole() -> None:
    whole = stage_funnel(STORY.view(), DEFAULT_SETTINGS).of(None)
    parts = stage_funnel(STORY.view(), DEFAULT_SETTINGS, by="region")
    assert set(parts.groups) == {"N", "S", None}
    for stage in whole:
        mine = [part for part in parts.stages if part.stage == stage.stage]
        assert sum(part.customers for part in mine) == stage.customers
        assert sum(part.lost for part in mine) == stage.lost


def test_reasons_are_split_as_people_write_them() -> None:
    assert split_reasons("预算不足(占比40%)、需求不明确，竞品（25 %）;价格/其他") == (
        "预算不足",
        "需求不明确",
        "竞品",
        "价格",
        "其他",
    )
    assert split_reasons("no budget (40%), timing") == ("no budget", "timing")


def test_worked_example_attainment_of_the_uploaded_funnel_table() -> None:
    lines = {"lead": (100, 120), "prospect": (60, 70), "opportunity": (30, 40), "won": (15, 20)}
    old = {"stage": "lead", "customers": 1, "target": 100, "period": "2026-09", "period_end": date(2026, 9, 30)}
    new = [{"stage": stage, "customers": n, "target": goal} for stage, (n, goal) in lines.items()]
    state = KnownState(D, funnel=[old, *new])
    answer = ask(state.view(), MetricQuery(("funnel_attainment",), ("stage",)), DEFAULT_SETTINGS)
    shown = {row.dims["stage"]: f"{row.values['funnel_attainment']:.0%}" for row in answer.rows}
    assert shown == {"lead": "83%", "prospect": "86%", "opportunity": "75%", "won": "75%"}
    september = Filters(start=date(2026, 9, 1), end=date(2026, 9, 30))
    found = ask(state.view(), MetricQuery(("funnel_attainment",), (), september), DEFAULT_SETTINGS).total
    assert found.values["funnel_attainment"] == 0.01
