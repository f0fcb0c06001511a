"""check --annotate: the workbooks given back with their bad cells coloured and commented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from salesanalytics.commands.table_file import save
from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang
from salesanalytics.intake.types import Batch, UploadedFile
from salesanalytics.intake.workbook_annotated import annotated_name, annotated_workbook


def write_annotated(out: Path, files: Sequence[UploadedFile], batch: Batch, lang: Lang) -> list[Path]:
    """Write one annotated workbook to ``out``, or those of several files into the folder ``out``; refused files have none. Returns the paths."""
    readable = {report.digest: report.file for report in batch.files if report.refused in (None, "no-table-found")}
    given = {file.digest: file for file in files if file.digest in readable}
    if len(batch.files) > 1 and out.suffix:
        raise UserError("annotate-folder", file=str(out))
    if len(batch.files) == 1 and out.suffix.lower() != ".xlsx":
        raise UserError("annotate-xlsx", file=str(out))
    written = []
    for digest, file in given.items():
        path = out if len(batch.files) == 1 else out / annotated_name(readable[digest], lang)
        save(path, annotated_workbook(file, batch, lang))
        written.append(path)
    return written
