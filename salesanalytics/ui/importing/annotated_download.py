"""The user's files back with bad cells coloured and commented, to be corrected in Excel and uploaded again."""

from __future__ import annotations

from functools import partial

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.intake.types import FileReport, UploadedFile
from salesanalytics.intake.workbook_annotated import annotated_name, annotated_workbook
from salesanalytics.ui.empty import XLSX
from salesanalytics.ui.importing.desk import ImportDesk


def annotated_downloads(desk: ImportDesk) -> None:
    """Draw a button for each file with issues; the workbook is made when it is pressed, with the corrections so far in it."""
    with_issues = {issue.file for issue in desk.batch.issues}
    reports = [report for report in desk.batch.files if report.refused is None and report.file in with_issues]
    for report in reports:
        key = "download_of" if len(reports) > 1 else "download"
        st.download_button(
            text(f"annotated.{key}", desk.lang, file=report.file),
            data=partial(annotated, desk, report),
            file_name=annotated_name(report.file, desk.lang),
            mime=XLSX,
            key=f"data-annotated-{report.digest}",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
            help=text("annotated.download_note", desk.lang),
        )


def annotated(desk: ImportDesk, report: FileReport) -> bytes:
    """Return one file marked, with the draft's corrections in it, and put the download on record."""
    content = desk.workspace.file_content(report.digest) or b""  # no longer kept: then anew from what was read
    file = UploadedFile(report.file, content, report.digest)
    desk.workspace.audit(desk.who, "exported", {"what": "annotated-workbook", "file": report.file})
    corrections, stages = desk.draft.corrections, desk.workspace.settings().stages
    return annotated_workbook(file, desk.batch, desk.lang, corrections=corrections, stages=stages)
