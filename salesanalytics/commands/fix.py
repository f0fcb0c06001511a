"""fix: batch fixes applied to a file, and the corrected file written."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from salesanalytics.commands.output import as_json, write, write_table
from salesanalytics.commands.table_file import csv_bytes, save, wanted_format
from salesanalytics.commands.uploads import uploaded, who
from salesanalytics.errors import UserError
from salesanalytics.i18n import text
from salesanalytics.intake import mapping, pipeline
from salesanalytics.intake.correct_named import named_corrections, parse_fix
from salesanalytics.intake.correct_places import Editor, Places
from salesanalytics.intake.types import Batch, Correction, UploadedFile
from salesanalytics.intake.typing_cells import show
from salesanalytics.intake.workbook_annotated import corrected_rows, corrected_workbook
from salesanalytics.intake.workbook_marks import Change, Spots
from salesanalytics.settings import DEFAULT_SETTINGS


def fix(args: Namespace) -> int:
    """Apply fixes one after the other, write the corrected file, say what changed. Exit 0 no errors left, 1 errors left."""
    form = wanted_format(args.out)
    file = uploaded(args.file)
    if args.out.exists() and args.out.samefile(args.file):
        raise UserError("out-is-input", file=str(args.out))
    batch, corrections = _fixed(args, file)
    sheets = [sheet for report in batch.files for sheet in report.sheets]
    if form == "xlsx":
        content = corrected_workbook(file, batch, corrections)
    elif len({sheet.raw.sheet for sheet in sheets}) == 1:
        content = csv_bytes(corrected_rows(batch, sheets[0].raw.sheet, corrections))
    else:
        raise UserError("fix-needs-xlsx", file=str(args.out))
    save(args.out, content)
    changes = list(Spots(sheets).changes(corrections, DEFAULT_SETTINGS.stages))
    _say(args, args.out, batch, changes)
    return 1 if batch.errors else 0


def _fixed(args: Namespace, file: UploadedFile) -> tuple[Batch, tuple[Correction, ...]]:
    """Work out the corrections, each fix seeing what the ones before it left."""
    asked = [parse_fix(words) for words in args.apply]
    maps = mapping.read_maps(args.map) if args.map else ()
    read = pipeline.read_all([file], DEFAULT_SETTINGS)
    editor = Editor(who(), datetime.now(UTC))
    corrections: tuple[Correction, ...] = ()

    def checked() -> Batch:
        return pipeline.reprocess(read, DEFAULT_SETTINGS, maps=maps, corrections=corrections, as_of=args.as_of)

    batch = checked()
    refused = next((report for report in batch.files if report.refused), None)
    if refused is not None:
        raise UserError(str(refused.refused), **refused.refused_params)
    for each in asked:
        corrections += named_corrections(each, batch, Places(batch, corrections), editor)
        batch = checked()
    return batch, corrections


def _say(args: Namespace, out: Path, batch: Batch, changes: list[Change]) -> None:
    left = {"errors": len(batch.errors), "warnings": len(batch.issues) - len(batch.errors)}
    if args.json:
        write(as_json({"file": str(out), "changes": [_change(each) for each in changes], "remaining": left}))
        return
    lang = args.lang
    empty = text("annotated.empty", lang)
    if changes:
        names = ("sheet", "row", "column", "before", "after", "kind")
        rows = [
            [
                each.made.sheet,
                each.made.row,
                each.made.column,
                "" if each.dropped else each.made.old or empty,
                text("annotated.dropped", lang) if each.dropped else show(each.value) or empty,
                each.made.reason,
            ]
            for each in changes
        ]
        write_table([text(f"annotated.change_{name}", lang) for name in names], rows)
    else:
        write(text("annotated.nothing_changed", lang))
    write(text("annotated.remaining", lang, **left))
    write(text("cli.written", lang, path=out))


def _change(change: Change) -> dict[str, object]:
    made = change.made
    place = {"sheet": made.sheet, "row": made.row, "column": made.column}
    after = None if change.dropped else show(change.value)
    return {"kind": made.reason, "change": made.action, **place, "before": made.old, "after": after}
