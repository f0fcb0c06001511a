"""Hostile files made on the spot, through ``check`` as a user runs it: read for what they hold, or refused by kind in one sentence."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from salesanalytics.cli import main
from salesanalytics.intake.pipeline import process
from salesanalytics.settings import DEFAULT_SETTINGS
from tests.conftest import uploaded
from tests.counts import SOAK
from tests.reading_peak import childrens_peak
from tests.soak.hostile_files import (
    HEADERS,
    LEAD,
    LONGEST_CELL,
    blank_cells,
    csv_of,
    lead,
    with_parts,
    workbook,
    zip_bomb,
)

BLANK_ROWS = 1_000_000 if SOAK else 20_000
NAME, NOTES, STAGE, ID = "客户名称(脱敏)", "备注", "当前跟进阶段", "客户编号"
FORMULAS = {
    NAME: "=cmd|' /C calc'!A0",
    NOTES: "@SUM(1+1)*cmd",
    "负责人": '+HYPERLINK("http://example.invalid")',
    "行业": "-1+1",
}
OUTSIDE = dict.fromkeys(
    ("../../../../evil.txt", "/etc/evil", "..\\..\\evil.txt", "xl/../../evil.xml", "C:\\evil.txt", "xl/\u202eevil.xml"),
    b"<x/>",
)
UNSEEN = lead(**{NAME: "\u202eabc\u202c甲", STAGE: "线\u200b索", ID: "A\u200b001"})
UNSEEN_HEADERS = ["\ufeff客户\u200b编号", *HEADERS[1:5], "\u200e当前跟进阶段\u200f", *HEADERS[6:]]

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bomb.xlsx": ("zip-bomb", zip_bomb),
    "sheets.xlsx": ("too-many-sheets", lambda: workbook(LEAD, sheets=500)),
    "mixed.csv": (
        "unreadable-text",
        lambda: csv_of(LEAD).encode() + csv_of(*[lead(**{ID: f"B{n}"}) for n in range(40)]).encode("gb18030"),
    ),
    "two-of-a-name.xlsx": ("corrupt", lambda: with_parts(workbook(LEAD), {"xl/worksheets/sheet1.xml": b"<broken"})),
}
READ: dict[str, Callable[[], bytes]] = {
    "blank.xlsx": lambda: blank_cells(BLANK_ROWS),
    "long.xlsx": lambda: workbook(lead(**{NOTES: "长" * LONGEST_CELL})),
    "long.csv": lambda: csv_of(lead(**{NOTES: "长" * LONGEST_CELL})).encode(),
    "formulas.csv": lambda: csv_of(lead(**FORMULAS)).encode(),
    "formulas.xlsx": lambda: workbook(lead(**FORMULAS)),
    "unseen.csv": lambda: csv_of(UNSEEN, headers=UNSEEN_HEADERS).encode(),
    "nul.csv": lambda: b"\0\0\0" + csv_of(lead(**{NOTES: "a\0b"})).encode() + b"\0" * 1000,
    "a-workbook.csv": lambda: workbook(LEAD),
    "a-csv.xlsx": lambda: csv_of(LEAD).encode(),
    "paths.xlsx": lambda: with_parts(workbook(LEAD), OUTSIDE),
    "backslashes.xlsx": lambda: with_parts(workbook(LEAD), {}, rename=lambda name: name.replace("/", "\\")),
}

Checked = tuple[int, dict[str, Any]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Checked]:
    """``check(name, content, lang)`` → exit code and document; within 20 s, and nothing written beside the file."""

    def run(name: str, content: bytes, lang: str = "en") -> Checked:
        folder = tmp_path / "in" / "here"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        start = time.monotonic()
        code = main(["check", str(folder / name), "--json", "--lang", lang, "--as-of", "2026-11-08"])
        assert time.monotonic() - start < (60 if SOAK else 20)  # the soak's largest file is 50 million cells
        out, err = capsys.readouterr()
        assert err == ""
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [folder / name]
        return code, json.loads(out)

    return run


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_sentence(check: Callable[..., Checked], name: str, lang: str) -> None:
    kind, make = REFUSED[name]
    code, document = check(name, make(), lang)
    (answer,) = document["files"]
    assert (code, answer["refused"]["kind"]) == (2, kind)
    assert name in answer["refused"]["message"]
    assert "\n" not in answer["refused"]["message"]


@pytest.mark.parametrize("name", READ)
def test_read_for_what_it_holds(check: Callable[..., Checked], name: str) -> None:
    code, document = check(name, READ[name]())
    (answer,) = document["files"]
    assert answer["refused"] is None
    sheets = [(sheet["table"], sheet["rows"]) for sheet in answer["sheets"] if sheet["table"]]
    assert (code, sheets, document["issues"]) == (0, [("leads", 1)], [])
    assert None not in answer["sheets"][-1]["columns"].values()


def test_no_child_took_more_than_a_gibibyte(tmp_path: Path) -> None:
    (tmp_path / "blank.xlsx").write_bytes(blank_cells(BLANK_ROWS // 2))
    assert childrens_peak([tmp_path / "blank.xlsx"]) <= 2**30


def read(name: str) -> dict[str, Any]:
    batch = process([uploaded(name, READ[name]())], DEFAULT_SETTINGS)
    frame: pl.DataFrame = batch.tables["leads"]
    return frame.row(0, named=True)


@pytest.mark.parametrize("name", ["formulas.csv", "formulas.xlsx"])
def test_what_looks_like_a_formula_stays_the_text_it_is(name: str) -> None:
    row = read(name)
    assert (row["customer_name"], row["notes"], row["owner"], row["industry"]) == (
        FORMULAS[NAME],
        FORMULAS[NOTES],
        FORMULAS["负责人"],
        FORMULAS["行业"],
    )


@pytest.mark.parametrize("name", ["long.csv", "long.xlsx"])
def test_the_longest_cell_comes_back_whole(name: str) -> None:
    assert read(name)["notes"] == "长" * LONGEST_CELL


def test_nobody_is_two_customers_for_a_character_that_cannot_be_seen() -> None:
    row = read("unseen.csv")
    assert (row["customer_id"], row["stage"]) == ("A001", "lead")
