"""Dirt of whole tables: funnels whose numbers contradict each other, and a second workbook of sheets with wrong or doubtful columns."""

from __future__ import annotations

from datetime import date

from salesanalytics.sample.diary import Row
from salesanalytics.sample.dirty_sheet import DirtySheet
from salesanalytics.sample.exports import Export
from salesanalytics.tables import BY_NAME

QUARTERS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")


def dirty_funnels(export: Export) -> list[DirtySheet]:
    """Return the conversion and funnel sheets, the tables of four quarters below each other with a problem in most."""
    return [_conversion(export.tables["conversion"]), _funnel(export.tables["funnel"])]


def _by_quarter(rows: list[Row]) -> list[Row]:
    return [row | {"period": quarter} for quarter in QUARTERS for row in rows]


def _conversion(rows: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["conversion"], _by_quarter(rows), "转化")
    sheet.lines[1]["conversion_share"] = float(str(sheet.lines[1]["conversion_share"]).rstrip("%")) / 100
    sheet.plant("share-mismatch", 2, "conversion_share", "33.3%")
    sheet.plant("negative-number", 3, "mean_dwell_days", -4)
    sheet.plant("share-out-of-range", 7, "conversion_share", "160%")
    sheet.plant("unreadable-number", 8, "mean_dwell_days", "两周多")
    sheet.plant("unknown-stage", 11, "stage", "深入沟通")
    sheet.plant("unreadable-period", 15, "period", "最近一期")
    sheet.plant("missing-required-cell", 16, "entered")
    return sheet


def _funnel(rows: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["funnel"], _by_quarter(rows), "漏斗")
    lines = sheet.lines
    lines[1]["attainment_share"] = f" {lines[1]['attainment_share']} "
    sheet.plant("share-mismatch", 2, "attainment_share", "12%")
    lines[8] |= {"loss_share": None, "attainment_share": None}
    lines[9] |= {"loss_share": None}
    sheet.plant("counts-grow", 8, "customers", 5_000)
    lines[12], lines[13] = lines[13], lines[12]
    sheet.note("stages-out-of-order", 13, "stage")
    del lines[17]
    sheet.note("stages-missing", 15, "stage")
    copied = dict(lines[0]) | {"customers": 9_999, "attainment_share": None}
    lines.append(copied)
    sheet.note("duplicate-conflicting", 0, "period")
    sheet.note("duplicate-conflicting", copied, "period")
    return sheet


def odd_shapes(export: Export) -> list[DirtySheet]:
    """Return the sheets of the second workbook: each is sound but for one thing about its columns."""
    leads = [row for row in export.tables["leads"] if row["owner"] and row["stage"] == "prospect"][:12]
    followups = export.tables["followups"][:10]
    return [
        _prose(),
        _no_period(export.tables["channel_costs"][:6]),
        _undecided_dates(leads),
        _undecided_amounts(leads),
        _doubtful_columns(leads),
        _no_ids(followups),
    ]


def _renamed(leads: list[Row], prefix: str) -> list[Row]:
    """Return copies of ``leads`` under ids of their own, so that sheets do not contradict each other."""
    return [row | {"customer_id": f"{prefix}{n:03d}"} for n, row in enumerate(leads, start=1)]


def _prose() -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["leads"], [], "会议纪要")
    sheet.columns = sheet.columns[:1]
    sheet.headers = {"customer_id": "十一月第一周例会纪要"}
    sheet.lines = [
        {"_text": "一、回顾上周重点客户。"},
        {"_text": "二、讨论线上广告的投入。"},
        {"_text": "三、各区汇报。"},
    ]
    sheet.note_sheet("sheet-not-recognised")
    return sheet


def _no_period(costs: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["channel_costs"], costs, "渠道费用")
    sheet.lines.append({"source": "合计", "cost": 3_190_000})
    sheet.drop("period")
    sheet.note_sheet("required-column-missing", "period")
    return sheet


def _undecided_dates(leads: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["leads"], _renamed(leads, "WR"), "日月顺序")
    for n, line in enumerate(sheet.lines):
        line["first_contact_on"] = f"{n % 9 + 1:02d}/{n % 4 + 8:02d}/2026"
    sheet.lines[3]["first_contact_on"] = "08/08/2026"
    for line in sheet.lines:
        for name in ("last_followup_on", "assigned_at", "first_followup_on", "expected_close_on"):
            line[name] = None
    sheet.note_sheet("date-order-undecided", "first_contact_on")
    return sheet


def _undecided_amounts(leads: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["leads"], _renamed(leads, "WX"), "小数点")
    for n, line in enumerate(sheet.lines):
        line["expected_amount"] = f"{n + 12}.{n % 9 + 1}50"
    sheet.note_sheet("number-format-undecided", "expected_amount")
    return sheet


def _doubtful_columns(leads: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["leads"], _renamed(leads, "WL"), "列不确定")
    sheet.drop("industry")
    sheet.note_sheet("column-missing", "industry")
    sheet.headers = {"lost_from_stage": "流失之前的阶段"}
    sheet.note_sheet("column-uncertain", "lost_from_stage")
    sheet.extra = [("首次接触时间", "first_contact_on")]
    sheet.note_sheet("column-repeated", "first_contact_on")
    for line in sheet.lines:
        line["expected_close_on"] = date(2026, 12, 20)
    return sheet


def _no_ids(followups: list[Row]) -> DirtySheet:
    sheet = DirtySheet.of(BY_NAME["followups"], followups, "无编号跟进")
    sheet.drop("followup_id")
    sheet.note_sheet("id-derived", "followup_id")
    return sheet
