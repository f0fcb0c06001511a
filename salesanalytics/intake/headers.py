"""Where tables lie in a sheet: header rows among titles, notes and blanks, and what below a header is data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from salesanalytics.intake.header_vocabulary import column_by_bones, header_words, vocabulary
from salesanalytics.intake.header_wording import bones
from salesanalytics.intake.types import Cell
from salesanalytics.tables import TABLES
from salesanalytics.tables.headers import header_forms

SEARCHED_ROWS = 40  # rows from the top in which every row may be a header; further down only after a blank row
_HAN_TOTALS = ("合计", "总计", "小计", "汇总", "共计", "总和", "平均", "合計", "總計", "小計", "本页合计", "本月合计")
_TOTALS = frozenset((*_HAN_TOTALS, "total", "totals", "subtotal", "sum", "grandtotal", "average"))
_TOTAL_OF = re.compile(
    r"^\s*(?:(?:grand |sub|report )?totals?|合计|总计|小计|共计|合計|總計|小計)\s*[(（:：]?\s*[\d,]*\s*(?:records?|rows?|条|行|笔|條|筆)?\s*(?:记录|記錄)?\s*[)）]?\s*$",
    re.IGNORECASE,
)  # "Grand Totals (160 records)", "合计（160条）"
_LONE_ID = re.compile(r"^\s*[\w-]*\d[\w-]*\s*$", re.ASCII)
_FIRST_SIGNS = frozenset("合总小汇共平總本注备備说說数来制填审导统*※# \u3000")
_NOTE = re.compile(
    r"^\s*(注|备注|備註|说明|說明|数据来源|数据截至|数据截止|来源|制表|填表|审核|导出|统计口径|note|remark|source|prepared|exported|generated|\*|※|#)"
    r"(\s|[:：]|\d|$|[^\s]{0,6}[:：])",
    re.IGNORECASE,
)


DERIVED_KEYS = frozenset({"followup_id"})  # keys that can be made from the row's content where a log has none


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing one can see."""
    return cell is None or (type(cell) is str and not cell.strip())


def is_blank_row(row: Sequence[Cell]) -> bool:
    """Say whether a whole row is blank."""
    return all(is_blank(cell) for cell in row)


def table_scores(headers: Iterable[str]) -> dict[str, float]:
    """Score a row of header cells against every table: the share of headers it explains, of its expected and of its required columns present.

    Tables that explain too little are left out. 2.5 is a full match.
    """
    headers = list(headers)
    forms = [header_forms(header) for header in headers]
    scores: dict[str, float] = {}
    for table in TABLES:
        words = vocabulary(table.name)
        found = {words[form] for each in forms for form in each[:2] if form in words}
        if (
            len(found) >= 2
        ):  # what is worded differently counts only beside headers known to the letter: data rows are searched too
            found |= {column for each in headers if (column := column_by_bones(table.name).get(bones(each)))}
        if len(found) < 2 or not _enough(len(found), len(forms)):
            continue
        expected = {column.name for column in table.columns if column.expected}
        required = {column.name for column in table.columns if column.required} - DERIVED_KEYS
        shares = len(found & expected) / len(expected) + 0.5 * len(found & required) / len(required)
        scores[table.name] = len(found) / len(forms) + shares
    return scores


def _enough(found: int, cells: int) -> bool:
    return found * 2 >= cells or found >= 3


def header_cells(row: Sequence[Cell]) -> list[str]:
    """Return the texts of a row that may be a header; empty if it holds too much that is not text."""
    filled = [cell for cell in row if not is_blank(cell)]
    texts = [cell.strip() for cell in filled if isinstance(cell, str)]
    return texts if len(texts) >= 2 and len(texts) * 5 >= len(filled) * 4 else []


def find_headers(rows: Sequence[Sequence[Cell]], known: Sequence[frozenset[str]] = ()) -> list[int]:
    """Return the indices of header rows, top down. ``known``: sets of normalised headers that make one too (a map's, or remembered ones)."""
    return [index for index in _candidates(rows) if _is_header(rows[index], known)]


