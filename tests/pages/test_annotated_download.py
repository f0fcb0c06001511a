"""The Data page offers each file with issues marked, holding what was corrected on the page."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from salesanalytics.i18n import LANGS, text
from salesanalytics.intake.types import Correction, UploadedFile
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.importing import desk as importing_desk
from salesanalytics.ui.importing.annotated_download import annotated
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import Edit, ImportDraft
from salesanalytics.ui.importing.workbench import Workbench

LEADS = """客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人
K1,甲公司,制造,官网,2026-11-10,报价,王芳
K2,乙公司,制造,官网,2026-11-10,洽谈种,王芳
K3,丙公司,制造,官网,2026-11-10,谜,王芳
"""


@pytest.fixture(autouse=True)
def _fresh() -> None:
    # only this: a workspace other tests hold open must stay the one that is open
    importing_desk._bench.clear()


@pytest.mark.parametrize("lang", LANGS)
def test_the_button_is_there_where_there_are_issues(open_app, lang) -> None:
    app = open_app(lang=lang).switch_page("pages/data.py").run()
    app.file_uploader[0].set_value([("2026-11-15_b.csv", LEADS.encode(), "text/csv")])
    app.run()
    assert not app.exception
    labels = [element.proto.label for element in app.get("download_button")]
    assert text("annotated.download", lang) in labels


def test_what_was_corrected_on_the_page_is_in_it() -> None:
    digest = hashlib.sha256(LEADS.encode()).hexdigest()
    with open_workspace(None) as workspace:
        file = UploadedFile("2026-11-15_b.csv", LEADS.encode(), digest)
        workspace.keep_file(file)
        made = Correction(
            digest, "2026-11-15_b", 3, "当前跟进阶段", "洽谈种", "商机", "set", "t", datetime.now(UTC), "unknown-stage"
        )
        draft = (
            ImportDraft(as_of=date(2026, 11, 15)).with_files([file]).with_edit(Edit("unknown-stage", "cell", (made,)))
        )
        desk = ImportDesk("zh", "t", workspace, Workbench(workspace), draft)
        (report,) = desk.batch.files
        sheet = load_workbook(io.BytesIO(annotated(desk, report))).worksheets[1]
        (entry,) = workspace.audit_log()
    assert (sheet["F3"].value, sheet["F3"].comment) == ("商机", None)
    assert "谜" in sheet["F4"].comment.text
    assert (entry.action, entry.detail["what"]) == ("exported", "annotated-workbook")
