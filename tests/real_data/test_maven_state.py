"""Maven CRM: 8,800 opportunities in one import; every earlier date is rebuilt and compared with the same question asked of the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from salesanalytics.intake.types import Batch
from salesanalytics.store.workspace import Workspace, open_workspace

pytestmark = pytest.mark.real_data

AS_OF = date(2017, 12, 31)
STAGES = {"Prospecting": "prospect", "Engaging": "opportunity", "Won": "won", "Lost": "lost"}


@pytest.fixture(scope="module")
def pipeline(shared_data: Path) -> pl.DataFrame:
    folder = shared_data / "real" / "maven-crm"
    prices = pl.read_csv(folder / "products.csv").select(
        product=pl.col("product").replace("GTX Pro", "GTXPro"), expected_amount=pl.col("sales_price").cast(pl.Float64)
    )
    teams = pl.read_csv(folder / "sales_teams.csv").select("sales_agent", team="manager", region="regional_office")
    return (
        pl.read_csv(folder / "sales_pipeline.csv", try_parse_dates=True)
        .join(prices, on="product", how="left")
        .join(teams, on="sales_agent", how="left")
    )


@pytest.fixture(scope="module")
def workspace(pipeline: pl.DataFrame) -> Iterator[Workspace]:
    leads = pipeline.select(
        customer_id="opportunity_id",
        customer_name="account",
        first_contact_on="engage_date",
        stage=pl.col("deal_stage").replace_strict(STAGES),
        owner="sales_agent",
        team="team",
        region="region",
        expected_amount="expected_amount",
        actual_amount=pl.col("close_value").cast(pl.Float64),
        closed_on="close_date",
        _digest=pl.lit("maven"),
        _file=pl.lit("maven.csv"),
        _sheet=pl.lit("pipeline"),
        _row=pl.int_range(2, pl.len() + 2),
    )
    with open_workspace(None) as opened:
        opened.load(Batch({"leads": leads}, (), (), ()), AS_OF, who="test")
        yield opened


def test_the_figures_known_by_other_means(workspace: Workspace) -> None:
    state = workspace.state(AS_OF)
    assert not state.reconstructed
    found = state.fetch(
        f"""SELECT count(*) AS leads, count(*) FILTER (is_won) AS won, count(*) FILTER (is_lost) AS lost, sum(deal_amount)::DOUBLE AS amount,
        count(*) FILTER (deal_amount_estimated) AS estimated, count(*) FILTER (reached_unknown) AS unknown,
        count(*) FILTER (stage = 'opportunity') AS engaging, count(*) FILTER (stage = 'prospect') AS prospecting,
        count(*) FILTER (won_on_inferred OR lost_on_inferred) AS inferred FROM {state.relation("leads")}"""
    )[0]
    assert found == {
        "leads": 8800,
        "won": 4238,
        "lost": 2473,
        "amount": 10_005_534.0,
        "estimated": 0,
        "unknown": 2473,
        "engaging": 1589,
        "prospecting": 500,
        "inferred": 0,
    }


@pytest.mark.parametrize("as_of", [date(2017, 3, 15), date(2017, 6, 30), date(2017, 12, 30)])
def test_a_past_date_agrees_with_the_file(workspace: Workspace, pipeline: pl.DataFrame, as_of: date) -> None:
    state = workspace.state(as_of)
    assert state.reconstructed
    there = pipeline.filter(pl.col("engage_date") <= as_of)
    closed = there.filter(pl.col("close_date") <= as_of)
    won = closed.filter(pl.col("deal_stage") == "Won")
    reopened = there.filter(pl.col("close_date") > as_of)
    expected = {
        "leads": there.height,
        "won": won.height,
        "lost": closed.height - won.height,
        "amount": won["close_value"].sum(),
        "regions": dict(sorted(won.group_by("region").agg(pl.col("close_value").sum()).rows())),
        "last_won_on": won["close_date"].max(),
        "won_mean": won["close_value"].mean(),
        "open_quartile": there.filter(~pl.col("opportunity_id").is_in(closed["opportunity_id"].to_list()))[
            "expected_amount"
        ].quantile(0.75, "linear"),
        "opportunity": there.filter(pl.col("deal_stage") == "Engaging").height,
        "lead": reopened.height,
    }
    leads, norms = state.relation("leads"), state.relation("norms")
    found = state.fetch(
        f"""SELECT count(*) AS leads, count(*) FILTER (is_won) AS won, count(*) FILTER (is_lost) AS lost, sum(deal_amount)::DOUBLE AS amount,
        max(won_on) AS last_won_on, count(*) FILTER (stage = 'opportunity') AS opportunity, count(*) FILTER (stage = 'lead') AS lead
        FROM {leads}"""
    )[0]
    regions = state.fetch(
        f"SELECT region, sum(deal_amount)::DOUBLE AS amount FROM {leads} WHERE is_won GROUP BY region ORDER BY 1"
    )
    norm = state.fetch(f"SELECT won_mean_amount AS won_mean, open_amount_q3 AS open_quartile FROM {norms}")[0]
    found |= {"regions": {row["region"]: row["amount"] for row in regions}}
    assert norm["won_mean"] == pytest.approx(expected.pop("won_mean"), rel=1e-9)
    assert norm["open_quartile"] == expected.pop("open_quartile")
    assert found == expected
