"""reconcile: what the uploaded conversion and funnel tables say, beside what the customers' records say."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.commands.output import as_json, write, write_table
from salesanalytics.errors import UserError
from salesanalytics.i18n import text
from salesanalytics.insight.reconciliation import Reconciled, Reconciliation, reconcile
from salesanalytics.settings import Settings
from salesanalytics.store.workspace import open_workspace
from salesanalytics.tables import BY_NAME


def reconciliation(args: Namespace) -> int:
    """Compare the newest period of each uploaded table, stage by stage: uploaded, computed, difference (computed − uploaded)."""
    with open_workspace(args.workspace) as workspace:
        if not workspace.as_of_dates():
            raise UserError("no-workspace", folder=str(args.workspace))
        view, settings = View(workspace.state(args.as_of), EVERYONE), workspace.settings()
        found = {table: reconcile(view, settings, table) for table in ("conversion", "funnel")}
    tables = {table: result for table, result in found.items() if result is not None}
    if args.json:
        rows = [_row(table, result, stage) for table, result in tables.items() for stage in result.stages]
        write(as_json({"as_of": view.as_of, "rows": rows}))
    elif not tables:
        write(text("annotated.reconcile_none", args.lang))
    else:
        write(text("cli.as-of-line", args.lang, as_of=view.as_of))
        _print(tables, settings, args)
    return 0


def _row(table: str, result: Reconciliation, stage: Reconciled) -> dict[str, object]:
    counts = {"uploaded": stage.uploaded, "computed": stage.computed, "difference": stage.difference}
    return {
        "table": table,
        "period": result.period or None,
        "stage": stage.stage,
        **counts,
        "differences": list(stage.differences),
        "file": stage.file,
        "sheet": stage.sheet,
        "row": stage.row,
    }


def _print(tables: dict[str, Reconciliation], settings: Settings, args: Namespace) -> None:
    lang = args.lang
    names = ("period", "stage", "uploaded", "computed", "difference")
    headers = [text("cli.table", lang), *(text(f"annotated.reconcile_{name}", lang) for name in names)]
    rows = [
        [
            BY_NAME[table].title(lang),
            result.period or None,
            settings.stages.get(stage.stage).name(lang) if stage.stage in settings.stages.ids else stage.stage,
            stage.uploaded,
            stage.computed,
            stage.difference,
        ]
        for table, result in tables.items()
        for stage in result.stages
    ]
    write_table(headers, rows)
