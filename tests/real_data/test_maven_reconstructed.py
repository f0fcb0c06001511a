"""Maven in a single import: any past date answers by reconstruction from the rows' own dates, is marked so, and agrees with pandas over the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from salesanalytics.access.view import View
from salesanalytics.insight.stage_history import stage_history
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.oracle.files import maven_upload
from tests.oracle.loaded import load_uploads
from tests.real_data.conftest import RealInput

pytestmark = pytest.mark.real_data

DATES = [date(2017, 1, 5), date(2017, 4, 1), date(2017, 8, 20), date(2017, 12, 30)]
ASKED = (
    "leads", "sales_amount", "won_customers", "mean_deal", "closed_win_rate", "sales_cycle_mean", "sales_cycle_median", "win_rate_30d",
    "open_amount",
)  # fmt: skip


@pytest.fixture(scope="module")
def deals(maven: RealInput) -> pd.DataFrame:
    return pd.read_csv(maven.files[0], parse_dates=["engage_date", "close_date"])


@pytest.fixture(scope="module")
def workspace(maven: RealInput) -> Iterator[Workspace]:
    with open_workspace(None) as opened:
        load_uploads(opened, [maven_upload(maven.files[0])])
        yield opened


def _expected(deals: pd.DataFrame, as_of: date, start: date) -> dict[str, Any]:
    day, first = pd.Timestamp(as_of), pd.Timestamp(start)
    known = deals[deals["engage_date"] <= day]
    is_closed = known["close_date"] <= day
    closed = known[is_closed & (known["close_date"] >= first)]
    won = closed[closed["deal_stage"] == "Won"]
    cycle = (won["close_date"] - won["engage_date"]).dt.days
    came = known[known["engage_date"] >= first]
    ripe = came[(day - came["engage_date"]).dt.days >= 30]
    quick = (
        (ripe["deal_stage"] == "Won")
        & (ripe["close_date"] <= day)
        & ((ripe["close_date"] - ripe["engage_date"]).dt.days <= 30)
    )
    still = known[~is_closed]
    return {
        "leads": len(came),
        "sales_amount": won["close_value"].sum(),
        "won_customers": len(won),
        "mean_deal": won["close_value"].mean() if len(won) else None,
        "closed_win_rate": len(won) / len(closed) if len(closed) else None,
        "sales_cycle_mean": cycle.mean() if len(won) else None,
        "sales_cycle_median": cycle.median() if len(won) else None,
        "win_rate_30d": quick.mean() if len(ripe) else None,
        "open_amount": still["sales_price"].sum(),
    }


def _agree(found: Any, expected: dict[str, Any]) -> None:
    assert {name for name, value in found.items() if value is None} == {
        name for name, value in expected.items() if value is None
    }
    for name, value in expected.items():
        assert value is None or found[name] == pytest.approx(value, rel=1e-9), name


@pytest.mark.parametrize("as_of", DATES)
def test_metrics_of_a_past_date_agree_with_the_file(workspace: Workspace, deals: pd.DataFrame, as_of: date) -> None:
    view, start = View(workspace.state(as_of)), as_of - timedelta(days=90)
    assert view.reconstructed
    found = ask(view, MetricQuery(ASKED, (), Filters((), start, as_of)), DEFAULT_SETTINGS)
    expected = _expected(deals, as_of, start)
    _agree({name: found.rows[0].values[name] for name in ASKED}, expected)
    by_team = ask(view, MetricQuery(("sales_amount", "closed_win_rate"), ("team",), Filters((), start, as_of)), DEFAULT_SETTINGS)  # fmt: skip
    for row in by_team.rows:
        told = _expected(deals[deals["manager"] == row.dims["team"]], as_of, start)
        _agree(row.values, {name: told[name] for name in row.values})


@pytest.mark.parametrize("as_of", DATES)
def test_the_history_of_a_past_date_agrees_with_the_file(
    workspace: Workspace, deals: pd.DataFrame, as_of: date
) -> None:
    entries = stage_history(View(workspace.state(as_of)))
    known = deals[deals["engage_date"] <= pd.Timestamp(as_of)]
    opened = {(row.opportunity_id, "lead", row.engage_date.date()) for row in known.itertuples()}
    closed = known[known["close_date"] <= pd.Timestamp(as_of)]
    ended = {(row.opportunity_id, row.deal_stage.lower(), row.close_date.date()) for row in closed.itertuples()}
    dated = [one for one in entries if not one.inferred]
    assert {(one.customer_id, one.stage, one.entered_on) for one in dated} == opened | ended
    assert {one.source for one in entries} == {"dates"}
    # whoever is engaging stands in a stage nobody knows the day of; what was passed on the way to winning is filled in
    undated = {one.customer_id for one in entries if one.stage == "opportunity" and one.entered_on is None}
    assert undated == set(known.loc[known["deal_stage"] == "Engaging", "opportunity_id"])


def test_the_day_of_the_import_is_no_reconstruction(workspace: Workspace) -> None:
    assert not workspace.state(date(2017, 12, 31)).reconstructed
