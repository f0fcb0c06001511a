"""metrics NAME --as-of D --restated: what a past number was when it was shown, what it is now, and why."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.commands.asked import asked_filters
from salesanalytics.commands.output import as_json, write, write_records
from salesanalytics.errors import UserError
from salesanalytics.i18n import text
from salesanalytics.insight.restated.gives import Given
from salesanalytics.insight.restated.history import history_of
from salesanalytics.insight.restated.lines import Line, customer_lines
from salesanalytics.insight.restated.restated import Cause, Restatement
from salesanalytics.metrics.asking import check_filters, metrics_named
from salesanalytics.store.workspace import open_workspace


def restated_number(args: Namespace) -> int:
    """Print one number as it was shown as of a date (without --as-of the newest) and as it is, with the causes and the customers that make the difference."""
    if len(args.names) != 1 or args.by:
        raise UserError("restates-one-metric", n=len(args.names))
    with open_workspace(args.workspace) as workspace:
        dates = workspace.as_of_dates()
        if not dates:
            raise UserError("no-workspace", folder=str(args.workspace))
        history = history_of(workspace)
        as_of, filters = args.as_of or dates[-1], asked_filters(args)
        metrics_named(args.names, history.settings)
        check_filters(history.view_of(as_of, None, history.settings), filters)
        found = history.restated((args.names[0], filters), as_of)
        lines = customer_lines(found)
    if args.json:
        write(as_json(_document(found, lines)))
        return 0
    write(text("cli.as-of-line", args.lang, as_of=found.as_of))
    if not found.differs:
        write(text("restated.cli_same", args.lang))
    was, now = text("restated.was", args.lang), text("restated.now", args.lang)
    write_records([{"metric": found.metric, was: found.was, now: found.now, "known_at": found.known_at}])
    for records in ([_cause(one) for one in found.causes], [_customer(one) for one in lines]):
        if records:
            write()
            simple = [name for name in records[0] if not isinstance(records[0][name], list)]
            write_records([{name: record[name] for name in simple} for record in records])
    return 0


def _document(found: Restatement, lines: tuple[Line, ...]) -> dict[str, object]:
    return {
        "metric": found.metric,
        "as_of": found.as_of,
        "from": found.filters.start,
        "to": found.filters.end,
        "where": {name: list(values) for name, values in found.filters.where},
        "was": found.was,
        "is": found.now,
        "known_at": found.known_at,
        "causes": [_cause(one) for one in found.causes],
        "customers": [_customer(one) for one in lines],
    }


def _cause(one: Cause) -> dict[str, object]:
    return {
        "kind": one.kind,
        "count": one.count,
        "import_id": one.imports[-1] if one.imports else None,
        "as_of": one.of_day,
        "who": one.who,
        "at": one.at,
        "before": one.before,
        "after": one.after,
        "difference": one.difference,
        **{kind: one.of(kind) for kind in ("corrected", "new", "gone")},
        "moved": one.moved,
        "imports": list(one.imports),
        "files": list(one.files),
        "settings": [{"key": change.key, "before": change.before, "after": change.after} for change in one.changes],
    }


def _customer(line: Line) -> dict[str, object]:
    return {
        "customer_id": line.customer_id or None,
        "name": line.name or None,
        "what": line.what,
        "causes": list(line.causes),
        "parts": [{"side": side, "before": _given(then), "after": _given(now)} for side, then, now in line.parts],
        "rows": [
            {
                "table": row.table,
                "kind": row.kind,
                "key": list(row.key),
                "import_before": row.import_before,
                "import_after": row.import_after,
                "file": row.file,
                "sheet": row.sheet,
                "row": row.row,
                "cells": [{"column": cell.column, "before": cell.before, "after": cell.after} for cell in row.cells],
            }
            for row in line.rows
        ],
    }


def _given(given: Given | None) -> dict[str, object] | None:
    return None if given is None else {"rows": given.rows, "above": given.above, "below": given.below}
