"""Business metrics of Maven CRM against the same figures taken from its own CSV by pandas, sharing no code with the product."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from salesanalytics.access import EVERYONE, View
from salesanalytics.intake.types import Batch
from salesanalytics.metrics import MetricQuery, ask
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace

pytestmark = pytest.mark.real_data
STAGES = {"Prospecting": "prospect", "Engaging": "opportunity", "Won": "won", "Lost": "lost"}


def test_velocity_coverage_needed_and_core_customers_agree_with_the_file(shared_data: Path) -> None:
    deals = pd.read_csv(
        shared_data / "real" / "maven-crm" / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"]
    )
    leads = pl.DataFrame(
        {
            "customer_id": deals.opportunity_id.tolist(),
            "first_contact_on": [None if pd.isna(day) else day.date() for day in deals.engage_date],
            "closed_on": [None if pd.isna(day) else day.date() for day in deals.close_date],
            "stage": deals.deal_stage.map(STAGES).tolist(),
            "owner": deals.sales_agent.tolist(),
            "actual_amount": [None if pd.isna(amount) else float(amount) for amount in deals.close_value],
            "_digest": ["maven"] * len(deals),
            "_file": ["maven.csv"] * len(deals),
            "_sheet": ["pipeline"] * len(deals),
            "_row": list(range(2, len(deals) + 2)),
        }
    )
    names = ("open_opportunities", "sales_velocity", "coverage_needed", "core_customers", "core_customer_share")
    with open_workspace(None) as workspace:
        workspace.load(Batch({"leads": leads}, (), (), ()), date(2017, 12, 31), who="test")
        view = View(workspace.state(), EVERYONE)
        found = ask(view, MetricQuery(names), DEFAULT_SETTINGS).total.values
        by_owner = ask(view, MetricQuery(("core_customers",), ("owner",)), DEFAULT_SETTINGS)

    late = deals[deals.close_date.between("2017-10-03", "2017-12-31")]  # 90 days, both ends included
    won = late[late.deal_stage == "Won"]
    rate = len(won) / len(late)
    engaging = int((deals.deal_stage == "Engaging").sum())
    days = (won.close_date - won.engage_date).dt.days.mean()
    assert engaging == 1_589
    assert found["open_opportunities"] == engaging
    assert found["coverage_needed"] == pytest.approx(1 / rate, rel=1e-12)
    assert found["sales_velocity"] == pytest.approx(engaging * rate * won.close_value.mean() / days, rel=1e-12)
    assert found["core_customers"] == fewest(deals[deals.deal_stage == "Won"].close_value)
    assert found["core_customer_share"] == pytest.approx(found["core_customers"] / 4_238)
    each = deals[deals.deal_stage == "Won"].groupby("sales_agent").close_value.apply(fewest)
    assert {row.dims["owner"]: row.values["core_customers"] for row in by_owner.rows} == each.to_dict()


def fewest(amounts: pd.Series) -> int:
    """How many of the largest amounts it takes to reach 80 % of all, counted one by one."""
    left, taken = 0.8 * amounts.sum(), 0
    for amount in sorted(amounts, reverse=True):
        if left <= 1e-6:
            break
        left, taken = left - amount, taken + 1
    return taken
