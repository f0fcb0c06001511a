"""The CLI on real files: what must come out is known from the files by other means (the data folder's README)."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from salesanalytics.cli import main

pytestmark = pytest.mark.real_data


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    capsys.readouterr()
    code = main([*map(str, words), "--json", "--lang", "en"])
    out, err = capsys.readouterr()
    assert not err, err
    return code, json.loads(out)


def _import(capsys, source, workspace: Path) -> dict:
    code, outcome = _run(
        capsys, "import", *source.files, "--map", source.map, "--as-of", source.as_of, "--workspace", workspace
    )
    assert code == 0
    return outcome


def test_maven(capsys, maven, tmp_path) -> None:
    code, checked = _run(capsys, "check", *maven.files, "--map", maven.map, "--as-of", maven.as_of)
    assert code == 0, [issue for issue in checked["issues"] if issue["severity"] == "error"][:3]
    warned = Counter((issue["field"], issue["kind"]) for issue in checked["issues"] if issue["row"] is not None)
    blank = {
        column: sum(not row[column] for row in csv.DictReader(maven.files[0].open()))
        for column in ("account", "engage_date")
    }
    assert warned["customer_name", "missing-expected-cell"] == blank["account"] > 1000
    assert warned["first_contact_on", "missing-expected-cell"] == blank["engage_date"] == 500

    outcome = _import(capsys, maven, tmp_path / "w")
    assert outcome["tables"]["leads"] == {"new": 8800, "updated": 0, "unchanged": 0, "missing": 0, "quarantined": 0}

    names = ["leads", "won_customers", "sales_amount", "closed_win_rate"]
    _, total = _run(capsys, "metrics", *names, "--workspace", tmp_path / "w")
    (row,) = total["rows"]
    assert row["leads"] == 8800
    assert row["won_customers"] == 4238
    assert row["sales_amount"] == 10_005_534
    assert row["closed_win_rate"] == pytest.approx(4238 / 6711, abs=1e-12)
    assert row["n"]["closed_win_rate"] == 6711
    assert f"{row['closed_win_rate']:.2%}" == "63.15%"

    for dimension in ("region", "owner", "industry", "stage", "month"):
        _, cut = _run(
            capsys,
            "metrics",
            "leads",
            "won_customers",
            "sales_amount",
            "--by",
            dimension,
            "--workspace",
            tmp_path / "w",
        )
        assert sum(part["sales_amount"] or 0 for part in cut["rows"]) == 10_005_534, dimension
        assert sum(part["won_customers"] or 0 for part in cut["rows"]) == 4238, dimension
        assert sum(part["leads"] or 0 for part in cut["rows"]) == 8800, dimension


def test_maven_again_changes_nothing(capsys, maven, tmp_path) -> None:
    first = _import(capsys, maven, tmp_path / "w")
    again = _import(capsys, maven, tmp_path / "w")
    assert again["import_id"] == first["import_id"]
    _, history = _run(capsys, "imports", "--workspace", tmp_path / "w")
    assert len(history["imports"]) == 1


def test_bpi_funnel(capsys, bpi, tmp_path) -> None:
    from salesanalytics.access.scope import EVERYONE
    from salesanalytics.access.view import View
    from salesanalytics.metrics.funnel import stage_funnel
    from salesanalytics.metrics.types import Filters
    from salesanalytics.store.workspace import open_workspace

    _import(capsys, bpi, tmp_path / "w")
    with open_workspace(tmp_path / "w") as workspace:
        view = View(workspace.state(None), EVERYONE)
        funnel = stage_funnel(view, workspace.settings(), Filters())
    assert [stage.customers for stage in funnel.stages] == [13_087, 7_367, 5_113, 5_015, 2_246]
