"""Corrections are records over raw sheets: they change what the pipeline sees, and dropping them brings everything back."""

from datetime import UTC, datetime

import pytest

from salesanalytics.intake.correct_fixes import (
    accept_suggestions,
    choose_date_order,
    drop_rows,
    fixes_for,
    keep_duplicates,
    map_spelling,
    normalise,
    set_value,
    stage_from_followups,
)
from salesanalytics.intake.correct_places import Editor, Places
from salesanalytics.intake.issues import CHECKS

LI = Editor("Li", datetime(2024, 4, 1, tzinfo=UTC))
STAGE = "当前跟进阶段"


def _summary(corrections):
    return [(each.row, each.column, each.old, each.new, each.action) for each in corrections]


def test_accepting_suggestions_and_undoing(run, leads_sheet, a_lead):
    sheet = leads_sheet([a_lead("C1", stage="商机1"), a_lead("C2")])
    before = run(sheet)
    corrections = accept_suggestions(Places(before), before.errors, LI)
    assert _summary(corrections) == [(2, STAGE, "商机1", "opportunity", "set")]
    assert corrections[0].reason == "unknown-stage"
    assert corrections[0].who == "Li"
    after = run(sheet, corrections=corrections)
    assert after.errors == ()
    assert after.tables["leads"]["stage"].to_list() == ["opportunity", "opportunity"]
    assert run(sheet).issues == before.issues
    assert sheet.rows[1][5] == "商机1"


def test_one_value_for_all_rows_of_a_kind(run, leads_sheet, a_lead):
    sheet = leads_sheet([a_lead("C1", stage=None), a_lead("C2", stage="")])
    corrections = set_value(Places(run(sheet)), run(sheet).errors, "线索", LI)
    assert run(sheet, corrections=corrections).tables["leads"]["stage"].to_list() == ["lead", "lead"]


@pytest.mark.parametrize(("keep", "row"), [("first", 2), ("last", 4), ("most-recent", 3)])
def test_keeping_one_of_conflicting_duplicates(run, leads_sheet, a_lead, keep, row):
    rows = [[*a_lead("C1"), day] for day in ("2024-03-05", "2024/3/20", "2024-03-10")]
    sheet = leads_sheet(rows, "最后跟进时间")
    before = run(sheet)
    assert len(before.errors) == 3
    corrections = keep_duplicates(Places(before), before.issues, keep, LI)
    after = run(sheet, corrections=corrections)
    assert after.issues == ()
    assert after.tables["leads"]["_row"].to_list() == [row]


def test_mapping_a_spelling_in_a_whole_column(run, leads_sheet, a_lead):
    sheet = leads_sheet([a_lead("C1", stage="深聊"), a_lead("C2", stage=" 深聊 "), a_lead("C3")])
    corrections = map_spelling(Places(run(sheet)), "leads", "stage", "深聊", "quote", LI)
    assert run(sheet, corrections=corrections).tables["leads"]["stage"].to_list() == ["quote", "quote", "opportunity"]


def test_normalising_a_column(run, leads_sheet, a_lead):
    sheet = leads_sheet([a_lead("C1", owner=" 李　 明 "), a_lead("C2", owner="李 明")])
    corrections = normalise(Places(run(sheet)), "leads", "owner", LI)
    assert _summary(corrections) == [(2, "负责人", " 李　 明 ", "李 明", "set")]


def test_choosing_the_date_order(run, leads_sheet, a_lead):
    sheet = leads_sheet([a_lead("C1", first="3/4/2024"), a_lead("C2", first="3/3/2024")])
    before = run(sheet)
    corrections = choose_date_order(Places(before), before.errors[0], "mdy", LI)
    after = run(sheet, corrections=corrections)
    assert [str(day) for day in after.tables["leads"]["first_contact_on"]] == ["2024-03-04", "2024-03-03"]


def test_filling_a_stage_from_the_latest_followup(run, leads_sheet, sheet, a_lead):
    leads = leads_sheet([a_lead("C1", stage=None), a_lead("C2", stage=None)])
    log = sheet(
        [
            ["跟进记录ID", "客户编号", "跟进时间", "跟进方式", "跟进人", "跟进后阶段"],
            ["F1", "C1", "2024-03-10", "电话", "李", "报价"],
            ["F2", "C1", "2024-03-01", "电话", "李", "意向"],
        ],
        sheet="跟进",
    )
    before = run(leads, log)
    corrections = stage_from_followups(Places(before), before, before.errors, LI)
    assert _summary(corrections) == [(2, STAGE, None, "quote", "set")]


def test_dropping_rows_leaves_the_others(run, leads_sheet, a_lead):
    sheet = leads_sheet([a_lead(""), a_lead("C2")])
    corrections = drop_rows(Places(run(sheet)), run(sheet).errors, LI)
    after = run(sheet, corrections=corrections)
    assert after.issues == ()
    assert after.tables["leads"]["customer_id"].to_list() == ["C2"]


def test_later_corrections_win_and_fixes_build_on_earlier_ones(run, leads_sheet, a_lead):
    sheet = leads_sheet([a_lead("C1", stage="x1")])
    first = set_value(Places(run(sheet)), run(sheet).errors, "x2", LI)
    again = run(sheet, corrections=first)
    second = set_value(Places(again, first), again.errors, "报价", LI)
    assert second[0].old == "x2"
    assert run(sheet, corrections=[*first, *second]).tables["leads"]["stage"].to_list() == ["quote"]


def test_every_kind_knows_its_fixes():
    known = {
        "set-value",
        "drop-row",
        "accept-suggestion",
        "map-spelling",
        "normalise",
        "date-order",
        "decimal",
        "mask",
        "stage-from-followup",
    }
    known |= {"keep-first", "keep-last", "keep-most-recent"}
    for check in CHECKS:
        assert set(fixes_for(check.kind)) <= known
        assert fixes_for(check.kind) or check.severity == "warning" or check.place == "sheet"
