"""Spellings of one value are found, told once with their rows and the commoner spelling, mended by one fix, and never made one silently."""

from datetime import UTC, date, datetime

import pytest

from salesanalytics.intake.correct_fixes import fixes_for
from salesanalytics.intake.correct_named import named_corrections, parse_fix
from salesanalytics.intake.correct_places import Editor, Places
from salesanalytics.intake.pipeline import reprocess
from salesanalytics.intake.spelling_variants import spelling_key
from salesanalytics.intake.types import RawSheet
from salesanalytics.settings import DEFAULT_SETTINGS

HEADER = ["客户编号", "客户名称", "行业", "线索来源", "首次接触时间", "当前跟进阶段", "负责人", "区域", "客户等级"]


def leads(*rows: dict) -> RawSheet:
    usual = ["*公司", "零售", "官网", date(2026, 3, 1), "线索", "*明", "华东", "A"]
    fields = ["name", "industry", "source", "first", "stage", "owner", "region", "grade"]
    cells = [
        [f"C{n:03}", *(row.get(field, value) for field, value in zip(fields, usual, strict=True))]
        for n, row in enumerate(rows, 1)
    ]
    return RawSheet("leads.xlsx", "d1", "Sheet1", [HEADER, *cells], list(range(1, len(cells) + 2)))


def followups(*owners: str) -> RawSheet:
    header = ["跟进记录ID", "客户编号", "跟进时间", "跟进方式", "跟进人"]
    rows = [[f"G{n}", "C001", datetime(2026, 3, 2), "电话", owner] for n, owner in enumerate(owners, 1)]
    return RawSheet("followups.xlsx", "d2", "Sheet1", [header, *rows], list(range(1, len(rows) + 2)))


def processed(*sheets, **options):
    return reprocess(sheets, DEFAULT_SETTINGS, as_of=date(2026, 3, 8), **options)


def variants(batch) -> list[tuple]:
    return [
        (each.table, each.field, each.row, each.found, each.expected, each.suggestion)
        for each in batch.issues
        if each.kind == "spelling-variant"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OnlineStore", "Online Store"),
        ("CONVERTED", "converted"),
        ("　官网", "官网"),
        ("ＩＴ服务", "IT服务"),
        ("华东", "華東"),
        ("IT/互联网", "IT互联网"),
        ("Trade-show", "trade show"),
    ],
)
def test_spellings_of_one_value(one, other):
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("*明", "明"), ("C++", "C"), ("1-1组", "11组"), ("A+", "A"), ("华东", "华南"), ("销售1组", "销售2组"), ("-", "/")],
)
def test_other_values(one, other):
    assert spelling_key(one) != spelling_key(other)


def test_a_variant_is_told_once_with_its_rows_and_kept_as_written():
    batch = processed(leads({"source": "Online Store"}, {"source": "OnlineStore"}, *[{"source": "Online Store"}] * 2))
    assert variants(batch) == [("leads", "source", 3, "OnlineStore", "1", "Online Store")]
    assert batch.tables["leads"]["source"].to_list()[1] == "OnlineStore"
    assert not batch.errors


def test_what_the_workspace_holds_is_preferred_even_if_rarer():
    sheet = leads({"region": "華東"}, {"region": "華東"}, {"region": "华南"})
    assert variants(processed(sheet)) == []
    known = processed(sheet, known_values=lambda: {"region": {"华东"}})
    assert variants(known) == [("leads", "region", 2, "華東", "2", "华东")]


def test_people_are_compared_across_tables():
    batch = processed(leads({"owner": "Wang Wei"}, {"owner": "Wang Wei"}), followups("wang wei", "Wang Wei"))
    assert variants(batch) == [("followups", "followed_up_by", 2, "wang wei", "1", "Wang Wei")]


def test_mapping_the_spelling_settles_it():
    sheet = leads({}, {}, {"region": "华 东"}, {"region": "华 东"})
    batch = processed(sheet)
    assert fixes_for("spelling-variant")[0] == "map-spelling"
    fix = parse_fix("spelling-variant=map-spelling:华 东:华东")
    corrections = named_corrections(fix, batch, Places(batch), Editor("t", datetime(2026, 3, 8, tzinfo=UTC)))
    assert len(corrections) == 2
    mended = processed(sheet, corrections=corrections)
    assert variants(mended) == []
    assert set(mended.tables["leads"]["region"]) == {"华东"}
    assert variants(processed(sheet)) == variants(batch) != []


def test_customary_values_are_understood_however_they_are_typed():
    batch = processed(leads({"grade": "Ａ"}, {"grade": " a "}, {"grade": "Ａ 級"}, {"grade": "VIP"}))
    assert batch.tables["leads"]["grade"].to_list() == ["A", "A", "A", "VIP"]
