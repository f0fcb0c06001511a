"""metrics, report, list: numbers and documents out of the workspace."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.commands.asked import asked_against, asked_filters, asked_view
from salesanalytics.commands.compared import compared_rows, flat
from salesanalytics.commands.opened import rows_behind_one
from salesanalytics.commands.output import as_json, write, write_records
from salesanalytics.commands.restated import restated_number
from salesanalytics.i18n import text
from salesanalytics.insight.restated.history import history_of
from salesanalytics.intake.issues import CHECKS
from salesanalytics.metrics import DIMENSIONS, custom_dimensions
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import MetricQuery
from salesanalytics.reports import content, excel, pdf
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.store.connection import DATABASE_NAME
from salesanalytics.store.workspace import open_workspace
from salesanalytics.tables import TABLES


def metrics(args: Namespace) -> int:
    """Answer metrics, cut by dimensions, or open one of them with --rows, or say with --restated what it was when it was shown. No dates = all time."""
    if args.rows:
        return rows_behind_one(args)
    if args.restated:
        return restated_number(args)
    query = MetricQuery(tuple(args.names), tuple(args.by), asked_filters(args))
    with open_workspace(args.workspace) as workspace:
        view = asked_view(workspace, args)
        settings = workspace.settings()
        result = ask(view, query, settings, lambda on: View(workspace.state(on), EVERYONE))
        then = asked_against(workspace, args, result.as_of)
        former = ask(then, query, settings, lambda on: View(workspace.state(on), EVERYONE)) if then else None
    if args.json:
        rows: list[dict[str, object]] = [{**row.dims, **row.values, "n": dict(row.n)} for row in result.rows]
        document: dict[str, object] = {"as_of": result.as_of, "reconstructed": view.reconstructed}
        if former:
            document |= {"compared_with": former.as_of, "compared_reconstructed": former.reconstructed}
            rows = compared_rows(result, former)
        write(as_json({**document, "rows": rows}))
    elif former:
        write(text("cli.compared-line", args.lang, as_of=result.as_of, then=former.as_of))
        write_records([flat(row, query.metrics) for row in compared_rows(result, former)])
    else:
        write(text("cli.as-of-line", args.lang, as_of=result.as_of))
        write_records([{**row.dims, **row.values, **{f"n {k}": n for k, n in row.n.items()}} for row in result.rows])
    return 0


def report(args: Namespace) -> int:
    """Write the weekly summary as PDF or Excel."""
    with open_workspace(args.workspace) as workspace:
        view = asked_view(workspace, args)
        weekly = content.weekly(
            view,
            workspace.settings(),
            args.lang,
            filters=asked_filters(args),
            view_at=lambda on: View(workspace.state(on), EVERYONE),
            import_dates=workspace.as_of_dates(),
            history=history_of(workspace),
            then=asked_against(workspace, args, view.as_of),
        )
    render = pdf.render if args.format == "pdf" else excel.render
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(render(weekly))
    document = {"file": str(args.out), "as_of": weekly.as_of}
    if weekly.then_on:
        document["compared_with"] = weekly.then_on
    write(as_json(document) if args.json else text("cli.written", args.lang, path=args.out))
    return 0


def _settings(args: Namespace) -> Settings:
    """The settings of the workspace, if there is one: to list what could be asked of none, the usual ones do."""
    if not (args.workspace / DATABASE_NAME).exists():
        return DEFAULT_SETTINGS
    with open_workspace(args.workspace) as workspace:
        return workspace.settings()


def _own_columns(args: Namespace) -> tuple[str, ...]:
    """The columns of the user's own in the newest state, as dimension names."""
    if not (args.workspace / DATABASE_NAME).exists():
        return ()
    with open_workspace(args.workspace) as workspace:
        return custom_dimensions(View(workspace.state(), EVERYONE)) if workspace.as_of_dates() else ()


def list_things(args: Namespace) -> int:
    """List what can be asked for: metrics, dimensions, tables or checks."""
    lang = args.lang
    if args.what == "metrics":
        rows = [
            {
                "name": m.name,
                "title": m.title(lang),
                "unit": m.unit.value,
                "formula": m.formula(lang),
            }
            for m in metrics_of(_settings(args)).values()
        ]
    elif args.what == "dimensions":
        names = (*DIMENSIONS, *_own_columns(args))
        rows = [{"name": name, "title": dimension(name).title(lang)} for name in names]
    elif args.what == "tables":
        rows = [{"name": table.name, "title": table.title(lang), "columns": ", ".join(table.names)} for table in TABLES]
    else:
        rows = [{"kind": c.kind, "severity": c.severity, "title": text(f"check.{c.kind}.title", lang)} for c in CHECKS]
    write(as_json({args.what: rows})) if args.json else write_records(rows)
    return 0
