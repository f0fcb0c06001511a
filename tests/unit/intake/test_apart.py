"""A large upload: packed in memory, worked out in a process of its own with the same outcome, given up when asked, refused when out of memory."""

from __future__ import annotations

import csv
import hashlib
import io
import pickle
import random
import subprocess
import time
from datetime import UTC, datetime
from typing import Any

import psutil
import pytest

from salesanalytics.intake import apart
from salesanalytics.intake.apart import reprocess_apart
from salesanalytics.intake.packed_rows import PackedRows
from salesanalytics.intake.pipeline import ReadFiles, read_all, reprocess
from salesanalytics.intake.read import LARGE_CELLS
from salesanalytics.intake.read_wire import pack_columns
from salesanalytics.intake.types import Correction, UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS

HEADERS = ["客户编号", "客户名称", "行业", "线索来源", "首次接触时间", "当前跟进阶段", "负责人", "预计成交金额(元)"]


def _large() -> UploadedFile:
    rng = random.Random(3)
    rows = [
        [
            f"K{n:06d}",
            f"客户{n}",
            "制造",
            "官网",
            "2026-10-01",
            rng.choice(("线索", "意向", "洽谈中", "")),
            "王芳",
            str(n),
        ]
        for n in range(LARGE_CELLS // len(HEADERS) + 1)
    ]
    rows[10][0] = rows[20_000][0]
    out = io.StringIO()
    csv.writer(out).writerows([HEADERS, *rows])
    content = out.getvalue().encode()
    return UploadedFile("2026-11-15 leads.csv", content, hashlib.sha256(content).hexdigest())


@pytest.fixture(scope="module")
def large() -> ReadFiles:
    return read_all([_large()], DEFAULT_SETTINGS)


def _correction(row: int, column: str, new: str) -> Correction:
    digest = hashlib.sha256(_large().content).hexdigest()
    return Correction(digest, "2026-11-15 leads", row, column, None, new, "set", "ann", datetime.now(UTC), "cell")


def test_apart_and_beside_come_to_the_same(large: ReadFiles) -> None:
    assert isinstance(large.sheets[0].rows, PackedRows)
    told: list[tuple[str, float, int]] = []
    how: dict[str, Any] = {
        "corrections": (_correction(3, "当前跟进阶段", "报价"), _correction(4, "客户编号", "NEW")),
        "known_customers": lambda: frozenset({"K000001"}),
    }
    there = reprocess_apart(large, DEFAULT_SETTINGS, progress=lambda *said: told.append(said), **how)
    here = reprocess(large, DEFAULT_SETTINGS, **how)
    assert there.tables.keys() == here.tables.keys()
    assert there.tables["leads"].equals(here.tables["leads"])
    assert (there.issues, there.quarantine, there.as_of_found) == (here.issues, here.quarantine, here.as_of_found)
    assert there.files[0].sheets[0].raw is large.sheets[0]  # not sent back and forth
    assert there.files[0].sheets[0].columns == here.files[0].sheets[0].columns
    assert len(there.quarantine) > 1000
    assert list(dict.fromkeys(step for step, _, _ in told)) == ["match", "type", "check"]
    assert told[-1] == ("check", 1.0, here.files[0].sheets[0].data_indices[-1])


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_giving_up_ends_the_process(large: ReadFiles) -> None:
    before = _children()
    seen: list[set[int]] = []

    class GivenUp(BaseException):
        """As Streamlit stops a script: no Exception."""

    def progress(*_: object) -> None:
        seen.append(_children() - before)
        raise GivenUp

    start = time.monotonic()
    with pytest.raises(GivenUp):
        reprocess_apart(large, DEFAULT_SETTINGS, progress=progress)
    assert time.monotonic() - start < 5
    assert len(seen[0]) == 1
    assert _children() == before


def test_giving_up_a_reading_ends_its_child() -> None:
    before = _children()

    def progress(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_all([_large()], DEFAULT_SETTINGS, progress)
    assert _children() == before


def test_a_process_that_ends_over_it_refuses_the_files(large: ReadFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    real = apart.started

    def shot(*asked: object) -> subprocess.Popen[bytes]:
        process = real(*asked)
        process.kill()
        return process

    monkeypatch.setattr(apart, "started", shot)
    batch = reprocess_apart(large, DEFAULT_SETTINGS)
    assert [(report.file, report.refused) for report in batch.files] == [("2026-11-15 leads.csv", "out-of-memory")]
    assert not batch.tables


def test_a_fault_of_our_own_is_no_refusal(large: ReadFiles) -> None:
    with pytest.raises(RuntimeError, match="unexpected keyword"):
        reprocess_apart(large, DEFAULT_SETTINGS, no_such_argument=1)


def test_small_ones_stay_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "started", lambda *_: pytest.fail("no process for three rows"))
    content = "客户编号,客户名称,当前跟进阶段\nA1,甲,线索\n".encode()
    read = read_all([UploadedFile("a.csv", content, hashlib.sha256(content).hexdigest())], DEFAULT_SETTINGS)
    assert reprocess_apart(read, DEFAULT_SETTINGS).tables["leads"].height == 1


ROWS = [[f"t{n}", n, n / 2, None, datetime(2026, 1, 1 + n % 28)] for n in range(50)]


def _packed() -> PackedRows:
    return PackedRows([(20, tuple(pack_columns(ROWS[:20]))), (30, tuple(pack_columns(ROWS[20:])))], 6)


def test_packed_rows_read_like_a_list() -> None:
    rows, expected = _packed(), [[*row, None] for row in ROWS]
    assert list(rows) == expected
    assert [rows[at] for at in range(-50, 50)] == expected + expected
    assert rows[18:23] == expected[18:23]
    assert [rows.column(at) for at in range(6)] == [list(column) for column in zip(*expected, strict=True)]
    assert list(pickle.loads(pickle.dumps(rows))) == expected  # noqa: S301
    with pytest.raises(IndexError):
        rows[50]


def test_packed_rows_take_changes_beside() -> None:
    rows, whole = _packed(), [[*row, None] for row in ROWS]
    changed = rows.with_changes({21: ["new"]})
    assert changed[21] == ["new"]
    assert (changed.column(0)[21], changed.column(1)[21]) == ("new", None)
    assert list(pickle.loads(pickle.dumps(changed)))[20:23] == [whole[20], ["new"], whole[22]]  # noqa: S301
    assert list(rows) == whole
