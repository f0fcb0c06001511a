"""The blank workbooks: what a user opens is what the declarations say, and it comes back in unharmed."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from salesanalytics.i18n import LANGS
from salesanalytics.intake.templates import generate_templates, template_files
from salesanalytics.intake.workbook import blank_workbook
from salesanalytics.intake.workbook_guide import choice_labels
from salesanalytics.stages import DEFAULT_STAGES, Stage, StageModel
from salesanalytics.tables import FUNNEL, LEADS, TABLES, Kind

COMMITTED = Path(__file__).parents[3] / "templates"


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module", params=LANGS)
def book(request):
    return request.param, openpyxl.load_workbook(BytesIO(blank_workbook(TABLES, request.param, DEFAULT_STAGES)))


def test_committed_templates_are_current():
    fresh = template_files()
    assert {path.name for path in COMMITTED.glob("*.xlsx")} == set(fresh)
    for name, content in fresh.items():  # the parts and not the zip: another zlib packs the same content otherwise
        assert parts((COMMITTED / name).read_bytes()) == parts(content), f"{name}: run make templates"


def test_generating_twice_gives_equal_bytes(tmp_path):
    first, second = generate_templates(tmp_path / "a"), generate_templates(tmp_path / "b")
    assert len(first) == 10
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_guide_then_a_sheet_a_table(book):
    lang, workbook = book
    assert workbook.sheetnames[1:] == [table.title(lang) for table in TABLES]
    guide = {cell.value for row in workbook.worksheets[0].iter_rows() for cell in row}
    for table in TABLES:
        for column in table.columns:
            assert {column.header(lang), column.note(lang)} <= guide


def test_headers_are_untouched_noted_and_frozen(book):
    lang, workbook = book
    for table in TABLES:
        sheet = workbook[table.title(lang)]
        assert [cell.value for cell in sheet[1]] == [column.header(lang) for column in table.columns]
        assert all(column.note(lang) in cell.comment.text for column, cell in zip(table.columns, sheet[1], strict=True))
        assert sheet.freeze_panes == "B2"


def test_required_headers_are_blue(book):
    lang, workbook = book
    for table in TABLES:
        for column, cell in zip(table.columns, workbook[table.title(lang)][1], strict=True):
            assert (cell.fill.start_color.rgb == "001D5FC2") == column.required, column.name


def test_dropdowns_offer_the_choices(book):
    lang, workbook = book
    for table in TABLES:
        sheet = workbook[table.title(lang)]
        offered = {str(rule.sqref).split(":")[0][:-1]: rule.formula1 for rule in sheet.data_validations.dataValidation}
        for column, cell in zip(table.columns, sheet[1], strict=True):
            labels = choice_labels(column, lang, DEFAULT_STAGES)
            assert offered.get(cell.column_letter) == (f'"{",".join(labels)}"' if labels else None), column.name


def test_stage_dropdown_follows_the_stage_model():
    pilot = StageModel(
        (*DEFAULT_STAGES.forward[:2], Stage("pilot", "试点客户", "Pilot"), *DEFAULT_STAGES.forward[2:]),
        DEFAULT_STAGES.lost,
    )
    sheet = openpyxl.load_workbook(BytesIO(blank_workbook((LEADS,), "zh", pilot)))[LEADS.zh]
    formulas = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"线索,意向,试点客户,商机,报价,成交,流失"' in formulas
    assert '"线索,意向,试点客户,商机,报价"' in formulas  # lost from: never from won or lost


def test_id_columns_are_text_cells_below_the_examples(book):
    lang, workbook = book
    for table in TABLES:
        sheet = workbook[table.title(lang)]
        for column, cell in zip(table.columns, sheet[1], strict=True):
            if column.kind in (Kind.ID, Kind.PERIOD):
                assert sheet.column_dimensions[cell.column_letter].number_format == "@"


def test_customary_example_rows_come_back_through_our_reader():
    sheet = CalamineWorkbook.from_filelike(BytesIO(blank_workbook((LEADS,), "zh", DEFAULT_STAGES))).get_sheet_by_name(
        LEADS.zh
    )
    first, _, third = sheet.to_python()[1:4]
    assert first[:10] == [
        "CL2024001",
        "*科技有限公司",
        "制造业",
        "官网表单",
        date(2024, 3, 1),
        "商机",
        "*明",
        50000,
        date(2024, 3, 5),
        "需提供技术方案",
    ]
    assert third[:10] == [
        "CL2024003",
        "*科技有限公司",
        "IT服务",
        "代理商",
        date(2024, 3, 3),
        "线索",
        "*强",
        "--",
        "",
        "待初次沟通",
    ]


def test_funnel_examples_are_the_worked_example():
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(blank_workbook((FUNNEL,), "zh", DEFAULT_STAGES)))
        .get_sheet_by_name(FUNNEL.zh)
        .to_python()
    )
    assert [row[:5] for row in rows[1:]] == [
        ["线索获取", 100, 0.10, 120, 0.83],
        ["意向筛选", 60, 0.05, 70, 0.86],
        ["商机转化", 30, -0.10, 40, 0.75],
        ["成交签约", 15, -0.25, 20, 0.75],
    ]


def test_without_examples_only_headers_remain():
    workbook = openpyxl.load_workbook(BytesIO(blank_workbook(TABLES, "en", DEFAULT_STAGES, with_examples=False)))
    assert all(sheet.max_row == 1 for sheet in workbook.worksheets[1:])


def test_english_workbook_holds_no_chinese():
    for name, content in parts(blank_workbook(TABLES, "en", DEFAULT_STAGES)).items():
        assert not re.search(r"[\u4e00-\u9fff]", content.decode("utf-8")), name
