"""A leads export of any length, as xlsx or csv, 300,000 rows of which are 60 MB or more: made anew for each measurement, nothing of it kept."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from salesanalytics.tables import LEADS

COLUMNS = (
    "customer_id", "customer_name", "industry", "source", "first_contact_on", "stage", "owner", "expected_amount",
    "last_followup_on", "notes", "region", "team", "grade", "contact_name", "contact_phone", "expected_close_on",
    "competitor", "assigned_at",
)  # fmt: skip
AS_OF = date(2026, 11, 15)
_WORDS = [
    "客户希望下周安排演示",
    "价格还需要和总部确认",
    "已发送方案等待回复",
    "关注交付周期和售后服务",
    "预算在下季度批准",
]
_CHOICES = {
    "industry": ("制造业", "零售", "金融", "医疗健康", "教育", "能源", "物流", "IT服务"),
    "source": ("官网表单", "展会", "转介绍", "代理商", "电话", "广告"),
    "stage": ("线索", "意向", "商机", "报价"),
    "region": ("华东", "华北", "华南", "西南", "华中", "西北", "东北"),
    "grade": ("A", "B", "C"),
    "competitor": ("甲软件", "乙科技", "丙云"),
}
_TEAMS = {
    "一部": ("张伟", "李娜", "王芳", "赵磊"),
    "二部": ("陈静", "杨洋", "黄勇", "周婷"),
    "三部": ("吴昊", "徐丽", "孙杰", "马超"),
}
Value = str | float | date


def rows(count: int, noise_bytes: int, seed: int = 7) -> Iterator[dict[str, Value]]:
    """Yield ``count`` valid leads, column → value, dates before ``AS_OF``; ``noise_bytes`` of each note no zip can squeeze."""
    rng = random.Random(seed)
    for number in range(1, count + 1):
        team = rng.choice(tuple(_TEAMS))
        first = AS_OF - timedelta(days=rng.randrange(30, 400))
        row: dict[str, Value] = {name: rng.choice(choices) for name, choices in _CHOICES.items()}
        row |= {
            "customer_id": f"BIG{number:07d}",
            "customer_name": f"第{number:07d}号客户有限公司",
            "first_contact_on": first,
            "team": team,
            "owner": rng.choice(_TEAMS[team]),
            "expected_amount": rng.randrange(10**8) / 100,
            "last_followup_on": first + timedelta(days=rng.randrange(30)),
            "notes": f"{rng.choice(_WORDS)}，{rng.choice(_WORDS)}，编号 {rng.randbytes(noise_bytes).hex()}",
            "contact_name": f"联系人{rng.randrange(10**5)}",
            "contact_phone": f"138{rng.randrange(10**8):08d}",
            "expected_close_on": AS_OF + timedelta(days=rng.randrange(120)),
            "assigned_at": f"{first} {rng.randrange(8, 18):02d}:{rng.randrange(60):02d}:00",
        }
        yield row


def write_csv(path: Path, count: int) -> None:
    """Write the export as UTF-8 csv with the Chinese template's headers."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(LEADS.column(name).zh for name in COLUMNS)
        writer.writerows([row[name] for name in COLUMNS] for row in rows(count, 4))


def write_xlsx(path: Path, count: int) -> None:
    """Write the export as xlsx, dates as true dates."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("销售数据基础录入表")
    sheet.write_row(0, 0, [LEADS.column(name).zh for name in COLUMNS])
    for place, row in enumerate(rows(count, 90), start=1):
        for column, name in enumerate(COLUMNS):
            value = row[name]
            if isinstance(value, date):
                sheet.write_datetime(place, column, value, day)
            elif isinstance(value, float):
                sheet.write_number(place, column, value)
            else:
                sheet.write_string(place, column, value)
    book.close()


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
