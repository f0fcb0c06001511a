"""check, import, imports, undo: files on their way into the workspace."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.commands.annotate import write_annotated
from salesanalytics.commands.output import as_json, write, write_table
from salesanalytics.commands.uploads import settings_of, uploaded, who
from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang, text
from salesanalytics.intake import mapping, pipeline, report
from salesanalytics.intake.issues import message, place
from salesanalytics.intake.types import Batch
from salesanalytics.settings import Settings
from salesanalytics.store.types import ImportOutcome, TableCounts
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.tables import BY_NAME

COUNTS = ("new", "updated", "unchanged", "missing", "quarantined")


def _batch(args: Namespace, settings: Settings, workspace: Workspace | None = None) -> Batch:
    maps = mapping.read_maps(args.map) if args.map else ()
    known = workspace.known_customers() if workspace is not None else None
    values = workspace.known_values() if workspace is not None else None
    files = [uploaded(path) for path in args.files]
    answers = workspace.remembered_answers() if workspace is not None else ()
    return pipeline.process(
        files, settings, maps=maps, as_of=args.as_of, known_customers=known, known_values=values, answers=answers
    )


def _print_check(batch: Batch, lang: Lang) -> None:
    for file in batch.files:
        if file.refused:
            write(UserError(file.refused, **file.refused_params).message(lang))
        for sheet in file.sheets:
            known = BY_NAME.get(sheet.table or "")
            if known is None:
                write(text("cli.not-a-table", lang, file=file.file, sheet=sheet.raw.sheet))
                continue
            found = {"rows": len(sheet.data_indices), "header_row": sheet.header_row, "table": known.title(lang)}
            write(text("cli.rows-found", lang, file=file.file, sheet=sheet.raw.sheet, **found))
    for issue in batch.issues:
        severity = text(f"cli.{issue.severity}", lang)
        write(text("cli.issue-line", lang, severity=severity, place=place(issue, lang), message=message(issue, lang)))
    if not batch.issues:
        write(text("cli.no-issues", lang))


def check(args: Namespace) -> int:
    """Say what is in the files and what is wrong. Exit 0 no errors, 1 errors in rows, 2 a file refused."""
    batch = _batch(args, settings_of(args.workspace))
    files = [uploaded(path) for path in args.files] if args.annotate else []
    annotated = write_annotated(args.annotate, files, batch, args.lang) if files else []
    if args.json:
        more = {"annotated": [str(path) for path in annotated]} if args.annotate else {}
        write(as_json({**report.check_document(batch, args.lang), **more}))
    else:
        _print_check(batch, args.lang)
        for path in annotated:
            write(text("cli.written", args.lang, path=path))
    if any(file.refused for file in batch.files):
        return 2
    return 1 if batch.errors else 0


def counts_document(counts: TableCounts) -> dict[str, int]:
    """Return an import's counts of one table as plain data."""
    return {name: getattr(counts, name) for name in COUNTS}


def _print_outcome(outcome: ImportOutcome, lang: Lang) -> None:
    key = "cli.repeated" if outcome.repeated else "cli.imported"
    write(text(key, lang, import_id=outcome.import_id, as_of=outcome.as_of))
    headers = [text(f"cli.{name}", lang) for name in ("table", *COUNTS)]
    write_table(headers, [[table, *counts_document(counts).values()] for table, counts in outcome.tables.items()])


def load(args: Namespace) -> int:
    """Import files as one import with one as-of date. Without --quarantine-bad-rows any error loads nothing (exit 1)."""
    with open_workspace(args.workspace) as workspace:
        batch = _batch(args, workspace.settings(), workspace)
        refused = next((file for file in batch.files if file.refused), None)
        if refused is not None:
            raise UserError(str(refused.refused), **refused.refused_params)
        as_of = args.as_of or batch.as_of_found
        if as_of is None:
            raise UserError("as-of-needed")
        outcome = workspace.load(batch, as_of, args.mode, who=who(), accept_errors=args.quarantine_bad_rows)
    if args.json:
        tables = {name: counts_document(counts) for name, counts in outcome.tables.items()}
        write(as_json({"import_id": outcome.import_id, "as_of": outcome.as_of, "tables": tables}))
    else:
        _print_outcome(outcome, args.lang)
    return 0


def history(args: Namespace) -> int:
    """List the imports, newest last."""
    with open_workspace(args.workspace) as workspace:
        records = workspace.imports()
    if args.json:
        rows = [
            {
                "import_id": record.import_id,
                "as_of": record.as_of,
                "mode": record.mode,
                "who": record.who,
                "loaded_at": record.loaded_at,
                "files": list(record.files),
                "undone_at": record.undone_at,
                "tables": {name: counts_document(counts) for name, counts in record.tables.items()},
            }
            for record in records
        ]
        write(as_json({"imports": rows}))
    elif not records:
        write(text("cli.no-imports", args.lang))
    else:
        rows_out = [
            [record.import_id, record.as_of, record.mode, record.who, record.undone_at, ", ".join(record.files)]
            for record in records
        ]
        names = ("id", "as-of", "mode", "who", "undone-at", "files")
        write_table([text(f"cli.{name}", args.lang) for name in names], rows_out)
    return 0


def undo(args: Namespace) -> int:
    """Undo one import as a whole."""
    with open_workspace(args.workspace) as workspace:
        workspace.undo(args.import_id, who())
    document = {"import_id": args.import_id, "undone": True}
    write(as_json(document) if args.json else text("cli.undone", args.lang, import_id=args.import_id))
    return 0
