"""The CLI as a user or a script meets it: shapes, exit codes, one line a failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salesanalytics.cli import main

LEADS = """客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,预计成交金额(元),成交日期,实际成交金额(元)
00417,甲公司,制造业,官网,2026-10-01,线索,王芳,50000,,
00418,乙公司,金融,展会,2026-10-02,成交,李娜,30000,2026-11-03,28000
"""
BAD = LEADS + "00419,丙公司,金融,展会,2026-10-02,洽谈种,李娜,1,,\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def week(tmp_path: Path) -> Path:
    path = tmp_path / "2026-11-08 leads.csv"
    path.write_text(LEADS, encoding="utf-8")
    return path


def test_check_says_what_it_found(run, week) -> None:
    code, out, err = run("check", week, "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["files"][0]["refused"] is None
    sheet = document["files"][0]["sheets"][0]
    assert (sheet["table"], sheet["header_row"], sheet["rows"]) == ("leads", 1, 2)
    assert sheet["columns"]["客户编号"] == "customer_id"


def test_check_names_the_cell_of_an_error(run, tmp_path) -> None:
    path = tmp_path / "w.csv"
    path.write_text(BAD, encoding="utf-8")
    code, out, _ = run("check", path, "--as-of", "2026-11-08", "--json", "--lang", "zh")
    (error,) = [issue for issue in json.loads(out)["issues"] if issue["severity"] == "error"]
    assert code == 1
    assert (error["kind"], error["row"], error["column"], error["field"]) == (
        "unknown-stage",
        4,
        "当前跟进阶段",
        "stage",
    )
    assert error["found"] == "洽谈种"
    assert set(error) == {
        "kind", "severity", "file", "sheet", "row", "column", "field", "found", "expected", "suggestion", "message",
    }  # fmt: skip


def test_a_refused_file_is_one_line_and_exit_2_and_the_others_go_on(run, week, tmp_path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing of a workbook")
    code, out, _ = run("check", broken, week, "--json")
    files = {file["file"]: file for file in json.loads(out)["files"]}
    assert code == 2
    assert files["broken.xlsx"]["refused"]["message"]
    assert files[week.name]["sheets"][0]["rows"] == 2
    code, out, err = run("import", broken, "--as-of", "2026-11-08", "--workspace", tmp_path / "w")
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1


def test_import_metrics_undo(run, week, tmp_path) -> None:
    workspace = tmp_path / "w"
    code, out, _ = run("import", week, "--workspace", workspace, "--json")
    outcome = json.loads(out)
    assert code == 0
    # the date comes from the file's name
    assert outcome["as_of"] == "2026-11-08"
    assert outcome["tables"]["leads"] == {"new": 2, "updated": 0, "unchanged": 0, "missing": 0, "quarantined": 0}

    _, out, _ = run("metrics", "leads", "sales_amount", "--by", "owner", "--workspace", workspace, "--json")
    rows = {row["owner"]: row for row in json.loads(out)["rows"]}
    assert rows["李娜"]["sales_amount"] == 28000
    assert rows["李娜"]["n"] == {"leads": 1, "sales_amount": 1}

    code, out, _ = run("undo", outcome["import_id"], "--workspace", workspace, "--json")
    assert code == 0
    code, _, err = run("metrics", "leads", "--workspace", workspace)
    assert code == 2
    assert err.count("\n") == 1
    code, _, err = run("undo", outcome["import_id"], "--workspace", workspace)
    assert code == 2


def test_errors_block_unless_quarantined(run, tmp_path) -> None:
    path = tmp_path / "w.csv"
    path.write_text(BAD, encoding="utf-8")
    arguments = ("import", path, "--as-of", "2026-11-08", "--workspace", tmp_path / "w", "--json")
    code, out, err = run(*arguments)
    assert code != 0
    assert out == ""
    assert err.count("\n") == 1
    code, out, _ = run(*arguments, "--quarantine-bad-rows")
    assert code == 0
    assert json.loads(out)["tables"]["leads"]["quarantined"] == 1
    assert json.loads(out)["tables"]["leads"]["new"] == 2


def test_import_wants_a_date(run, tmp_path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(LEADS, encoding="utf-8")
    code, _, err = run("import", path, "--workspace", tmp_path / "w", "--lang", "en")
    assert code == 2
    assert "--as-of" in err


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("metrics",),
        ("metrics", "no_such_metric", "--workspace", "{w}"),
        ("metrics", "leads", "--by", "colour", "--workspace", "{w}"),
        ("metrics", "leads", "--where", "colour", "--workspace", "{w}"),
        ("metrics", "leads", "--from", "yesterday", "--workspace", "{w}"),
        ("metrics", "leads", "--from", "2026-11-02", "--to", "2026-11-01", "--workspace", "{w}"),
        ("undo", "99", "--workspace", "{w}"),
        ("check", "{w}/nothing.csv"),
        ("check", "{f}", "--map", "{f}"),
        ("list", "colours"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_mistakes_are_one_line(run, week, tmp_path, words, lang) -> None:
    run("import", week, "--workspace", tmp_path / "w")
    filled = [word.format(w=tmp_path / "w", f=week) for word in words]
    code, out, err = run(*filled, "--lang", lang)
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1, err
    assert "Traceback" not in err


def test_report_in_both_forms(run, week, tmp_path) -> None:
    run("import", week, "--workspace", tmp_path / "w")
    for kind, magic in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        out = tmp_path / "out" / f"r.{kind}"
        code, _, _ = run(
            "report", "--format", kind, "--as-of", "2026-11-08", "--out", out, "--workspace", tmp_path / "w"
        )
        assert code == 0
        assert out.read_bytes().startswith(magic)


@pytest.mark.parametrize("what", ["metrics", "dimensions", "tables", "checks"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lists(run, what, lang) -> None:
    code, out, _ = run("list", what, "--json", "--lang", lang)
    assert code == 0
    listed = json.loads(out)[what]
    assert len(listed) >= 7
    promised = {
        "metrics": {"leads", "new_leads", "lead_conversion", "opportunity_win_rate", "closed_win_rate", "win_rate_30d",
                    "sales_cycle_mean", "sales_cycle_median", "sales_amount", "won_customers", "mean_deal", "open_amount",
                    "weighted_pipeline"},
        "dimensions": {"day", "week", "month", "quarter", "stage", "industry", "region", "source", "owner", "team", "grade",
                       "tier", "competitor", "origin_kind"},
        "tables": {"leads", "followups", "conversion", "funnel", "targets", "contracts", "channel_costs"},
        "checks": {"unknown-stage", "empty-stage"},
    }  # fmt: skip
    assert promised[what] <= {row.get("name") or row.get("kind") for row in listed}


def test_templates_sample_and_docs_are_written(run, tmp_path) -> None:
    code, out, _ = run("templates", "--out", tmp_path / "t", "--json")
    assert code == 0
    assert len(json.loads(out)["files"]) >= 10
    code, _, _ = run("sample", "--out", tmp_path / "s", "--leads", 60, "--weeks", 2, "--seed", 1)
    assert code == 0
    assert len(list((tmp_path / "s").glob("*.xlsx"))) == 2
    code, _, _ = run("docs", "--out", tmp_path / "d")
    assert code == 0
    assert {path.name for path in (tmp_path / "d").iterdir()} == {"columns.md", "checks.md", "metrics.md"}
