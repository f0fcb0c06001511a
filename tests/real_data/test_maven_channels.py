"""Maven CRM names no source, so its products stand in for channels: the command's numbers against a plain reading of the file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from salesanalytics.cli import main

pytestmark = pytest.mark.real_data
AS_OF = date(2017, 12, 31)


@pytest.fixture(scope="module")
def workspace(maven: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("maven-channels")
    mapping = json.loads(maven.map.read_text(encoding="utf-8"))
    mapping["columns"]["product"] = "source"
    (folder / "map.json").write_text(json.dumps(mapping), encoding="utf-8")
    words = ["import", *map(str, maven.files), "--map", str(folder / "map.json"), "--as-of", maven.as_of]
    assert main([*words, "--workspace", str(folder / "own"), "--quarantine-bad-rows"]) == 0
    return folder / "own"


@pytest.fixture
def told(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def call(*words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["channels", "--workspace", str(workspace), "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    return call


@pytest.fixture(scope="module")
def deals(maven: Any) -> list[dict[str, Any]]:
    frame = pl.read_csv(maven.files[0], try_parse_dates=True, infer_schema_length=None)
    return list(frame.iter_rows(named=True))


def won_in_time(deal: dict[str, Any]) -> bool:
    return deal["deal_stage"] == "Won" and (deal["close_date"] - deal["engage_date"]).days <= 30


def test_every_product_as_the_file_has_it(told, deals) -> None:
    found = {row["source"]: row for row in told()["channels"]}
    old = [deal for deal in deals if deal["engage_date"] and (AS_OF - deal["engage_date"]).days >= 30]
    leads, of_old = Counter(deal["product"] for deal in deals), Counter(deal["product"] for deal in old)
    won = Counter(deal["product"] for deal in old if won_in_time(deal))
    sales = Counter[str]()
    for deal in deals:
        if deal["deal_stage"] == "Won":
            sales[deal["product"]] += deal["close_value"]
    assert set(found) == set(leads)
    assert sum(sales.values()) == 10_005_534
    for product, row in found.items():
        assert row["leads"] == leads[product]
        assert (row["won_within"], row["old_enough"]) == (won[product], of_old[product])
        assert row["sales_amount"] == sales[product]
        assert row["reached"]["won"] == sum(d["product"] == product and d["deal_stage"] == "Won" for d in deals)
        # Wilson's interval solves (p - share)² = z² p (1 - p) / n: put back in
        share, n = won[product] / of_old[product], of_old[product]
        for bound in (row["low"], row["high"]):
            assert abs(bound - share) == pytest.approx(1.959964 * sqrt(bound * (1 - bound) / n), rel=1e-5)
        assert row["channel_cost"] is None


def test_two_products_over_all_and_within_sectors(told, deals) -> None:
    a, b = "GTX Basic", "MG Special"
    found = told("--compare", a, b)["comparison"]
    old = [deal for deal in deals if deal["engage_date"] and (AS_OF - deal["engage_date"]).days >= 30]
    above = below = 0.0
    for sector in {deal["sector"] for deal in old}:
        sides = [
            [won_in_time(deal) for deal in old if deal["sector"] == sector and deal["product"] == one] for one in (a, b)
        ]
        (k1, n1), (k2, n2) = ((sum(side), len(side)) for side in sides)
        if n1 and n2:
            above += (k1 * n2 - k2 * n1) / (n1 + n2)
            below += n1 * n2 / (n1 + n2)
    assert found["within_industries"]["difference"] == pytest.approx(above / below)
    shares = [k / n for k, n in zip(found["won"], found["leads"], strict=True)]
    assert found["all"]["difference"] == pytest.approx(shares[0] - shares[1])
    assert found["all"]["low"] < found["all"]["difference"] < found["all"]["high"]
    assert sum(one["leads"][0] for one in found["industries"]) == found["leads"][0]
