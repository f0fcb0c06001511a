"""A large company's workspace with twelve weekly exports of everything, built once into the system's temporary folder and used by all runs.

``python -m benchmarks._weeks FOLDER LEADS FOLLOWUPS`` builds it (in a process of its own, so that its memory is not counted).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from benchmarks._company import LAST_DAY, batch
from benchmarks._measure import ROOT
from salesanalytics.intake.types import Batch, FileReport
from salesanalytics.store.workspace import open_workspace

WEEKS = 12
SHAPE = 2
"""Grows when what is built changes, so that no run measures a workspace of before."""


def workspace_folder(leads: int, followups: int) -> Path:
    """Return the folder of the workspace, built if it is not there yet."""
    folder = Path(tempfile.gettempdir()) / f"salesanalytics-bench-{SHAPE}-{leads}-{followups}"
    if not (folder / "built").exists():
        words = (str(folder), str(leads), str(followups))
        subprocess.run([sys.executable, "-m", "benchmarks._weeks", *words], cwd=ROOT, check=True)
    return folder


def week_batch(whole: Batch, as_of: date) -> Batch:
    """Return what an export of ``as_of`` held of ``whole``: what had begun by then; who closed later was still at a quote."""
    leads = whole.tables["leads"].filter(pl.col("first_contact_on") <= as_of)
    closed = pl.coalesce("won_on", "lost_on")
    leads = leads.with_columns(pl.when(closed > as_of).then(pl.lit("quote")).otherwise("stage").alias("stage"))
    leads = leads.with_columns(
        pl.when(closed > as_of).then(None).otherwise(name).alias(name)
        for name in ("won_on", "lost_on", "actual_amount", "lost_reason", "lost_from_stage")
    )
    tables = {**whole.tables, "leads": leads}
    tables["followups"] = whole.tables["followups"].filter(pl.col("followed_up_at").dt.date() <= as_of)
    tables["contracts"] = whole.tables["contracts"].filter(pl.col("signed_on") <= as_of)
    name = f"{as_of} company.xlsx"
    digest = f"{as_of:%Y%m%d}".zfill(64)
    marked = {key: frame.with_columns(_digest=pl.lit(digest), _file=pl.lit(name)) for key, frame in tables.items()}
    return replace(whole, tables=marked, files=(FileReport(name, digest),), as_of_found=as_of)


def _contracts(leads: pl.DataFrame, rng: random.Random) -> pl.DataFrame:
    """One instalment a won deal, two thirds of them paid within two months."""
    won = leads.filter(pl.col("stage") == "won")
    rows: list[Mapping[str, object]] = []
    for place, (customer, amount, signed) in enumerate(
        won.select("customer_id", "actual_amount", "won_on").iter_rows()
    ):
        paid = signed + timedelta(days=rng.randrange(60)) if rng.random() < 0.67 else None
        rows.append(
            {
                "contract_id": f"HT{place:07d}",
                "customer_id": customer,
                "signed_on": signed,
                "contract_amount": amount,
                "due_on": signed + timedelta(days=30),
                "due_amount": amount,
                "collected_on": paid if paid and paid <= LAST_DAY else None,
                "collected_amount": amount if paid and paid <= LAST_DAY else None,
                "_digest": "0" * 64,
                "_file": "company.xlsx",
                "_sheet": "contracts",
                "_row": place + 2,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def build(folder: Path, leads: int, followups: int) -> None:
    """Load the twelve weeks into ``folder``."""
    whole = batch(leads, followups)
    whole = replace(whole, tables={**whole.tables, "contracts": _contracts(whole.tables["leads"], random.Random(11))})
    with open_workspace(folder) as workspace:
        for back in reversed(range(WEEKS)):
            as_of = LAST_DAY - timedelta(weeks=back)
            workspace.load(week_batch(whole, as_of), as_of, who="bench", accept_errors=True)
    (folder / "built").write_text(json.dumps({"leads": leads, "followups": followups}))


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
