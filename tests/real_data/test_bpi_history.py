"""BPI 2012's real histories against other means: transitions by pandas, dwell and Kaplan-Meier curves by lifelines (to 1e-9)."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from salesanalytics.access.view import View
from salesanalytics.insight.stage_history import stage_history, stage_moves
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.survival import Stay, kaplan_meier
from salesanalytics.metrics.types import MetricQuery
from salesanalytics.settings import Settings
from salesanalytics.store.workspace import Workspace
from tests.real_data.bpi_histories import AS_OF, STAGES

pytestmark = pytest.mark.real_data

SETTINGS = Settings(stages=STAGES)
REACHED = {"submitted": 13_087, "pre-accepted": 7_367, "accepted": 5_113, "finalized": 5_015, "won": 2_246}


@pytest.fixture
def events(bpi_events: pd.DataFrame) -> pd.DataFrame:
    return bpi_events


@pytest.fixture
def view(bpi_workspace: Workspace) -> View:
    return View(bpi_workspace.state(AS_OF))


def _stays(events: pd.DataFrame) -> pd.DataFrame:
    """Days from first entering a stage to first going on to a later one or being lost, else to D: told anew from the raw events."""
    order = {stage.id: place for place, stage in enumerate(STAGES.forward)}
    staged = events[events["stage"].notna()]
    day = staged["at"].dt.normalize()
    first = staged.assign(day=day).groupby(["caseid", "stage"])["day"].min().unstack()
    rows = []
    for stage in list(order)[:-1]:
        beyond = [name for name in order if order[name] > order[stage]]
        there = first[first[stage].notna()]
        went_on = there[beyond].min(axis=1)
        gone = went_on.fillna(there["lost"])
        until = gone.fillna(pd.Timestamp(AS_OF))
        rows.append(pd.DataFrame({"stage": stage, "days": (until - there[stage]).dt.days, "left": gone.notna()}))
    return pd.concat(rows)


def test_the_funnel_counts_distinct_cases(view: View) -> None:
    funnel = stage_funnel(view, SETTINGS)
    assert {stage.stage: stage.customers for stage in funnel.stages} == REACHED
    assert sum(stage.lost for stage in funnel.stages) == 7_635 + 2_807
    assert sum(stage.still for stage in funnel.stages) == 399


def test_moves_between_stages_agree_with_pandas(view: View, events: pd.DataFrame) -> None:
    entries = stage_history(view)
    staged = events[events["stage"].notna()].copy()
    staged["before"] = staged.groupby("caseid")["stage"].shift()
    moved = staged[staged["before"].notna() & (staged["before"] != staged["stage"])]
    assert stage_moves(entries) == Counter(zip(moved["before"], moved["stage"], strict=True))
    # every entry, case by case, on its day and told by the log; the first contact opens the first stage
    expected = [
        (case, stage, at.date(), "dates" if pd.isna(before) else "stage_after", False)
        for case, stage, at, before in zip(
            staged["caseid"], staged["stage"], staged["at"], staged["before"], strict=True
        )
        if stage != before
    ]
    assert [(one.customer_id, one.stage, one.entered_on, one.source, one.inferred) for one in entries] == expected
    assert not any(one.skipped for one in entries)


def test_dwell_medians_agree_with_lifelines(view: View, events: pd.DataFrame) -> None:
    stays = _stays(events)
    funnel = {stage.stage: stage.dwell for stage in stage_funnel(view, SETTINGS).stages}
    asked = ask(view, MetricQuery(("stage_dwell_median",), ("stage",)), SETTINGS)
    metric = {row.dims["stage"]: row.values["stage_dwell_median"] for row in asked.rows}
    for stage, group in stays.groupby("stage"):
        fitted = KaplanMeierFitter().fit(group["days"], group["left"])
        expected = None if fitted.median_survival_time_ == float("inf") else float(fitted.median_survival_time_)
        assert funnel[stage].median == pytest.approx(expected, abs=1e-9)
        assert metric[stage] == pytest.approx(expected, abs=1e-9)
        assert (funnel[stage].left, funnel[stage].still) == (group["left"].sum(), (~group["left"]).sum())
        assert funnel[stage].mean == pytest.approx(group.loc[group["left"], "days"].mean(), abs=1e-9)


def test_survival_curves_agree_with_lifelines(events: pd.DataFrame) -> None:
    for _, group in _stays(events).groupby("stage"):
        counted = group.groupby(["days", "left"]).size()
        curve = kaplan_meier([Stay(int(days), bool(left), int(n)) for (days, left), n in counted.items()])
        fitted = KaplanMeierFitter().fit(group["days"], group["left"])
        table = fitted.event_table.loc[[point.days for point in curve]]
        assert [point.staying for point in curve] == pytest.approx(
            fitted.survival_function_.loc[[point.days for point in curve], "KM_estimate"].tolist(), abs=1e-9
        )
        assert [point.left for point in curve] == table["observed"].tolist()
        assert [point.at_risk for point in curve] == (table["at_risk"]).tolist()
