"""The currency is a setting: every amount in a workbook carries its sign, and none the yuan's by habit."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from salesanalytics.access.view import View
from salesanalytics.reports import excel
from salesanalytics.reports.content import weekly
from salesanalytics.reports.excel_style import money_format
from salesanalytics.reports.excel_trends import trend_workbook
from tests.unit.reports.test_excel_trends import book, money


def formats_of(content: bytes) -> set[str]:
    """The number formats of a workbook's numbers that name a currency."""
    read = openpyxl.load_workbook(io.BytesIO(content))
    numbers = [cell for sheet in read for row in sheet.iter_rows() for cell in row if cell.data_type == "n"]
    return {cell.number_format for cell in numbers if '"' in cell.number_format}


@pytest.mark.parametrize(
    ("currency", "sign"), [("CNY", "¥"), ("EUR", "€"), ("USD", "$"), ("HKD", "HK$"), ("CHF", "CHF")]
)
def test_the_format_names_the_currency_in_both_signs(currency: str, sign: str) -> None:
    assert money_format(currency) == f'"{sign}"#,##0.00;−"{sign}"#,##0.00'


@pytest.mark.parametrize("currency", ["CNY", "EUR"])
def test_trends_are_in_the_currency_of_the_settings(currency: str) -> None:
    content = trend_workbook(replace(book(money()), currency=currency), "en")
    assert formats_of(content) == {money_format(currency)}


def test_the_weekly_workbook_is_in_the_currency_of_the_settings(sample_workspace) -> None:
    settings = sample_workspace.settings().model_copy(update={"currency": "EUR"})
    content = weekly(
        View(sample_workspace.state(None)),
        settings,
        "en",
        view_at=lambda on: View(sample_workspace.state(on)),
        import_dates=sample_workspace.as_of_dates(),
        sample=True,
    )
    amounts = {one for one in formats_of(excel.render(content)) if "0.00" in one}
    assert amounts == {money_format("EUR")}
    said = [cell for sheet in openpyxl.load_workbook(io.BytesIO(excel.render(content))) for row in sheet.iter_rows() for cell in row]  # fmt: skip
    assert not [cell.value for cell in said if isinstance(cell.value, str) and "¥" in cell.value]


def test_the_overviews_heatmap_shows_the_decimals_of_its_unit(sample_workspace) -> None:
    content = weekly(
        View(sample_workspace.state(None)),
        sample_workspace.settings(),
        "en",
        view_at=lambda on: View(sample_workspace.state(on)),
        import_dates=sample_workspace.as_of_dates(),
        sample=True,
    )
    assert content.heat.decimals == 1  # millions
    overview = openpyxl.load_workbook(io.BytesIO(excel.render(content))).worksheets[0]
    shown = [cell for row in overview.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None]
    assert {cell.number_format for cell in shown} == {"#,##0.0;−#,##0.0;0"}
    assert round(content.heat.total / content.heat.unit_size, 1) in {cell.value for cell in shown}
