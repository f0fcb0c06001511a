"""The seven tables are complete, unambiguous, and their example rows are what they declare."""

import re
from collections import defaultdict
from datetime import datetime

import pytest

from salesanalytics.stages import DEFAULT_STAGES, normal_spelling
from salesanalytics.tables import BY_NAME, TABLES, Column, Kind
from salesanalytics.tables.headers import columns_by_header, header_forms

EVERY_COLUMN = [
    pytest.param(table, column, id=f"{table.name}.{column.name}") for table in TABLES for column in table.columns
]
NOTHING = {"", "-", "--"}
PERIOD = re.compile(r"\d{4}(-\d{2}|Q[1-4]|-W\d{2})?")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_header_means_two_columns(table):
    meanings = defaultdict(set)
    for column in table.columns:
        for spelling in column.spellings:
            for form in header_forms(spelling):
                meanings[form].add(column.name)
    assert {form: names for form, names in meanings.items() if len(names) > 1} == {}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_sheet_name_means_two_tables(table):
    ours = {normal_spelling(name) for name in (table.name, table.zh, table.en, table.zh_hant, *table.sheet_aliases)}
    for other in TABLES:
        if other is not table:
            theirs = {other.name, other.zh, other.en, other.zh_hant, *other.sheet_aliases}
            assert ours.isdisjoint(normal_spelling(name) for name in theirs), other.name


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_column_is_complete(table, column):
    assert all((column.zh, column.en, column.zh_hant, column.note_zh, column.note_en, column.aliases)), column.name
    assert column.note_zh.endswith("。")
    assert column.note_en.endswith((".", "?"))
    assert not {"", " "} & set(column.aliases)
    rows = len(table.columns[0].examples)
    assert len(column.examples) == rows
    assert len(column.example_cells("en")) == rows


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_english_examples_hold_no_chinese(table, column):
    assert not re.search(r"[\u4e00-\u9fff]", "".join((*column.example_cells("en"), column.en, column.note_en)))


def _typed(column: Column, cell: str, lang: str) -> bool:
    if column.choices:
        return cell in column.choice_labels(lang)
    match column.kind:
        case Kind.STAGE:
            return DEFAULT_STAGES.resolve(cell) is not None
        case Kind.DATE:
            return bool(datetime.strptime(cell, "%Y-%m-%d"))
        case Kind.TIMESTAMP:
            return bool(datetime.fromisoformat(cell))
        case Kind.MONEY | Kind.NUMBER:
            return float(cell.replace(",", "")) >= 0
        case Kind.COUNT:
            return cell.isdigit()
        case Kind.SHARE:
            return re.fullmatch(r"[+-]?\d+%", cell) is not None
        case Kind.PERIOD:
            return PERIOD.fullmatch(cell) is not None
        case _:
            return cell == cell.strip()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_example_cells_have_the_declared_type(table, column, lang):
    for cell in column.example_cells(lang):
        if cell not in NOTHING:
            assert _typed(column, cell, lang), cell
        elif column.required:
            pytest.fail(f"required but empty in the example: {column.name}")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_key_columns_are_marked(table):
    assert {column.name for column in table.columns if column.key} == set(table.key)
    example_keys = list(zip(*(table.column(name).examples for name in table.key), strict=True))
    assert len(set(example_keys)) == len(example_keys)


def test_choice_spellings_are_unambiguous():
    for table in TABLES:
        for column in table.columns:
            owner = {}
            for choice, spellings in (column.choices or {}).items():
                for spelling in (choice, *spellings):
                    assert owner.setdefault(spelling.casefold(), choice) == choice, spelling


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        ("leads", "客户编号*", "customer_id"),
        ("leads", "客户名称（脱敏）", "customer_name"),
        ("leads", "客户名称", "customer_name"),
        ("leads", "預計成交金額（元）", "expected_amount"),
        ("leads", "预计成交金额(万元)", "expected_amount"),
        ("leads", "Deal Stage", "stage"),
        ("leads", "Close Date", "closed_on"),
        ("leads", "負責人", "owner"),
        ("followups", "跟进记录ＩＤ", "followup_id"),
        ("conversion", "平均停留时长（天）", "mean_dwell_days"),
        ("funnel", "流失原因(TOP3)", "lost_reasons"),
        ("funnel", "流失原因TOP3", "lost_reasons"),
        ("targets", "Quota", "target_amount"),
        ("contracts", "计划回款日期", "due_on"),
        ("channel_costs", "花费", "cost"),
    ],
)
def test_headers_of_other_systems_are_known(table, header, column):
    known = columns_by_header(BY_NAME[table])
    assert next(known[form] for form in header_forms(header) if form in known) == column


@pytest.mark.parametrize("name", ["followups", "contracts"])
def test_example_rows_name_customers_of_the_example(name):
    assert set(BY_NAME[name].column("customer_id").examples) <= set(BY_NAME["leads"].column("customer_id").examples)
