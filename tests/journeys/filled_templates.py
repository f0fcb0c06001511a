"""The four single-table templates, filled in the way a user would: with a copy that contradicts itself and a stage forgotten."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from salesanalytics.i18n import Lang
from salesanalytics.intake.workbook import blank_workbook
from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.tables import BY_NAME

AS_OF = date(2026, 11, 15)  # a Sunday: its week began on the 9th
Row = dict[str, object]

LEADS: list[Row] = [
    {"customer_id": "K001", "stage": "won", "first_contact_on": date(2026, 10, 5), "expected_amount": 120_000,
     "actual_amount": 120_000, "won_on": date(2026, 11, 12), "last_followup_on": date(2026, 11, 12)},
    {"customer_id": "K002", "stage": "quote", "first_contact_on": date(2026, 10, 12), "expected_amount": 80_000,
     "last_followup_on": date(2026, 11, 10)},
    {"customer_id": "K003", "stage": "lead", "first_contact_on": date(2026, 11, 9), "expected_amount": 30_000,
     "last_followup_on": date(2026, 11, 9)},
    # the stage was forgotten
    {"customer_id": "K004", "stage": None, "first_contact_on": date(2026, 11, 10), "expected_amount": 50_000,
     "last_followup_on": date(2026, 11, 13)},
    # twice, and not the same
    {"customer_id": "K005", "stage": "lead", "first_contact_on": date(2026, 11, 11), "expected_amount": 40_000,
     "last_followup_on": date(2026, 11, 11)},
    {"customer_id": "K005", "stage": "prospect", "first_contact_on": date(2026, 11, 11), "expected_amount": 60_000,
     "last_followup_on": date(2026, 11, 14)},
]  # fmt: skip
NEW_LEADS_BEFORE_CORRECTION, NEW_LEADS = 1, 3  # first contact from the 9th on: K003; and K004, K005 once corrected

FOLLOWUPS: list[Row] = [
    {"followup_id": f"G{n:03}", "customer_id": customer, "followed_up_at": date(2026, 11, day), "method": "phone"}
    for n, (customer, day) in enumerate([("K001", 12), ("K002", 10), ("K004", 13), ("K005", 14)], start=1)
]
CONVERSION: list[Row] = [
    {"stage": "lead", "entered": 100},
    {"stage": "prospect", "entered": 60, "converted": 60, "conversion_share": 0.6},
    {"stage": "opportunity", "entered": 30, "converted": 30, "conversion_share": 0.5},
]
FUNNEL: list[Row] = [
    {"stage": "lead", "customers": 100, "target": 120, "attainment_share": 0.83},
    {"stage": "prospect", "customers": 60, "target": 70, "attainment_share": 0.86},
]
ROWS = {"leads": LEADS, "followups": FOLLOWUPS, "conversion": CONVERSION, "funnel": FUNNEL}
_WORDS: dict[Lang, dict[str, str]] = {
    "zh": {"name": "客户", "industry": "制造业", "source": "官网", "owner": "王芳", "phone": "电话"},
    "en": {
        "name": "Customer",
        "industry": "Manufacturing",
        "source": "Website",
        "owner": "Fang Wang",
        "phone": "Phone",
    },
}


def filled_templates(folder: Path, lang: Lang) -> list[Path]:
    """Write the four filled templates into ``folder``, dated in their names, and return their paths."""
    return [_filled(folder, name, rows, lang) for name, rows in ROWS.items()]


def _filled(folder: Path, name: str, rows: list[Row], lang: Lang) -> Path:
    table = BY_NAME[name]
    book = load_workbook(BytesIO(blank_workbook((table,), lang, DEFAULT_STAGES, with_examples=False)))
    sheet = book[table.title(lang)]
    headers = [cell.value for cell in sheet[1]]
    for at, row in enumerate(rows, start=2):
        for column, value in _worded(name, row, lang).items():
            if value is not None:
                sheet.cell(at, headers.index(table.column(column).header(lang)) + 1, value)
    path = folder / f"{AS_OF.isoformat()}_{table.title(lang)}.xlsx"
    book.save(path)
    return path


def _worded(name: str, row: Row, lang: Lang) -> Row:
    words = _WORDS[lang]
    cells = dict(row)
    if cells.get("stage"):
        cells["stage"] = DEFAULT_STAGES.get(str(cells["stage"])).name(lang)
    if name == "leads":
        cells |= {"customer_name": f"{words['name']} {row['customer_id']}"}
        cells |= {column: words[column] for column in ("industry", "source", "owner")}
    if name == "followups":
        cells |= {"method": words["phone"], "followed_up_by": words["owner"]}
    return cells
