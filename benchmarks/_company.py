"""A large believable company: a leads workbook of 15 columns, and leads with follow-ups as an import's batch.

``python -m benchmarks._company PATH ROWS`` writes the workbook (in a process of its own, so that its memory is not counted).
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, datetime, timedelta

import polars as pl
import xlsxwriter

from salesanalytics.intake.types import Batch, FileReport

HEADERS = (
    "客户编号",
    "客户名称(脱敏)",
    "行业",
    "线索来源",
    "首次接触时间",
    "当前跟进阶段",
    "负责人",
    "预计成交金额(元)",
    "最后跟进时间",
    "备注",
    "区域",
    "团队",
    "客户等级",
    "预计成交日期",
    "联系人",
)
STAGES = (("线索", 40), ("意向", 30), ("商机", 20), ("报价", 10))
INDUSTRIES = ("制造业", "零售", "金融", "医疗", "教育")
SOURCES = ("官网", "展会", "转介绍", "电话营销")
NOTES = ("已发送报价", "等待预算批复", "需要演示", "联系人休假")
TEAMS = ("华东一组", "华南组", "华北组")
REGIONS = ("华东", "华南", "华北")
LAST_DAY = date(2026, 11, 8)
STAGE_IDS = (("lead", 35), ("prospect", 25), ("opportunity", 15), ("quote", 8), ("won", 10), ("lost", 7))


def leads_workbook(path: str, rows: int, seed: int = 7) -> None:
    """Write ``rows`` clean open leads in the standard template's customary columns and five extended ones."""
    rng = random.Random(seed)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("销售数据")
    sheet.write_row(0, 0, HEADERS)
    stages, weights = zip(*STAGES, strict=True)
    for row in range(1, rows + 1):
        first = datetime(2025, 1, 1) + timedelta(days=rng.randrange(600))
        last = first + timedelta(days=rng.randrange(60))
        owner = rng.randrange(24)
        sheet.write_string(row, 0, f"CL{row:07d}")
        sheet.write_string(row, 1, f"客户{row}有限公司")
        sheet.write_string(row, 2, rng.choice(INDUSTRIES))
        sheet.write_string(row, 3, rng.choice(SOURCES))
        sheet.write_datetime(row, 4, first, day)
        sheet.write_string(row, 5, rng.choices(stages, weights)[0])
        sheet.write_string(row, 6, f"销售{owner:02d}")
        sheet.write_number(row, 7, rng.randrange(10**6, 10**8) / 100)
        sheet.write_datetime(row, 8, last, day)
        if rng.random() < 0.3:
            sheet.write_string(row, 9, rng.choice(NOTES))
        sheet.write_string(row, 10, rng.choice(REGIONS))
        sheet.write_string(row, 11, TEAMS[owner % 3])
        sheet.write_string(row, 12, rng.choice("ABC"))
        sheet.write_datetime(row, 13, last + timedelta(days=700), day)
        sheet.write_string(row, 14, "张" + rng.choice("伟芳娜敏静"))
    book.close()


def batch(leads: int, followups: int, seed: int = 7) -> Batch:
    """Return ``leads`` customers in every stage, ``followups`` of theirs, and targets of the year, typed as intake types them."""
    rng = random.Random(seed)
    frames = {"leads": _leads(leads, rng), "followups": _followups(leads, followups, rng), "targets": _targets()}
    frames = {name: _placed(frame, name) for name, frame in frames.items()}
    return Batch(
        tables=frames, quarantine=(), issues=(), files=(FileReport("company.xlsx", "0" * 64),), as_of_found=LAST_DAY
    )


def _placed(frame: pl.DataFrame, sheet: str) -> pl.DataFrame:
    origin = {"_digest": "0" * 64, "_file": "company.xlsx", "_sheet": sheet}
    return frame.with_columns(
        *(pl.lit(value).alias(name) for name, value in origin.items()),
        (pl.int_range(pl.len(), dtype=pl.Int64) + 2).alias("_row"),
    )


def _leads(count: int, rng: random.Random) -> pl.DataFrame:
    stages, weights = zip(*STAGE_IDS, strict=True)
    rows = []
    for number in range(count):
        stage = rng.choices(stages, weights)[0]
        first = date(2025, 1, 1) + timedelta(days=rng.randrange(660))
        closed = min(first + timedelta(days=rng.randrange(10, 120)), LAST_DAY)
        owner = rng.randrange(200)
        amount = rng.randrange(10**6, 10**8) / 100
        rows.append(
            {
                "customer_id": f"CL{number:07d}",
                "customer_name": f"客户{number}有限公司",
                "industry": rng.choice(INDUSTRIES),
                "source": rng.choice(SOURCES),
                "first_contact_on": first,
                "stage": stage,
                "owner": f"销售{owner:03d}",
                "team": TEAMS[owner % 3],
                "region": rng.choice(REGIONS),
                "grade": rng.choice("ABC"),
                "expected_amount": amount,
                "actual_amount": amount if stage == "won" else None,
                "won_on": closed if stage == "won" else None,
                "lost_on": closed if stage == "lost" else None,
                "lost_reason": "预算不足" if stage == "lost" else None,
                "lost_from_stage": "opportunity" if stage == "lost" else None,
                "_custom": json.dumps({"产品线": rng.choice(("云", "硬件", "服务"))}, ensure_ascii=False),
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def _followups(leads: int, count: int, rng: random.Random) -> pl.DataFrame:
    reached = ("prospect", "opportunity", "quote")
    start = datetime(2025, 1, 2, 9)
    rows = {
        "followup_id": [f"GJ{number:07d}" for number in range(count)],
        "customer_id": [f"CL{rng.randrange(leads):07d}" for _ in range(count)],
        "followed_up_at": [start + timedelta(minutes=rng.randrange(670 * 24 * 60)) for _ in range(count)],
        "method": rng.choices(("电话", "邮件", "拜访", "线上"), k=count),
        "followed_up_by": [f"销售{rng.randrange(200):03d}" for _ in range(count)],
        "stage_after": [rng.choice(reached) if rng.random() < 0.2 else None for _ in range(count)],
        "effective": [rng.random() < 0.7 for _ in range(count)],
    }
    return pl.DataFrame(rows)


def _targets() -> pl.DataFrame:
    rows = [
        {"period": f"2026-{month:02d}", "team": team, "target_amount": 2e8} for month in range(1, 13) for team in TEAMS
    ]
    return pl.DataFrame(rows)


if __name__ == "__main__":
    leads_workbook(sys.argv[1], int(sys.argv[2]))
    print("{}")
