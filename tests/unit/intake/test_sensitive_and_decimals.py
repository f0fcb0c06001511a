"""Masked notes, and the decimal sign: decided for a column, from its file, or asked; never swapped."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from salesanalytics.intake.correct_fixes import choose_decimal, mask_sensitive
from salesanalytics.intake.correct_named import named_corrections, parse_fix
from salesanalytics.intake.correct_places import Editor, Places
from salesanalytics.intake.mapping import ColumnMap
from salesanalytics.intake.sensitive_text import masked, withheld
from salesanalytics.intake.typing_cells import Cells
from salesanalytics.intake.typing_numbers import type_count, type_money, type_number

LI = Editor("li", datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("电话13812345678，请回", "电话138****5678，请回"),
        ("+86 138-1234-5678", "138****5678"),
        ("证件 11010519491231002X / 13912345678", "证件 110***********002X / 139****5678"),
        ("订单 202403011381234567890", "订单 202403011381234567890"),
        ("无", "无"),
    ],
)
def test_numbers_are_masked_and_nothing_else(note, shown):
    assert masked(note) == shown
    assert masked(masked(note)) == shown
    assert "12345678" not in withheld(note) or note.startswith("订单")


def test_masking_is_a_batch_fix_whose_record_does_not_repeat_the_number(run, leads_sheet, a_lead):
    sheet = leads_sheet(
        [[*a_lead("C1"), "电话13812345678"], [*a_lead("C2"), 13912345678.0], [*a_lead("C3"), "好"]], "备注"
    )
    before = run(sheet)
    issues = [issue for issue in before.issues if issue.kind == "sensitive-in-notes"]
    made = mask_sensitive(Places(before), issues, LI)
    assert [(each.old, each.new) for each in made] == [("电话138…", "电话138****5678"), ("139…", "139****5678")]
    assert made == named_corrections(parse_fix("sensitive-in-notes=mask"), before, Places(before), LI)
    after = run(sheet, corrections=made)
    assert after.issues == ()
    assert after.tables["leads"]["notes"].to_list() == ["电话138****5678", "139****5678", "好"]


@pytest.mark.parametrize("name", ["*科技有限公司", "张伟", "O'Brien & Sons 2024", "第13812号仓", "", "—"])
def test_masking_leaves_names_and_nothing_alone(name):
    assert masked(name) == name
    assert withheld(name) == name


def test_masking_nothing_changes_nothing(run, leads_sheet, a_lead):
    sheet = leads_sheet([[*a_lead("C1"), "电话13812345678"], [*a_lead("C2"), None]], "备注")
    before = run(sheet)
    assert mask_sensitive(Places(before), [], LI) == ()
    (issue,) = [issue for issue in before.issues if issue.kind == "sensitive-in-notes"]
    # pointed at a name and at an empty cell there is nothing to hide: no correction, so no empty line in the log
    elsewhere = [replace(issue, column="客户名称"), replace(issue, row=issue.row + 1)]
    assert mask_sensitive(Places(before), elsewhere, LI) == ()
    assert mask_sensitive(Places(before), [issue, issue], LI)[0].new == "电话138****5678"


def test_a_column_that_groups_both_ways_is_asked_about():
    typed = type_money(Cells(["1,234", "5.678", "7"]))
    assert typed.undecided is not None
    assert typed.undecided.indices == (0, 1)
    assert typed.values.to_list() == [None, None, 7]


def test_days_have_decimals_counts_have_none():
    assert type_number(Cells(["1,234"])).undecided is not None
    assert type_money(Cells(["1,234"])).values.to_list() == [1234]
    assert type_count(Cells(["1,234"])).values.to_list() == [1234]
    assert type_count(Cells(["1.234", "12"])).values.to_list() == [1234, 12]


def test_told_signs_settle_a_column():
    cells = Cells(["1,234", "5.678", "7", "9,5"])
    assert type_money(cells, ",").values.to_list() == [1.234, 5678, 7, 9.5]
    assert type_money(Cells(["1,234", "5.678", "7"]), ".").values.to_list() == [1234, 5.678, 7]


def test_the_files_other_column_decides(run, leads_sheet, a_lead):
    sheet = leads_sheet(
        [[*a_lead("C1"), "1.234", "12,50"], [*a_lead("C2"), "5.678", "1.000,5"]], "预计成交金额(元)", "实际成交金额(元)"
    )
    batch = run(sheet)
    assert batch.tables["leads"]["expected_amount"].to_list() == [1234, 5678]


def test_a_column_against_its_file_is_asked_about(run, leads_sheet, a_lead):
    sheet = leads_sheet([[*a_lead("C1"), "1,234", "12,50"]], "预计成交金额(元)", "实际成交金额(元)")
    assert [issue.kind for issue in run(sheet).errors] == ["number-format-undecided"]


@pytest.mark.parametrize(("sign", "word", "wanted"), [(",", "comma", [1234, 5678]), (".", "point", [1.234, 5.678])])
def test_the_answer_is_corrections_for_the_whole_column(run, leads_sheet, a_lead, sign, word, wanted):
    sheet = leads_sheet([[*a_lead("C1"), "1.234"], [*a_lead("C2"), "￥5.678元"]], "预计成交金额(元)")
    before = run(sheet)
    (issue,) = before.errors
    made = choose_decimal(Places(before), issue, sign, LI)
    assert len(made) == 2
    assert made == named_corrections(parse_fix(f"number-format-undecided=decimal:{word}"), before, Places(before), LI)
    after = run(sheet, corrections=made)
    assert after.errors == ()
    assert after.tables["leads"]["expected_amount"].to_list() == wanted
    mapped = run(sheet, maps=[ColumnMap("leads", decimal={"expected_amount": sign})])
    assert mapped.tables["leads"]["expected_amount"].to_list() == wanted
