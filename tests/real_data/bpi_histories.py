"""BPI 2012's real stage histories: loaded as follow-ups with stage_after under stages of their own, and counted beside in plain pandas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl

from salesanalytics.intake.types import Batch
from salesanalytics.settings import Settings
from salesanalytics.stages import Stage, StageModel
from salesanalytics.store.workspace import Workspace, open_workspace

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


def read_events(folder: Path) -> pd.DataFrame:
    """Return the stage events, case by case in order: caseid, task, user, at, stage (None: no stage), place."""
    events = pd.read_csv(folder / "DERIVED_merged_A.csv", dtype={"caseid": str}, parse_dates=["end_timestamp"])
    events = events.rename(columns={"end_timestamp": "at"}).assign(
        stage=events["task"].map(MEANING), place=range(len(events))
    )
    return events.sort_values(["caseid", "at", "place"], ignore_index=True)


def open_histories(events: pd.DataFrame) -> Workspace:
    """Load cases as leads in their last stage and events as follow-ups, in one import as of the end."""
    staged = events[events["stage"].notna()]
    cases = staged.groupby("caseid", sort=False).agg(first=("at", "first"), stage=("stage", "last")).reset_index()
    leads = pl.DataFrame(
        {
            "customer_id": cases["caseid"].tolist(),
            "first_contact_on": [moment.date() for moment in cases["first"]],
            "stage": cases["stage"].tolist(),
        }
    )
    log = pl.DataFrame(
        {
            "followup_id": [f"E{place}" for place in events["place"]],
            "customer_id": events["caseid"].tolist(),
            "followed_up_at": [moment.to_pydatetime() for moment in events["at"]],
            "stage_after": [stage if isinstance(stage, str) else None for stage in events["stage"]],
        },
        schema_overrides={"followed_up_at": pl.Datetime("us")},
    )
    batch = Batch({"leads": _placed(leads, "cases"), "followups": _placed(log, "events")}, (), (), ())
    workspace = open_workspace(None, Settings(stages=STAGES))
    workspace.load(batch, AS_OF, who="test")
    return workspace


def _placed(frame: pl.DataFrame, sheet: str) -> pl.DataFrame:
    return frame.with_columns(
        _digest=pl.lit("bpi"), _file=pl.lit("bpi.csv"), _sheet=pl.lit(sheet), _row=pl.int_range(2, frame.height + 2)
    )
