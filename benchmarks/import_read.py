"""How much slower our reading is than bare calamine, in the same run: ``python -m benchmarks.import_read [rows]``.

Prints seconds, the ratio, and peak memory of parent and child; then what a file costs among 26 small ones.
"""

from __future__ import annotations

import hashlib
import io
import random
import resource
import sys
import time
from datetime import datetime, timedelta

import xlsxwriter
from python_calamine import CalamineWorkbook

from salesanalytics.intake.read import read_file, read_files
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import Limits

COLUMNS = 15
CHOICES = (
    "制造业",
    "零售",
    "金融",
    "医疗健康",
    "展会",
    "官网",
    "转介绍",
    "张伟",
    "李娜",
    "王芳",
    "华东",
    "华北",
    "意向",
    "商机",
)


def leads_workbook(rows: int, seed: int = 7) -> bytes:
    """A leads-like xlsx of ``rows`` rows and 15 columns: ids, names, choices, three dates, two amounts, notes."""
    rng = random.Random(seed)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("leads")
    sheet.write_row(0, 0, [f"列{column}" for column in range(COLUMNS)])
    for row in range(1, rows + 1):
        for column in range(COLUMNS):
            if column in (4, 8, 10):
                sheet.write_datetime(row, column, datetime(2026, 1, 1) + timedelta(days=rng.randrange(300)), day)
            elif column in (7, 12):
                sheet.write_number(row, column, rng.randrange(10**8) / 100)
            elif column in (0, 1, 9):
                sheet.write_string(row, column, f"CL{row:07d}-{column}")
            elif column != 14 or rng.random() < 0.2:
                sheet.write_string(row, column, rng.choice(CHOICES))
    book.close()
    return out.getvalue()


def uploaded(name: str, content: bytes) -> UploadedFile:
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


def seconds_bare(content: bytes) -> float:
    start = time.perf_counter()
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - start


def seconds_ours(file: UploadedFile) -> float:
    start = time.perf_counter()
    read_file(file, Limits())
    return time.perf_counter() - start


def main(rows: int = 100_000, rounds: int = 3) -> float:
    """Print the figures and return the ratio of the best rounds."""
    file = uploaded("leads.xlsx", leads_workbook(rows))
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(seconds_ours(file))
        if not bare:  # before calamine has filled this process
            parent, child = (
                resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            )
        bare.append(seconds_bare(file.content))
    ratio = min(ours) / min(bare)
    print(f"{rows:,} x {COLUMNS}: ours {min(ours):.2f} s, bare calamine {min(bare):.2f} s, ratio {ratio:.2f}")
    print(f"peak memory: parent {parent:.0f} MiB, child {child:.0f} MiB")
    weeks = [uploaded(f"week-{week}.xlsx", leads_workbook(1_500, seed=week)) for week in range(26)]
    start = time.perf_counter()
    refused = [result.refused for result in read_files(weeks, Limits()) if result.refused]
    print(f"26 files of 1,500 rows: {(time.perf_counter() - start) / 26 * 1000:.0f} ms a file, {len(refused)} refused")
    return ratio


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
