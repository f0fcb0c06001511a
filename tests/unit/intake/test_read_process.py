"""The child may be slow, starved or shot; the parent goes on, and the next file is read."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import time

import pytest
import xlsxwriter

from salesanalytics.errors import FileRefused
from salesanalytics.intake import read_process
from salesanalytics.intake.read import read_file, read_files
from salesanalytics.intake.read_process import Died, ReadingChild, _cause
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import Limits


def uploaded(name: str, content: bytes) -> UploadedFile:
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


def big_workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(40_000):
            sheet.write_row(row, 0, [f"C{row:06d}-{column}" for column in range(12)])
    return out.getvalue()


GOOD = uploaded("good.csv", b"a,b\n1,2\n")
BIG = uploaded("big.xlsx", big_workbook())


def test_too_slow_is_refused_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_process, "_PATIENCE", 1)
    start = time.monotonic()
    slow, good = read_files([BIG, GOOD], Limits(read_seconds=0.25))
    assert slow.refused is not None
    assert (slow.refused.kind, slow.sheets) == ("too-slow", ())
    assert good.refused is None
    assert good.sheets[0].rows == [["a", "b"], ["1", "2"]]
    assert time.monotonic() - start < 10


@pytest.mark.skipif(sys.platform != "linux", reason="the bound is the system's")
def test_work_without_end_is_too_slow_however_busy_the_machine_is() -> None:
    endless = "from salesanalytics.intake.child_process import bind_processor_time as b; b(0.2)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", endless], timeout=60, check=False)
    assert _cause(ended.returncode) == "too-slow"


@pytest.mark.skipif(sys.platform != "linux", reason="the memory bound is the system's")
def test_out_of_memory_is_refused_and_the_next_file_is_read() -> None:
    starved, good = read_files([BIG, GOOD], Limits(child_memory_bytes=64 * 2**20))
    assert starved.refused is not None
    assert starved.refused.kind == "out-of-memory"
    assert good.refused is None


def test_every_file_gets_its_answer_in_order() -> None:
    files = [GOOD, uploaded("empty.csv", b""), uploaded("locked.pdf", b"%PDF-1.7"), GOOD]
    results = list(read_files(files, Limits()))
    assert [result.file for result in results] == files
    assert [result.refused.kind if result.refused else None for result in results] == [
        None,
        "empty",
        "not-a-table",
        None,
    ]


def test_read_file_raises_what_read_files_returns() -> None:
    with pytest.raises(FileRefused) as refusal:
        read_file(uploaded("空.csv", b""), Limits())
    assert refusal.value.params["file"] == "空.csv"
    assert "空.csv" in refusal.value.message("zh")


def test_one_child_reads_many_files() -> None:
    child = ReadingChild(Limits())
    try:
        list(child.ask(GOOD.content))
        first = child._process
        list(child.ask(GOOD.content))
        assert first is not None
        assert child._process is first
        first.kill()
        first.wait()
        with pytest.raises(Died):
            list(child.ask(GOOD.content))
        assert ("sheet", "", False) in child.ask(GOOD.content)
    finally:
        child.close()
    assert child._process is None


def test_a_question_given_up_half_way_does_not_spoil_the_next() -> None:
    child = ReadingChild(Limits())
    try:
        half = child.ask(BIG.content)
        next(half)
        half.close()
        assert [message[0] for message in child.ask(GOOD.content) if message != ("waiting",)] == [
            "sheet",
            "expect",
            "rows",
            "marks",
        ]
    finally:
        child.close()


def test_the_child_imports_next_to_nothing() -> None:
    code = "import sys, salesanalytics.intake.read_child; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"polars", "pandas", "pydantic", "streamlit", "duckdb", "rapidfuzz", "openpyxl"}
