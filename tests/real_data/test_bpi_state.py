"""BPI 2012: 60,849 stage events of 13,087 real loan cases as follow-ups with stage_after, under stages of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from salesanalytics.intake.types import Batch
from salesanalytics.settings import Settings
from salesanalytics.stages import Stage, StageModel
from salesanalytics.store.workspace import Workspace, open_workspace

pytestmark = pytest.mark.real_data

STAGES = StageModel(
    forward=(
        Stage("submitted", "提交", "Submitted"),
        Stage("pre-accepted", "预受理", "Pre-accepted"),
        Stage("accepted", "受理", "Accepted"),
        Stage("finalized", "定稿", "Finalized"),
        Stage("won", "批准", "Approved"),
    ),
    lost=Stage("lost", "拒绝或取消", "Declined or cancelled"),
)
MEANING = {
    "A_SUBMITTED": "submitted",
    "A_PREACCEPTED": "pre-accepted",
    "A_ACCEPTED": "accepted",
    "A_FINALIZED": "finalized",
    "A_APPROVED": "won",
    "A_DECLINED": "lost",
    "A_CANCELLED": "lost",
}
AS_OF = date(2012, 3, 31)
REACHED = {"submitted": 13_087, "pre-accepted": 7_367, "accepted": 5_113, "finalized": 5_015, "won": 2_246}


def _events(folder: Path) -> pl.DataFrame:
    events = pl.read_csv(folder / "DERIVED_merged_A.csv", try_parse_dates=True, schema_overrides={"caseid": pl.String})
    return events.with_columns(
        stage=pl.col("task").replace_strict(MEANING, default=None),
        at=pl.col("end_timestamp").cast(pl.Datetime("us")),
        place=pl.int_range(pl.len()),
    ).sort("caseid", "at", "place")


def _with_provenance(frame: pl.DataFrame, sheet: str) -> pl.DataFrame:
    return frame.with_columns(
        _digest=pl.lit("bpi"), _file=pl.lit("bpi.csv"), _sheet=pl.lit(sheet), _row=pl.int_range(2, frame.height + 2)
    )


@pytest.fixture(scope="module")
def events(shared_data: Path) -> pl.DataFrame:
    return _events(shared_data / "real" / "bpi2012-loan-funnel")


@pytest.fixture(scope="module")
def workspace(events: pl.DataFrame) -> Iterator[Workspace]:
    log = events.select(
        followup_id=pl.format("E{}", pl.col("place").cast(pl.String).str.zfill(6)),
        customer_id="caseid",
        followed_up_at="at",
        followed_up_by=pl.col("user").cast(pl.String),
        stage_after="stage",
    )
    leads = (
        events.filter(pl.col("stage").is_not_null())
        .group_by("caseid", maintain_order=True)
        .agg(first_contact_on=pl.col("at").first().dt.date(), stage=pl.col("stage").last())
        .rename({"caseid": "customer_id"})
    )
    batch = Batch({"leads": _with_provenance(leads, "cases"), "followups": _with_provenance(log, "events")}, (), (), ())
    with open_workspace(None, Settings(stages=STAGES)) as opened:
        opened.load(batch, AS_OF, who="test")
        yield opened


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
