"""BPI 2012: 60,849 stage events of 13,087 real loan cases as follow-ups with stage_after, under stages of their own."""

from __future__ import annotations

from datetime import date

import pandas as pd
import polars as pl
import pytest

from salesanalytics.store.workspace import Workspace
from tests.real_data.bpi_histories import AS_OF

pytestmark = pytest.mark.real_data

REACHED = {"submitted": 13_087, "pre-accepted": 7_367, "accepted": 5_113, "finalized": 5_015, "won": 2_246}


@pytest.fixture(scope="module")
def events(bpi_events: pd.DataFrame) -> pl.DataFrame:
    told = {name: bpi_events[name].tolist() for name in ("caseid", "at", "place")}
    stages = [stage if isinstance(stage, str) else None for stage in bpi_events["stage"]]
    return pl.DataFrame({**told, "stage": stages})


@pytest.fixture
def workspace(bpi_workspace: Workspace) -> Workspace:
    return bpi_workspace


def test_everything_was_loaded(workspace: Workspace) -> None:
    state = workspace.state(AS_OF)
    counts = state.fetch(
        f"SELECT (SELECT count(*) FROM {state.relation('leads')}) AS leads, (SELECT count(*) FROM {state.relation('followups')}) AS followups"
    )
    assert counts == [{"leads": 13_087, "followups": 60_849}]


def test_distinct_cases_that_reached_each_stage(workspace: Workspace) -> None:
    state = workspace.state(AS_OF)
    rows = state.fetch(f"SELECT stage, count(*) AS n FROM {state.relation('stage_reach')} GROUP BY stage")
    assert {row["stage"]: row["n"] for row in rows} == REACHED
    furthest = state.fetch(
        f"SELECT reached_order, count(*) AS n FROM {state.relation('leads')} GROUP BY ALL ORDER BY ALL"
    )
    expected = list(REACHED.values())
    ends = [here - beyond for here, beyond in zip(expected, [*expected[1:], 0], strict=True)]
    assert [row["n"] for row in furthest] == ends


def test_outcomes(workspace: Workspace) -> None:
    state = workspace.state(AS_OF)
    rows = state.fetch(
        f"SELECT is_won, is_lost, count(*) AS n, count(won_on) AS won_on, count(lost_on) AS lost_on FROM {state.relation('leads')} GROUP BY ALL"
    )
    found = {(row["is_won"], row["is_lost"]): (row["n"], row["won_on"], row["lost_on"]) for row in rows}
    assert found == {(True, False): (2246, 2246, 0), (False, True): (10_442, 0, 10_442), (False, False): (399, 0, 0)}


def test_first_entries_are_the_first_events(workspace: Workspace, events: pl.DataFrame) -> None:
    state = workspace.state(AS_OF)
    rows = state.fetch(f"SELECT customer_id, stage, first_entered_on FROM {state.relation('stage_reach')} ORDER BY ALL")
    expected = (
        events.filter(pl.col("stage").is_not_null() & (pl.col("stage") != "lost"))
        .group_by("caseid", "stage")
        .agg(pl.col("at").min().dt.date())
        .sort("caseid", "stage")
        .rows()
    )
    assert [tuple(row.values()) for row in rows] == expected


@pytest.mark.parametrize("as_of", [date(2011, 11, 15), date(2012, 1, 31)])
def test_a_past_date_is_rebuilt_from_the_events_up_to_it(
    workspace: Workspace, events: pl.DataFrame, as_of: date
) -> None:
    state = workspace.state(as_of)
    assert state.reconstructed
    known = events.filter((pl.col("at").dt.date() <= as_of) & pl.col("stage").is_not_null())
    last = known.group_by("caseid", maintain_order=True).agg(pl.col("stage").last())
    rows = state.fetch(f"SELECT customer_id, stage FROM {state.relation('leads')} ORDER BY ALL")
    assert [tuple(row.values()) for row in rows] == sorted(last.rows())
    reached = state.fetch(f"SELECT stage, count(*) AS n FROM {state.relation('stage_reach')} GROUP BY stage")
    expected = known.filter(pl.col("stage") != "lost").group_by("stage").agg(pl.col("caseid").n_unique())
    assert {row["stage"]: row["n"] for row in reached} == dict(expected.rows())
