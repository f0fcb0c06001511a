"""The last week's workbook, made dirty: every problem a cell or a row can have, at known places, among dirt that is only untidy."""

from __future__ import annotations

from datetime import date, datetime

from salesanalytics.sample.diary import Row
from salesanalytics.sample.dirty_sheet import DirtySheet, Line
from salesanalytics.sample.exports import Export
from salesanalytics.sample.plain_workbook import ErrorValue, Formula
from salesanalytics.tables import BY_NAME

KEPT = 90  # customers contacted this week
SIGNED = 12
FUTURE = date(2027, 1, 20)


def dirty_week(export: Export) -> list[DirtySheet]:
    """Return the sheets of the dirty workbook, in the order they stand in it."""
    tables = export.tables
    recent = {row["customer_id"] for row in tables["followups"]}
    signed = {row["customer_id"] for row in tables["contracts"][-3 * SIGNED :]}
    touched = [row for row in tables["leads"] if row["customer_id"] in recent and row["owner"]][-KEPT:]
    won = [row for row in tables["leads"] if row["customer_id"] in signed and row not in touched]
    leads = touched + won
    kept = {row["customer_id"] for row in leads}
    followups = [row for row in tables["followups"] if row["customer_id"] in kept]
    contracts = [row for row in tables["contracts"] if row["customer_id"] in kept]
    return [
        _followups(followups),
        _leads(leads),
        _contracts(contracts),
        _targets(tables["targets"]),
    ]


def _leads(rows: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["leads"], rows, "Sheet1")
    sheet.above = ["某某公司销售数据基础录入表（2026年第45周）", "单位：元"]
    sheet.headers = {
        "customer_name": " 客户名称（脱敏）",
        "expected_amount": "预计成交金额（元）",
        "source": "線索來源",
    }
    _untidy_leads(sheet)
    _unreadable_leads(sheet)
    _implausible_leads(sheet)
    _duplicate_leads(sheet)
    _respelt_leads(sheet)
    sheet.lines.insert(20, {})
    sheet.lines.insert(41, {})
    total = sum(cell for line in sheet.lines if isinstance(cell := line.get("expected_amount"), int))
    sheet.lines += [{"customer_id": "合计", "expected_amount": total}, {}]
    sheet.lines += [{"_text": "注：本表由销售运营部整理，金额单位为元。"}, {"_text": "制表人：运营部"}]
    return sheet


def _untidy_leads(sheet: DirtySheet) -> None:
    """Spellings that must be understood: nothing here is an issue."""
    lines = sheet.lines
    for place, amount in ((0, "￥5万"), (1, "50,000"), (2, "12.5万元"), (3, "３２００００"), (4, " 88000 "), (5, "--")):
        lines[place]["expected_amount"] = amount
    for place, day in ((0, "2026/3/1"), (1, "2026年3月1日"), (2, "20260302"), (3, "2026-03-02"), (4, " 2026.3.5 ")):
        lines[place]["first_contact_on"] = day
    for line in lines[6:12]:
        line["stage"] = f" {line['stage']} "
        line["owner"] = f"{line['owner']}　"
        line["customer_id"] = f"{line['customer_id']} "


def _unreadable_leads(sheet: DirtySheet) -> None:
    sheet.plant("unknown-stage", 14, "stage", "洽谈中")
    sheet.plant("unknown-stage", 15, "stage", "等消息")
    sheet.plant("empty-stage", 16, "stage")
    sheet.plant("empty-key", 17, "customer_id")
    sheet.plant("unreadable-date", 18, "first_contact_on", "2026/13/40")
    sheet.plant("unreadable-date", 19, "last_followup_on", "上周三下午")
    sheet.plant("unreadable-amount", 21, "expected_amount", "详见合同附件")
    sheet.plant("uncomputed-formula", 22, "expected_amount", Formula("SUM(1000,2000)"))
    sheet.plant("uncomputed-text", 23, "notes", Formula('CONCATENATE("a","b")'))
    sheet.plant("error-cell", 24, "expected_amount", ErrorValue("#N/A"))
    sheet.plant("error-text", 25, "notes", ErrorValue("#REF!"))
    sheet.plant("missing-expected-cell", 26, "customer_name")
    sheet.plant("missing-expected-cell", 27, "industry")


def _implausible_leads(sheet: DirtySheet) -> None:
    _open(sheet.lines[45])
    sheet.plant("implausible-date", 30, "first_contact_on", date(1925, 6, 1))
    sheet.plant("negative-amount", 31, "expected_amount", -50_000)
    sheet.plant("absurd-amount", 32, "expected_amount", 990_000_000_000)
    sheet.plant("sensitive-in-notes", 33, "notes", "决策人手机13800000000，周五后联系")
    sheet.plant("first-contact-in-future", 34, "first_contact_on", FUTURE)
    sheet.plant("last-followup-in-future", 35, "last_followup_on", FUTURE)
    sheet.lines[36]["last_followup_on"] = date(2026, 1, 2)
    sheet.plant("followup-before-first-contact", 36, "first_contact_on", date(2026, 5, 8))
    sheet.plant("overdue-close", 45, "expected_close_on", date(2026, 9, 1))
    for place, kind, name in ((37, "won-without-amount", "actual_amount"), (38, "won-without-date", "won_on")):
        _won(sheet.lines[place])
        sheet.plant(kind, place, name)
    _lost(sheet.lines[39])
    sheet.plant("lost-without-reason", 39, "lost_reason")
    for place, kind, day in ((42, "closed-before-first-contact", date(2025, 7, 1)), (43, "closed-in-future", FUTURE)):
        _won(sheet.lines[place])
        sheet.plant(kind, place, "won_on", day)
    sheet.plant("id-damaged", 44, "customer_id", 202_601_234_567_890_112)