def _candidates(rows: Sequence[Sequence[Cell]]) -> Iterable[int]:
    words = header_words()
    yield from range(min(SEARCHED_ROWS, len(rows)))
    for index in range(SEARCHED_ROWS, len(rows)):
        row = rows[index]
        first = row[0] if row else None
        if (type(first) is str and first in words) or (not any(rows[index - 1]) and is_blank_row(rows[index - 1])):
            yield index


def _is_header(row: Sequence[Cell], known: Sequence[frozenset[str]]) -> bool:
    cells = header_cells(row)
    if not cells:
        return False
    whole = {form for cell in cells for form in header_forms(cell)[:1]}
    return any(_is_known(whole, headers) for headers in known) or bool(table_scores(cells))


def _is_known(row: set[str], headers: frozenset[str]) -> bool:
    """Say whether a row shows all of these headers, or enough of them."""
    hits = len(row & headers)
    return hits >= 2 and (hits == len(headers) or _enough(hits, len(row)))


def regions(rows: Sequence[Sequence[Cell]], headers: Sequence[int]) -> list[tuple[int, int, int]]:
    """Turn header rows into regions (header index, first body row, end). A header repeated as it is belongs to its region."""
    starts: list[int] = []
    for index in headers:
        if not starts or list(rows[index]) != list(rows[starts[-1]]):
            starts.append(index)
    return [(start, start + 1, end) for start, end in pairwise([*starts, len(rows)])]


def dropped_rows(rows: Sequence[Sequence[Cell]], header: int, end: int) -> dict[int, str]:
    """Say which rows below a header hold no data: blank rows, totals, notes, and the header printed again."""
    dropped: dict[int, str] = {}
    head = list(rows[header])
    wide = sum(not is_blank(cell) for cell in head) >= 3
    for index in range(header + 1, end):
        row = rows[index]
        first = row[0] if row else None
        if first == head[0] and list(row) == head:
            dropped[index] = "header"
        elif _suspect(first, row) and (reason := _reason(row, wide)):
            dropped[index] = reason
    return dropped | _tail_notes(rows, header, end, dropped) if wide else dropped


def _tail_notes(rows: Sequence[Sequence[Cell]], header: int, end: int, dropped: Mapping[int, str]) -> dict[int, str]:
    """Find lone texts below the data, parted from it by a blank row: notes, or the title of the next table. A lone id is a row."""
    tail: list[int] = []
    for index in range(end - 1, header, -1):
        filled = [cell for cell in rows[index] if not is_blank(cell)]
        if len(filled) > 1 and index not in dropped:
            break
        tail.append(index)
    below_blank = False
    notes: dict[int, str] = {}
    for index in reversed(tail):
        if index in dropped:
            below_blank = True
        elif below_blank and not _LONE_ID.match(str(next(cell for cell in rows[index] if not is_blank(cell)))):
            notes[index] = "note"
    return notes


def _suspect(first: Cell, row: Sequence[Cell]) -> bool:
    """The cheap test most data rows end at: an ordinary id in the first cell, and something in the next ones."""
    if type(first) is not str or not first:
        return True
    return len(first) > 12 or first[0] in _FIRST_SIGNS or first.strip().casefold() in _TOTALS or not any(row[1:3])


def _reason(row: Sequence[Cell], wide: bool) -> str | None:
    filled = [cell for cell in row if not is_blank(cell)]
    if not filled:
        return "blank"
    first = filled[0]
    if not isinstance(first, str):
        return None
    word = first.strip().rstrip(":：").replace(" ", "").casefold()
    if word in _TOTALS or _TOTAL_OF.match(first):
        return "total"
    if wide and len(filled) <= 3 and _NOTE.match(first):
        return "note"
    if wide and len(filled) == 1 and (len(first) > 30 or first.rstrip().endswith(("。", "."))):
        return "note"
    return None
