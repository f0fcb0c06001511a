"""A held list of header variants, each in a plausible sheet of its table: the right column comes first, and nothing is taken wrongly.

``header_variants.tsv`` was written before the accepted spellings were looked at. ``expected`` holds our column, ``-`` for a header that is none of
ours, or several of these where a reader could not decide either. Half of the list (by hash) was used in tuning, the other half only measured.
"""

import csv
import hashlib
import re
import time
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from salesanalytics.intake.match import CERTAIN, DOUBTFUL, column_named, match_sheet
from salesanalytics.intake.types import MatchedSheet, RawSheet
from salesanalytics.tables import BY_NAME, TABLES

LIST = Path(__file__).with_name("header_variants.tsv")
HAN = re.compile(r"[\u4e00-\u9fff]")


def variants() -> list[tuple[str, str, frozenset[str]]]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["table"], row["header"], frozenset(row["expected"].split(","))) for row in rows]


def half(header: str) -> str:
    return "tuned" if hashlib.sha256(header.encode()).digest()[0] % 2 == 0 else "held out"


def sheet_with(table: str, header: str, expected: frozenset[str], cells: tuple = ("x",)) -> RawSheet:
    """The customary columns of the table, but the one the header stands for, then the header."""
    columns = [c for c in BY_NAME[table].columns if not c.extended and c.name not in expected]
    neighbours = [c.zh if HAN.search(header) else c.en for c in columns]
    rows = [[*neighbours, header], *([*["x"] * len(neighbours), cell] for cell in cells)]
    return RawSheet("export.xlsx", "digest", "Sheet1", rows, list(range(1, len(rows) + 1)))


def first_proposal(matched: MatchedSheet) -> tuple[str, bool]:
    """What the header is taken for or asked about, ``-`` for nothing; and whether it is taken without asking."""
    match = matched.columns[-1]
    if match.column is not None:
        return match.column, True
    taken = {each.column for each in matched.columns}
    if DOUBTFUL <= match.confidence < CERTAIN:
        asked = column_named(match.header, BY_NAME[matched.table or ""])
        return (asked if asked and asked not in taken else "-"), False
    return "-", False


@cache
def outcome() -> tuple[dict[str, list[bool]], list[tuple[str, str, str]]]:
    right: dict[str, list[bool]] = defaultdict(list)
    taken_wrongly = []
    for table, header, expected in variants():
        (matched,) = match_sheet(sheet_with(table, header, expected))
        assert matched.table == table, header
        proposed, certain = first_proposal(matched)
        right[half(header)].append(proposed in expected)
        if certain and proposed not in expected:
            taken_wrongly.append((table, header, proposed))
    return right, taken_wrongly


def test_the_list_is_long_and_covers_every_table_and_script():
    every = variants()
    assert len({(table, header) for table, header, _ in every}) == len(every) >= 1000
    assert {table for table, _, _ in every} == {table.name for table in TABLES}
    assert sum("-" in expected for _, _, expected in every) >= 250
    meant = {(table, column) for table, _, expected in every for column in expected - {"-"}}
    assert meant == {(table.name, c.name) for table in TABLES for c in table.columns}


@pytest.mark.parametrize("part", ["tuned", "held out"])
def test_first_proposal_is_right(part):
    right = outcome()[0][part]
    assert len(right) >= 600
    assert sum(right) / len(right) >= 0.98


def test_nothing_is_taken_wrongly():
    assert outcome()[1] == []


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Contract name", "contact_name"),
        ("Last contract date", "last_followup_on"),
        ("未成交金额", "actual_amount"),
        ("预计流失日期", "lost_on"),
        ("Expected won amount", "actual_amount"),
        ("负责人邮箱", "owner"),
        ("预计交付日期", "expected_close_on"),
        ("Team Lead", "team"),
        ("竞争对手数量", "competitor"),
    ],
)
def test_a_word_that_changes_the_meaning_is_never_overlooked(header, column):
    assert first_proposal(match_sheet(sheet_with("leads", header, frozenset({column})))[0])[0] != column


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Deal value", (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 9))),
        ("Deal value", ("2026-03-01", "2026-03-02", "2026/4/9")),
        ("Last activity", (125.5, 88.0, 990_000.0)),
        ("最近联系时间", ("张三", "李四", "王五")),
        ("Deal value", ("Acme", "Globex", "Initech")),
        ("业务员", (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 9))),
    ],
)
def test_values_that_contradict_a_header_make_it_a_question(header, cells):
    column = column_named(header, BY_NAME["leads"])
    match = match_sheet(sheet_with("leads", header, frozenset({column}), cells))[0].columns[-1]
    assert match.column is None
    assert DOUBTFUL <= match.confidence < CERTAIN


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Deal value", (12_000.0, None, "3万", "--")),
        ("Last activity", (46_000.0, 46_001.0, 46_002.5)),
        ("Last activity", ("2026-03-01", None, "上周三", date(2026, 1, 2))),
        ("业务员", ("张三", "李四", "王五")),
        ("业务员", (None, None, None)),
    ],
)
def test_values_that_fit_leave_a_known_header_certain(header, cells):
    column = column_named(header, BY_NAME["leads"])
    match = match_sheet(sheet_with("leads", header, frozenset({column}), cells))[0].columns[-1]
    assert match.column == column


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Lead Owner: Full Name", "owner"),
        ("Custmer ID", "customer_id"),
        ("LastFollowUpTime", "last_followup_on"),
        ("Est. Close Dt", "expected_close_on"),
        ("Deal - Lost time", "lost_on"),
        ("目前所屬階段", "stage"),
        ("上次聯絡時間", "last_followup_on"),
        ("预计成交额（万元）", "expected_amount"),
    ],
)
def test_other_words_for_the_same_thing_are_certain(header, column):
    assert first_proposal(match_sheet(sheet_with("leads", header, frozenset({column})))[0]) == (column, True)


def test_a_header_row_in_other_words_is_found_below_a_title():
    headers = ["客戶代號", "客戶公司名稱", "行業別", "名單來源", "初次聯絡日期", "目前階段", "業務人員"]
    rows = [["業務部週報"], headers, *([f"C{n}", "甲", "零售", "官網", "2026-03-01", "線索", "王"] for n in range(3))]
    (matched,) = match_sheet(RawSheet("export.xlsx", "digest", "工作表1", rows, list(range(1, 6))))
    assert (matched.table, matched.header_row) == ("leads", 2)
    columns = ["customer_id", "customer_name", "industry", "source", "first_contact_on", "stage", "owner"]
    assert [each.column for each in matched.columns] == columns


def test_matching_a_wide_sheet_is_quick():
    headers = [header for table, header, _ in variants() if table == "leads"][:60]
    rows = [["客户编号", "负责人", "当前跟进阶段", *headers], *([f"v{n}-{r}" for n in range(63)] for r in range(2000))]
    raw = RawSheet("export.xlsx", "digest", "Sheet1", rows, list(range(1, len(rows) + 1)))
    match_sheet(raw)  # the spellings are worked out once
    took = []
    for _ in range(5):
        started = time.perf_counter()
        match_sheet(raw)
        took.append(time.perf_counter() - started)
    assert min(took) < 0.1
