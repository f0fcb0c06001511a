"""A funnel's parts by any dimension and mode sum to the whole; a part is the filtered funnel; rows are as many as numbers say."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from random_companies import COMPANIES, CUTS, PERIODS, Company, opened

from salesanalytics.insight.funnel_leaks import expected_of_others, leaks
from salesanalytics.insight.funnel_reading import steps
from salesanalytics.insight.funnel_split import narrowed, split_funnel
from salesanalytics.metrics.funnel import FunnelStage, stage_funnel
from salesanalytics.metrics.funnel_rows import funnel_rows
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

COUNTS = ("customers", "advanced", "lost", "still", "without_amount", "behind_without_amount", "from_unknown")
MODES: tuple[Mode, ...] = ("cohort", "flow", "snapshot")
FEWER = settings(max_examples=max(6, settings().max_examples // 4))


def _sum(stages: list[FunnelStage], name: str) -> float:
    return sum(getattr(stage, name) or 0 for stage in stages)


@FEWER
@given(COMPANIES, PERIODS, st.sampled_from(CUTS), st.sampled_from(MODES))
def test_parts_sum_to_the_whole_and_are_filtered_funnels(
    company: Company, period: tuple[date | None, date | None], by: str, mode: Mode
) -> None:
    filters = Filters((), *period)
    with opened(company) as found:
        view = found.view()
        whole = stage_funnel(view, DEFAULT_SETTINGS, filters, mode).stages
        parts = stage_funnel(view, DEFAULT_SETTINGS, filters, mode, by)
        split = split_funnel(parts, whole, DEFAULT_SETTINGS)
        for stage in whole:
            mine = [part for part in parts.stages if part.stage == stage.stage]
            for name in (*COUNTS, *(("k", "n") if mode != "snapshot" else ())):
                assert _sum(mine, name) == getattr(stage, name), (stage.stage, name)
            for name in ("amount", "behind_amount"):
                assert abs(_sum(mine, name) - (getattr(stage, name) or 0)) < 0.005, (stage.stage, name)
            assert sum(line.stages[stage.stage].customers for line in split.lines) == stage.customers
        for group in parts.groups[:2]:
            alone = stage_funnel(view, DEFAULT_SETTINGS, narrowed(filters, by, (group or "",)), mode).stages
            assert [_plain(stage) for stage in alone] == [_plain(stage) for stage in parts.of(group)]


def _plain(stage: FunnelStage) -> tuple[Any, ...]:
    return (stage.stage, *(getattr(stage, name) for name in (*COUNTS, "k", "n")), stage.dwell, stage.lost_reasons)


@FEWER
@given(COMPANIES, PERIODS, st.sampled_from(MODES))
def test_behind_every_number_stand_as_many_customers(
    company: Company, period: tuple[date | None, date | None], mode: Mode
) -> None:
    filters = Filters((("region", ("N", "")),), *period)
    with opened(company) as found:
        view = found.view()
        for stage in stage_funnel(view, DEFAULT_SETTINGS, filters, mode).stages:
            said = {"customers": stage.customers, "advanced": stage.advanced, "behind": stage.not_advanced}
            for part, n in said.items():
                rows = funnel_rows(view, DEFAULT_SETTINGS, filters, mode, stage.stage, part)  # type: ignore[arg-type]
                assert len(rows) == n, (stage.stage, part)


@FEWER
@given(COMPANIES, st.sampled_from(("N", "S", "")))
def test_money_at_stake_lies_in_its_interval_and_within_all_that_did_not_go_on(company: Company, region: str) -> None:
    some = DEFAULT_SETTINGS.model_copy(
        update={"metrics": DEFAULT_SETTINGS.metrics.model_copy(update={"min_sample": 1})}
    )
    with opened(company) as found:
        view = found.view()
        mine = stage_funnel(view, some, Filters((("region", (region,)),))).stages
        everyone = stage_funnel(view, some).stages
    for leak in leaks(steps(mine, (), some), expected_of_others(mine, everyone, some)):
        stage = mine[leak.at]
        if leak.beyond is not None:
            assert 0 <= leak.beyond <= stage.not_advanced + 1e-9
        if leak.at_stake is not None and leak.low is not None and leak.high is not None:
            assert leak.low - 1e-6 <= leak.at_stake <= leak.high + 1e-6