def _open(line: Line) -> None:
    line.update(dict.fromkeys(("won_on", "actual_amount", "lost_on", "lost_reason", "lost_from_stage", "delivered_on")))
    line["stage"] = "报价"


def _won(line: Line) -> None:
    _open(line)
    line |= {
        "stage": "成交",
        "won_on": date(2026, 11, 4),
        "actual_amount": 260_000,
        "first_contact_on": date(2026, 8, 3),
    }


def _lost(line: Line) -> None:
    _open(line)
    line |= {
        "stage": "流失",
        "lost_on": date(2026, 11, 5),
        "lost_from_stage": "商机",
        "first_contact_on": date(2026, 8, 3),
    }


def _duplicate_leads(sheet: DirtySheet) -> None:
    copied = dict(sheet.lines[50])
    sheet.lines.insert(55, copied)
    sheet.note("duplicate-identical", copied, "customer_id")
    contradicting = dict(sheet.lines[52]) | {"expected_amount": 777_000, "notes": "金额以此行为准"}
    sheet.lines.insert(60, contradicting)
    sheet.note("duplicate-conflicting", 52, "customer_id")
    sheet.note("duplicate-conflicting", contradicting, "customer_id")


def _respelt_leads(sheet: DirtySheet) -> None:
    """Values spelled in a second way: other signs, other width, other script."""
    for name, usual, variant in (
        ("source", "官网表单", "官网 表单"),
        ("industry", "互联网科技", "互联网-科技"),
        ("region", "华东", "華東"),
    ):
        place = next(n for n in range(65, len(sheet.lines)) if sheet.lines[n].get(name) == usual)
        sheet.plant("spelling-variant", place, name, variant)


def _followups(rows: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["followups"], rows, "跟进")
    sheet.headers = {"followed_up_at": "跟进时间 ", "method": "跟進方式"}
    sheet.lines[0]["followed_up_at"] = "2026/11/3 14:30"
    sheet.lines[1]["followed_up_at"] = "2026年11月4日"
    sheet.lines[2]["effective"] = " 是 "
    sheet.plant("empty-key", 5, "followup_id")
    sheet.plant("missing-required-cell", 6, "customer_id")
    sheet.plant("missing-required-cell", 7, "followed_up_at")
    sheet.plant("unreadable-date", 8, "followed_up_at", "昨天下午")
    sheet.plant("unknown-stage", 9, "stage_after", "再议")
    sheet.plant("unreadable-boolean", 10, "effective", "看情况")
    sheet.plant("unknown-method", 11, "method", "飞鸽传书")
    sheet.plant("orphan-customer", 12, "customer_id", "CL209900001")
    sheet.plant("future-followup", 13, "followed_up_at", datetime(2027, 1, 20, 10, 0))
    sheet.lines[14]["followed_up_at"] = datetime(2026, 10, 2, 9, 30)
    sheet.plant("late-recorded", 14, "recorded_at", datetime(2026, 11, 6, 18, 0))
    sheet.plant("sensitive-in-notes", 15, "summary", "客户手机13900000000，已加微信")
    _next_passed(sheet)
    copied = dict(sheet.lines[20])
    sheet.lines.insert(24, copied)
    sheet.note("duplicate-identical", copied, "followup_id")
    contradicting = dict(sheet.lines[21]) | {"summary": "与上一条编号相同，内容不同"}
    sheet.lines.insert(26, contradicting)
    sheet.note("duplicate-conflicting", 21, "followup_id")
    sheet.note("duplicate-conflicting", contradicting, "followup_id")
    sheet.lines.insert(18, {})
    return sheet


def _next_passed(sheet: DirtySheet) -> None:
    """A promise whose day has passed without a later record: taken from a customer with one record this week."""
    customers = [line["customer_id"] for line in sheet.lines]
    place = next(n for n in range(30, len(customers)) if customers.count(customers[n]) == 1)
    sheet.lines[place]["followed_up_at"] = datetime(2026, 11, 2, 10, 0)
    sheet.plant("next-followup-passed", place, "next_followup_on", date(2026, 11, 4))


def _contracts(rows: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["contracts"], rows, "合同")
    ids = [line["contract_id"] for line in sheet.lines]
    first = [n for n, contract in enumerate(ids) if contract not in ids[:n]]
    several = [n for n in first if ids.count(ids[n]) > 1]
    sheet.plant("orphan-customer", several[0], "customer_id", "CL209900002")
    sheet.lines[several[1]]["collected_on"] = date(2026, 11, 3)
    sheet.plant("over-collected", several[1], "collected_amount", 9_000_000)
    sheet.plant("contract-amount-differs", several[2] + 1, "contract_amount", 123_000)
    sheet.plant("missing-required-cell", several[3], "signed_on")
    sheet.plant("unreadable-amount", several[4], "due_amount", "三期合计")
    sheet.lines += [{}, {"_text": "备注：回款以财务到账为准"}]
    return sheet


def _targets(rows: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["targets"], rows, "目标")
    people = [n for n, line in enumerate(sheet.lines) if line["owner"] and line["period"] == "2026-12"]
    sheet.plant("unreadable-period", people[0], "period", "下个季度")
    sheet.plant("missing-required-cell", people[1], "target_amount")
    sheet.plant("unreadable-number", people[2], "target_customers", "若干")
    sheet.plant("negative-number", people[3], "target_customers", -3)
    sheet.lines[people[4]]["target_amount"] = "￥65万"
    sheet.plant("overlapping-targets", people[5], "period", "2026-W44")
    return sheet
