"""quarantine: the rows held back, with the user's own headers and cells, and why."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from salesanalytics.commands.output import as_json, write, write_table
from salesanalytics.commands.table_file import wanted_format, write_table_file
from salesanalytics.i18n import Lang, text
from salesanalytics.intake.annotated_sheet import ORIGIN
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.intake.types import Cell
from salesanalytics.store.types import HeldRow
from salesanalytics.store.workspace import open_workspace
from salesanalytics.tables import BY_NAME


def quarantine(args: Namespace) -> int:
    """List the rows in quarantine; with --out write them to a CSV or xlsx file."""
    if args.out is not None:
        wanted_format(args.out)
    with open_workspace(args.workspace) as workspace:
        held = workspace.quarantine()
    if args.out is not None:
        write_table_file(args.out, held_tables(held, args.lang))
    if args.json:
        more = {"file": str(args.out)} if args.out is not None else {}
        write(as_json({"rows": [held_document(each) for each in held], **more}))
    elif args.out is not None:
        write(text("cli.written", args.lang, path=args.out))
    elif not held:
        write(text("annotated.held_none", args.lang))
    else:
        names = ("held_import", "held_table", *ORIGIN, "held_content")
        write_table([text(f"annotated.{name}", args.lang) for name in names], [_line(each, args.lang) for each in held])
    return 0


def held_document(held: HeldRow) -> dict[str, object]:
    """Return a row in quarantine as plain data."""
    row = held.row
    place = {"file": row.file, "sheet": row.sheet, "row": row.row}
    return {
        "import_id": held.import_id,
        "table": row.table,
        **place,
        "reasons": list(row.kinds),
        "cells": dict(row.cells),
    }


def held_tables(held: Sequence[HeldRow], lang: Lang) -> dict[str, tuple[list[str], list[list[Cell]]]]:
    """Return a table for each of ours: the user's own headers and cells, then file, sheet, row and reasons."""
    own = [text(f"annotated.{name}", lang) for name in ORIGIN]
    tables: dict[str, tuple[list[str], list[list[Cell]]]] = {}
    for name in dict.fromkeys(each.row.table for each in held):
        rows = [each for each in held if each.row.table == name]
        headers = list(dict.fromkeys(header for each in rows for header in each.row.cells))
        cells = [[*(each.row.cells.get(header) for header in headers), *_origin(each, lang)] for each in rows]
        tables[BY_NAME[name].title(lang)] = ([*headers, *own], cells)
    return tables or {text("annotated.sheet", lang): (own, [])}


def _origin(held: HeldRow, lang: Lang) -> list[Cell]:
    row = held.row
    return [row.file, row.sheet, row.row, reasons(held, lang)]


def reasons(held: HeldRow, lang: Lang) -> str:
    """Return why a row is held back, in words."""
    return " · ".join(CHECK_BY_KIND[kind].title(lang) if kind in CHECK_BY_KIND else kind for kind in held.row.kinds)


def _line(held: HeldRow, lang: Lang) -> list[object]:
    content = " · ".join([cell for cell in held.row.cells.values() if cell][:5])
    return [held.import_id, BY_NAME[held.row.table].title(lang), *_origin(held, lang), content]
