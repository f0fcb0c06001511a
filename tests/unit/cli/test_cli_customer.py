"""customer and stages: one customer's story and every stage entry, from files on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salesanalytics.cli import main

LEADS = "客户编号,客户名称(脱敏),线索来源,行业,首次接触时间,当前跟进阶段,负责人,预计成交金额(元),联系方式,成交日期,备注,产品线"
LOG = "跟进记录ID,客户编号,跟进时间,跟进方式,跟进人,跟进内容摘要,跟进后阶段"
WEEKS = {
    "2026-10-04": [
        "01,甲公司,官网,IT,2026-10-01,线索,王芳,50000,13812345678,,,旗舰",
        "02,乙公司,展会,IT,2026-10-01,线索,王芳,1000,,,,",
    ],
    "2026-10-11": [
        "01,甲公司,官网,IT,2026-10-01,意向,王芳,50000,13812345678,,电话13812345678,旗舰",
    ],
    "2026-10-18": [
        "01,甲公司,官网,IT,2026-10-01,成交,李娜,80000,13999999999,2026-10-16,电话13812345678,标准",
        "02,乙公司,展会,IT,2026-10-01,线索,王芳,1000,,,,",
        "03,丙公司,展会,IT,2026-10-13,商机,王芳,7000,,,,",
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of these weeks. Only for reading."""
    place = tmp_path_factory.mktemp("customer")
    folder = place / "ws"
    for day, rows in WEEKS.items():
        week, log = place / f"{day} leads.csv", place / f"{day} log.csv"
        week.write_text("\n".join([LEADS, *rows]), encoding="utf-8")
        log.write_text(f"{LOG}\nF1,03,2026-10-14 09:00,电话,王芳,聊过,商机\n", encoding="utf-8")
        files = [week, log] if day == "2026-10-18" else [week]
        assert main(["import", *map(str, files), "--as-of", day, "--workspace", str(folder), "--json"]) == 0
    return folder


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*words, "--workspace", str(folder)])
        return code, *capsys.readouterr()

    return call


def test_a_customers_story(ask) -> None:
    code, out, _ = ask("customer", "01", "--json")
    told = json.loads(out)
    assert code == 0
    facts = told["facts"]
    assert (facts["stage"], facts["won_on"], facts["custom"]) == ("won", "2026-10-16", {"产品线": "标准"})
    assert [(one["stage"], one["entered_on"], one["source"], one["inferred"], one["skipped"]) for one in told["stages"]] == [
        ("lead", "2026-10-01", "dates", False, False),
        ("prospect", "2026-10-11", "import", True, False),
        ("opportunity", "2026-10-16", "dates", True, True),
        ("quote", "2026-10-16", "dates", True, True),
        ("won", "2026-10-16", "dates", False, False),
    ]  # fmt: skip
    events = {one["imported_on"]: one for one in told["imports"]}
    assert [one["kind"] for one in told["imports"]] == ["first", "changed", "changed"]
    assert [tuple(each.values()) for each in events["2026-10-18"]["changes"]] == [
        ("stage", "prospect", "won"),
        ("owner", "王芳", "李娜"),
        ("expected_amount", 50000.0, 80000.0),
        ("contact_phone", "***", "***"),  # that it changed is seen, what it is is not
        ("won_on", None, "2026-10-16"),
        ("custom:产品线", "旗舰", "标准"),
    ]
    assert (events["2026-10-18"]["sheet"], events["2026-10-18"]["row"]) == ("2026-10-18 leads", 2)
    assert "13812345678" not in out
    assert "13999999999" not in out
    assert "13999999999" in ask("customer", "01", "--json", "--contacts")[1]
    code, out, _ = ask("customer", "01", "--as-of", "2026-10-12", "--json")
    assert [one["stage"] for one in json.loads(out)["stages"]] == ["lead", "prospect"]


def test_a_customer_who_was_gone_for_a_week(ask) -> None:
    told = json.loads(ask("customer", "02", "--json")[1])
    assert [(one["imported_on"], one["kind"]) for one in told["imports"]] == [
        ("2026-10-04", "first"),
        ("2026-10-11", "missing"),
        ("2026-10-18", "returned"),
    ]
    gone = json.loads(ask("customer", "02", "--as-of", "2026-10-12", "--json")[1])
    assert (gone["missing_since"], gone["facts"]["stage"], gone["alerts"]) == ("2026-10-11", "lead", [])


def test_an_unknown_customer_is_one_sentence(ask) -> None:
    code, out, err = ask("customer", "99", "--lang", "en")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "99" in err


def test_every_stage_entry_with_its_source(ask) -> None:
    told = json.loads(ask("stages", "--where", "owner=王芳", "--json")[1])
    assert [(one["customer_id"], one["stage"], one["entered_on"], one["source"]) for one in told["entries"]] == [
        ("02", "lead", "2026-10-01", "dates"),
        ("03", "lead", "2026-10-13", "dates"),
        ("03", "prospect", "2026-10-14", "stage_after"),
        ("03", "opportunity", "2026-10-14", "stage_after"),
    ]
    assert [one["skipped"] for one in told["entries"]] == [False, False, True, False]
    assert told["moves"] == [{"from": "lead", "to": "opportunity", "moves": 1}]
    for lang in ("zh", "en"):
        code, out, _ = ask("stages", "--lang", lang)
        assert code == 0
        assert "2026-10-14" in out
        assert ask("customer", "01", "--lang", lang)[0] == 0
