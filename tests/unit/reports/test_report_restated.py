"""The weekly report says which of last week's figures read otherwise than last week's report had them, in PDF and Excel; without any it says nothing."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from salesanalytics.access.view import View
from salesanalytics.i18n import LANGS, text
from salesanalytics.insight.restated.history import history_of
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.reports import excel, pdf
from salesanalytics.reports.content import weekly
from salesanalytics.reports.types import ReportContent
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import Workspace, open_workspace

HEAD = (
    "customer_id,customer_name,industry,source,first_contact_on,stage,owner,expected_amount,team,won_on,actual_amount"
)
FIRST, SECOND = date(2026, 11, 8), date(2026, 11, 15)


def upload(workspace: Workspace, as_of: date, *rows: str) -> None:
    content = "\n".join([HEAD, *rows, ""]).encode()
    file = UploadedFile("leads.csv", content, hashlib.sha256(content).hexdigest())
    workspace.load(process([file], DEFAULT_SETTINGS, as_of=as_of), as_of, who="Li", accept_errors=True)


def report(workspace: Workspace, lang: str = "en") -> ReportContent:
    return weekly(
        View(workspace.state()),
        workspace.settings(),
        lang,  # type: ignore[arg-type]
        view_at=lambda on: View(workspace.state(on)),
        import_dates=workspace.as_of_dates(),
        history=history_of(workspace),
    )


@pytest.fixture
def late_win():
    """A win of the first week that only the second week's export told: last week's report had 100,000, it is 300,000 now."""
    with open_workspace(None) as workspace:
        upload(
            workspace,
            FIRST,
            "a,A,IT,web,2026-11-03,won,Li,100000,East,2026-11-04,100000",
            "b,B,IT,web,2026-11-03,quote,Li,200000,East,,",
        )
        upload(
            workspace,
            SECOND,
            "a,A,IT,web,2026-11-03,won,Li,100000,East,2026-11-04,100000",
            "b,B,IT,web,2026-11-03,won,Li,200000,East,2026-11-05,200000",
        )
        yield workspace


@pytest.mark.parametrize("lang", LANGS)
def test_a_late_win_is_told_with_what_the_last_report_had(late_win: Workspace, lang: str) -> None:
    content = report(late_win, lang)
    said = [line for line in content.restated if "2026-11-08" in line]
    amounts = {
        "en": ("¥100K shown", "¥300K now", "1 row changed by later exports"),
        "zh": ("展示 ¥10.0万", "现为 ¥30.0万", "后续导出改动 1 行"),
    }[lang]
    assert any(all(part in line for part in amounts) for line in said), content.restated
    assert pdf.render(content)[:4] == b"%PDF"
    data = pdf.template_data(content)
    assert (data["restated"], data["restated_title"]) == (list(content.restated), text("restated.report_title", lang))
    sheet = load_workbook(io.BytesIO(excel.render(content))).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {f"• {line}" for line in content.restated} <= cells


def test_a_corrected_first_week_names_the_correction(late_win: Workspace) -> None:
    """A stock is told as its own date knows it now: 200,000 was the pipeline of that day, 50,000 it is."""
    upload(
        late_win,
        FIRST,
        "a,A,IT,web,2026-11-03,won,Li,100000,East,2026-11-04,90000",
        "b,B,IT,web,2026-11-03,quote,Li,200000,East,,",
    )
    sales = next(line for line in report(late_win).restated if "¥100K" in line)
    # the second week's export has the last word on the amount of a, so that only the late win is left
    assert "¥300K now" in sales


def test_nothing_changed_is_silent() -> None:
    rows = (
        "a,A,IT,web,2026-11-03,won,Li,100000,East,2026-11-04,100000",
        "b,B,IT,web,2026-11-03,quote,Li,200000,East,,",
    )
    with open_workspace(None) as workspace:
        upload(workspace, FIRST, *rows)
        upload(workspace, SECOND, *rows, "c,C,IT,web,2026-11-12,lead,Li,5,East,,")
        content = report(workspace)
        assert content.restated == ()
        assert text("restated.report_title", "en") not in str(excel.render(content))
