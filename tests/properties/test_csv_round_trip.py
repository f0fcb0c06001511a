"""What our own CSV downloads hold comes back exactly as it was when they are uploaded again, and nothing in them is calculated."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesanalytics.commands.table_file import csv_bytes as command_csv
from salesanalytics.intake.inert_text import as_written, inert
from salesanalytics.intake.read_text import read_text
from salesanalytics.intake.read_wire import unpack_rows
from salesanalytics.ui.csv_file import csv_bytes

CELL = st.one_of(
    st.text(st.sampled_from("'=+-@ \t\r0a1,.%－＝—"), max_size=8),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.integers(-(10**6), 10**6).map(str),
    st.sampled_from(
        ["-", "--", "—", "-300", "+86 138", "=1+1", "@SUM(A1)", "'-300", "''=x", "-300,5%", "-1+1", "\t=1"]
    ),
)
LIMITS = {"max_rows": 10**6, "max_columns": 10**4, "max_cells": 10**7}


def _read(content: bytes) -> list[list[str]]:
    sent = []
    read_text(content, LIMITS, sent.append)
    rows = [row for kind, *rest in sent if kind == "rows" for row in unpack_rows(rest[1], len(rest[0]))]
    return [[cell or "" for cell in row] for row in rows]


@given(CELL)
def test_what_was_set_off_is_taken_back(cell):
    assert as_written(inert(cell)) == cell


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_a_download_comes_back_as_it_was(rows):
    records = [{"a": "x", "b": one, "c": two, "d": "y"} for one, two in rows]
    wanted = [["x", one, two, "y"] for one, two in rows]
    assert _read(csv_bytes(records))[1:] == wanted
    assert _read(command_csv([list(record.values()) for record in records])) == wanted


@given(CELL)
def test_no_cell_of_a_download_begins_a_formula(cell):
    shown = next(csv.reader(io.StringIO(csv_bytes([{"a": cell}]).decode("utf-8-sig"), newline="")), None)
    (written,) = list(csv.reader(io.StringIO(csv_bytes([{"a": cell}]).decode("utf-8-sig"), newline="")))[1] or [""]
    assert shown == ["a"]
    begins = written.startswith(("\t", "\r")) or written.lstrip().startswith(
        ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    )
    if begins:  # only one plain number or dashes may
        assert re.fullmatch(r"[-+]?[0-9,.]+ ?%?|[-－—–]+", written.strip(" "))


@pytest.mark.parametrize("plain", ["-300", "+5", "-1,234.50", "-60%", "-", "--", "——", ""])
def test_numbers_and_dashes_stay_as_they_are(plain):
    assert inert(plain) == plain


@pytest.mark.parametrize(
    "formula", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1+1", "\t=1", "\r=1", "\tabc", " =1", "-A1", "＝1+1"]
)
def test_formulas_are_set_off(formula):
    assert inert(formula) == "'" + formula
