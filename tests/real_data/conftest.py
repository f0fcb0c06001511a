"""Real files, joined the way a manager's CRM export would be, with the map file that goes with them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from salesanalytics.store.workspace import Workspace
from tests.real_data.bpi_histories import open_histories, read_events


@dataclass(frozen=True)
class RealInput:
    """Files ready for ``import`` and the map that explains them."""

    files: tuple[Path, ...]
    map: Path
    as_of: str


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="session")
def maven(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> RealInput:
    """Maven CRM: opportunities joined with accounts, products and teams."""
    folder = shared_data / "real" / "maven-crm"
    out = tmp_path_factory.mktemp("maven")
    accounts = {row["account"]: row for row in _rows(folder / "accounts.csv")}
    prices = {row["product"]: row["sales_price"] for row in _rows(folder / "products.csv")}
    teams = {row["sales_agent"]: row for row in _rows(folder / "sales_teams.csv")}
    joined = [
        {
            **row,
            "sector": accounts.get(row["account"], {}).get("sector", ""),
            "sales_price": prices.get({"GTXPro": "GTX Pro"}.get(row["product"], row["product"]), ""),
            "manager": teams[row["sales_agent"]]["manager"],
            "regional_office": teams[row["sales_agent"]]["regional_office"],
        }
        for row in _rows(folder / "sales_pipeline.csv")
    ]
    mapping = {
        "table": "leads",
        "columns": {
            "opportunity_id": "customer_id",
            "account": "customer_name",
            "sales_agent": "owner",
            "manager": "team",
            "regional_office": "region",
            "sector": "industry",
            "deal_stage": "stage",
            "engage_date": "first_contact_on",
            "close_date": "closed_on",
            "close_value": "actual_amount",
            "sales_price": "expected_amount",
        },
        "values": {"stage": {"Prospecting": "prospect", "Engaging": "opportunity", "Won": "won", "Lost": "lost"}},
    }
    (out / "map.json").write_text(json.dumps(mapping), encoding="utf-8")
    return RealInput((_write(out / "maven_leads.csv", joined),), out / "map.json", "2017-12-31")


BPI_STAGES = {
    "A_SUBMITTED": "lead",
    "A_PREACCEPTED": "prospect",
    "A_ACCEPTED": "opportunity",
    "A_FINALIZED": "quote",
    "A_APPROVED": "won",
    "A_DECLINED": "lost",
    "A_CANCELLED": "lost",
}


@pytest.fixture(scope="session")
def bpi(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> RealInput:
    """BPI 2012: each case a lead in its last stage, each stage event a follow-up with ``stage_after``."""
    out = tmp_path_factory.mktemp("bpi")
    events = [
        row
        for row in _rows(shared_data / "real" / "bpi2012-loan-funnel" / "DERIVED_merged_A.csv")
        if row["task"] in BPI_STAGES
    ]
    events.sort(key=lambda row: row["end_timestamp"])
    first: dict[str, dict[str, str]] = {}
    last: dict[str, dict[str, str]] = {}
    for event in events:
        first.setdefault(event["caseid"], event)
        last[event["caseid"]] = event
    leads = [
        {
            "case": case,
            "started": first[case]["end_timestamp"],
            "state": last[case]["task"],
            "officer": last[case]["user"],
            "ended": last[case]["end_timestamp"] if BPI_STAGES[last[case]["task"]] in {"won", "lost"} else "",
        }
        for case in first
    ]
    log = [
        {
            "event": f"E{number}",
            "case": row["caseid"],
            "when": row["end_timestamp"],
            "who": row["user"],
            "task": row["task"],
        }
        for number, row in enumerate(events)
    ]
    mapping = [
        {
            "table": "leads",
            "file": "bpi_leads.csv",
            "columns": {
                "case": "customer_id",
                "started": "first_contact_on",
                "state": "stage",
                "officer": "owner",
                "ended": "closed_on",
            },
            "values": {"stage": BPI_STAGES},
        },
        {
            "table": "followups",
            "file": "bpi_events.csv",
            "columns": {
                "event": "followup_id",
                "case": "customer_id",
                "when": "followed_up_at",
                "who": "followed_up_by",
                "task": "stage_after",
            },
            "values": {"stage_after": BPI_STAGES},
        },
    ]
    (out / "map.json").write_text(json.dumps(mapping), encoding="utf-8")
    files = (_write(out / "bpi_leads.csv", leads), _write(out / "bpi_events.csv", log))
    return RealInput(files, out / "map.json", "2012-03-31")


@pytest.fixture(scope="session")
def bpi_events(shared_data: Path) -> pd.DataFrame:
    """BPI 2012's stage events, case by case in order (``bpi_histories.read_events``)."""
    return read_events(shared_data / "real" / "bpi2012-loan-funnel")


@pytest.fixture(scope="session")
def bpi_workspace(bpi_events: pd.DataFrame) -> Iterator[Workspace]:
    """Those histories, loaded; only for reading."""
    with open_histories(bpi_events) as workspace:
        yield workspace
