"""metrics NAME --rows on the sample: the number, its formula, n and rows, from which the number follows; the rows are in the uploaded file where they say."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from salesanalytics.access import View
from salesanalytics.cli import main
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.metrics import METRICS, Filters, MetricQuery, ask
from salesanalytics.metrics.periods import named
from salesanalytics.metrics.rows import first_rows_behind, rows_behind
from salesanalytics.sample.generate import generate
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.oracle.compare import same
from tests.oracle.from_rows import n_of, value_of

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    generate(folder, leads=150, weeks=2)
    return folder


@pytest.fixture(scope="module")
def loaded(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "workspace"
    with open_workspace(folder) as workspace:
        for path in sorted(exports.glob("*.xlsx")):
            content = path.read_bytes()
            file = UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())
            as_of = date.fromisoformat(path.name[:10])
            workspace.load(process([file], DEFAULT_SETTINGS, as_of=as_of), as_of, who="test", accept_errors=True)
    return folder


@pytest.fixture(scope="module")
def workspace(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    copied = shutil.copytree(loaded, tmp_path_factory.mktemp("copy") / "workspace")
    with open_workspace(copied) as opened:
        yield opened


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], loaded: Path) -> Run:
    def called(*words: object) -> tuple[int, str, str]:
        code = main([*map(str, words), "--workspace", str(loaded)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return called


def opened(run: Run, *words: object) -> dict[str, Any]:
    code, out, err = run("metrics", *words, "--rows", "--json")
    assert code == 0, err
    document: dict[str, Any] = json.loads(out)
    return document


QUESTIONS = [
    Filters(),
    Filters((("team", ("华东",)),)),
    Filters((("source", ("官网", "展会")), ("stage", ("opportunity", "won", "quote")))),
    Filters((), date(2026, 9, 1), date(2026, 10, 31)),
]


@pytest.mark.parametrize("filters", QUESTIONS)
def test_every_metric_of_the_sample_follows_from_its_rows(workspace: Workspace, filters: Filters) -> None:
    view = View(workspace.state())
    for name, metric in METRICS.items():
        if filters.start and filters.end:
            days = (filters.end - filters.start).days + 1
            gone = min(1.0, ((view.as_of - filters.start).days + 1) / days)
        else:
            quarter = named("this-quarter", view.as_of)
            assert quarter is not None
            gone = quarter.elapsed_share(view.as_of)
        total = ask(view, MetricQuery((name,), (), filters), DEFAULT_SETTINGS).total
        rows = rows_behind(view, name, filters, DEFAULT_SETTINGS)
        assert same(total.values[name], value_of(metric, rows, METRICS, gone)), name
        if total.values[name] is not None:
            assert n_of(metric, rows, METRICS) == total.n[name], name


@pytest.mark.parametrize("filters", QUESTIONS)
def test_the_first_rows_and_what_all_come_to_are_those_of_all_rows(workspace: Workspace, filters: Filters) -> None:
    view = View(workspace.state())
    for name in METRICS:
        rows = rows_behind(view, name, filters, DEFAULT_SETTINGS)
        for most in (0, 7, 10**6):
            first, totals = first_rows_behind(view, name, filters, DEFAULT_SETTINGS, most)
            assert first == rows[:most], name
            assert totals.count == len(rows), name
            amounts = [float(row["amount"]) for row in rows if row["amount"] is not None]
            assert totals.amount == pytest.approx(sum(amounts), rel=1e-9), name
            assert totals.missing == len(rows) - len(amounts), name
            assert (totals.hits, totals.counted) == tuple(sum(bool(row[kind]) for row in rows) for kind in ("hit", "counted")), name  # fmt: skip
            assert set(totals.sheets) == {(row["file"], row["sheet"]) for row in rows}, name


@pytest.mark.parametrize(
    "words",
    [
        ("sales_amount",),
        ("closed_win_rate", "--where", "team=华东"),
        ("stage_dwell_median", "--by", "stage", "--where", "stage=lead"),
        ("target_attainment",),
        ("sales_velocity",),
        ("first_response", "--from", "2026-09-01", "--to", "2026-10-31"),
    ],
)
def test_the_document_holds_the_number_of_the_command_without_rows(run: Run, words: tuple[str, ...]) -> None:
    name, asked = words[0], words[1:]
    document = opened(run, *words)
    _, out, _ = run("metrics", name, *asked, "--json")
    (plain,) = json.loads(out)["rows"]
    assert document["value"] == plain[name] is not None
    assert document["n"] == plain["n"][name]
    assert same(value_of(METRICS[name], document["rows"], METRICS), document["value"])
    assert document["formula"] == METRICS[name].formula("en")
    assert {"file", "sheet", "row"} <= set(document["rows"][0])
    counted = sum(row["counted"] for row in document["rows"])
    assert counted == sum(part["counted"] for part in document["parts"])
    assert sum(document["left_out"].values()) == len(document["rows"]) - counted


def test_the_rows_stand_in_the_uploaded_workbook_where_they_say(run: Run, exports: Path) -> None:
    document = opened(run, "closed_win_rate", "--where", "team=华东")
    book = load_workbook(exports / document["rows"][0]["file"], read_only=True)
    lines = {name: list(book[name].iter_rows(values_only=True)) for name in {row["sheet"] for row in document["rows"]}}
    for row in document["rows"]:
        cells = lines[row["sheet"]][row["row"] - 1]
        assert cells[0] == row["customer_id"]
        assert row["name"] in cells
    assert document["low"] < document["value"] < document["high"]


def test_a_cell_of_a_cut_and_a_stock_of_a_week(run: Run) -> None:
    _, out, _ = run("metrics", "leads", "--json")
    recent = (date.fromisoformat(json.loads(out)["as_of"]) - timedelta(days=14)).isoformat()
    _, out, _ = run("metrics", "open_amount", "--by", "week", "owner", "--from", recent, "--json")
    cell = next(row for row in json.loads(out)["rows"] if row["owner"] and row["n"]["open_amount"] > 0)
    chosen = ("--by", "week", "owner", "--where", f"week={cell['week']}", f"owner={cell['owner']}")
    document = opened(run, "open_amount", *chosen)
    assert document["value"] == cell["open_amount"]
    assert sum(row["numerator"] or 0 for row in document["rows"]) == pytest.approx(cell["open_amount"])


def test_people_get_a_table_and_mistakes_one_line(run: Run) -> None:
    code, out, _ = run("metrics", "mean_deal", "--rows", "--lang", "en")
    assert code == 0
    assert "customer, mean" in out
    assert ".xlsx" in out
    for words in (
        ("leads", "new_leads"),
        ("leads", "--by", "owner"),
        ("leads", "--by", "owner", "--where", "owner=a", "owner=b"),
    ):
        code, out, err = run("metrics", *words, "--rows")
        assert (code, out) == (2, "")
        assert len(err.strip().splitlines()) == 1
