"""--compare-with: the values then are those of the same question as of then, the change is the difference, and dates that name nothing are refused."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from salesanalytics.cli import main
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace

HEAD = "客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,团队,预计成交金额(元),最后跟进时间,成交日期,实际成交金额(元)\n"
FIRST = (
    HEAD
    + "A,甲,软件,官网,2026-10-01,商机,李娜,华东,100000,2026-10-20,,\nB,乙,软件,官网,2026-10-05,线索,王芳,华南,50000,2026-10-21,,\n"
)
SECOND = (
    HEAD
    + "A,甲,软件,官网,2026-10-01,成交,李娜,华东,100000,2026-10-28,2026-10-28,90000\nB,乙,软件,官网,2026-10-05,意向,王芳,华南,60000,2026-10-29,,\n"
    + "C,丙,金融,展会,2026-10-27,线索,赵磊,华北,30000,2026-10-27,,\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Only for reading."""
    place = tmp_path_factory.mktemp("compared") / "workspace"
    with open_workspace(place) as workspace:
        for day, body in (("2026-10-25", FIRST), ("2026-11-01", SECOND)):
            content = body.encode()
            file = UploadedFile(f"{day}.csv", content, hashlib.sha256(content).hexdigest())
            on = date.fromisoformat(day)
            workspace.load(process([file], DEFAULT_SETTINGS, as_of=on), on, who="test", accept_errors=True)
    return place


@pytest.fixture
def run(folder, capsys):
    def asked(*words):
        code = main([*words, "--workspace", str(folder), "--lang", "en"])
        return code, capsys.readouterr()

    return asked


def test_values_then_and_changes(run):
    _, said = run(
        "metrics", "leads", "open_amount", "won_customers", "--by", "team", "--compare-with", "last", "--json"
    )
    document = json.loads(said.out)
    assert (document["as_of"], document["compared_with"]) == ("2026-11-01", "2026-10-25")
    assert not document["compared_reconstructed"]
    rows = {row["team"]: row for row in document["rows"]}
    assert (rows["华东"]["open_amount"] or 0.0, rows["华东"]["compared"]["open_amount"]) == (0.0, 100_000.0)
    assert rows["华东"]["won_customers"] == 1
    assert rows["华南"]["change"]["open_amount"] == 10_000.0
    assert rows["华北"]["leads"] == 1
    assert not rows["华北"]["compared"]["leads"]
    _, then = run("metrics", "leads", "open_amount", "--by", "team", "--as-of", "2026-10-25", "--json")
    for row in json.loads(then.out)["rows"]:
        assert rows[row["team"]]["compared"]["open_amount"] == row["open_amount"]


def test_a_day_before_the_first_import_is_marked(run):
    _, said = run("metrics", "leads", "--compare-with", "2026-10-03", "--json")
    document = json.loads(said.out)
    assert document["compared_reconstructed"]
    assert document["rows"][0]["compared"]["leads"] == 1  # A alone had come
    assert document["rows"][0]["change"]["leads"] == 2


@pytest.mark.parametrize("asked", ["2026-11-01", "2027-01-01", "yesterday"])
def test_dates_that_are_none_are_refused(run, asked):
    code, said = run("metrics", "leads", "--compare-with", asked)
    assert code == 2
    assert asked in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_customer_channels_and_rows_carry_it(run):
    _, said = run("customer", "A", "--compare-with", "last", "--json")
    told = json.loads(said.out)
    assert (told["facts"]["stage"], told["compared"]["stage"]) == ("won", "opportunity")
    _, said = run("customer", "C", "--compare-with", "last", "--json")
    assert json.loads(said.out)["compared"] is None
    _, said = run("channels", "--compare-with", "last", "--json")
    assert json.loads(said.out)["compared"]["total"]["leads"] == 2
    _, said = run("metrics", "leads", "--rows", "--compare-with", "last", "--json")
    assert json.loads(said.out)["compared"] == {"value": 2.0, "n": 2}
    _, said = run("changes", "--compare-with", "2026-10-25", "--as-of", "2026-11-01", "--json")
    assert json.loads(said.out)["from"] == "2026-10-25"


def test_reports_carry_the_date_and_the_values_then(run, tmp_path):
    for kind in ("pdf", "xlsx"):
        out = tmp_path / f"report.{kind}"
        code, said = run("report", "--format", kind, "--out", str(out), "--compare-with", "last", "--json")
        assert code == 0
        assert json.loads(said.out)["compared_with"] == "2026-10-25"
        assert out.stat().st_size > 1000
    book = CalamineWorkbook.from_path(str(tmp_path / "report.xlsx"))
    header, *rows = book.get_sheet_by_index(5).to_python()[3:]
    then = header.index("As of 2026-10-25")
    leads = next(row for row in rows if row[5] == "leads")
    assert (leads[1], leads[then], leads[then + 1]) == (3.0, 2.0, 1.0)
    funnel = book.get_sheet_by_index(1).to_python()
    at = funnel[3].index("Customers (as of 2026-10-25)")
    assert (funnel[4][1], funnel[4][at]) == (3.0, 2.0)
