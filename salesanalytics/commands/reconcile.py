"""reconcile: what the uploaded conversion and funnel tables say, beside what the customers' records say."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.commands.output import as_json, write, write_table
from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang, format, text
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
    counts: dict[str, object] = {"uploaded": stage.uploaded, "computed": stage.computed, "difference": stage.difference}
    own = stage.conversion
    if own is not None:
        counts |= {
            "converted": own.converted,
            "computed_converted": own.computed_converted,
            "conversion_share": own.printed_share,
            "computed_conversion_share": own.computed_share,
            "mean_dwell_days": own.dwell,
            "computed_mean_dwell_days": own.computed_dwell,
            "computed_mean_dwell_n": own.left,
        }
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
            _stage_name(stage, settings, lang),
            stage.uploaded,
            stage.computed,
            stage.difference,
        ]
        for table, result in tables.items()
        for stage in result.stages
    ]
    write_table(headers, rows)
    if "conversion" in tables:
        write("")
        _print_conversions(tables["conversion"], settings, lang)


def _print_conversions(found: Reconciliation, settings: Settings, lang: Lang) -> None:
    """The conversion table's own figures, each as uploaded, then as computed; shares in percent, dwell in days."""
    names = ("converted", "computed_converted", "share", "computed_share", "dwell", "computed_dwell")
    headers = [text("annotated.reconcile_stage", lang), *(text(f"quality.csv_{name}", lang) for name in names)]
    rows = [
        [
            _stage_name(stage, settings, lang),
            own.converted,
            own.computed_converted,
            format.share(own.printed_share),
            format.share(own.computed_share),
            format.number(own.dwell, 1),
            format.number(own.computed_dwell, 1),
        ]
        for stage in found.stages
        if (own := stage.conversion)
    ]
    write_table(headers, rows)


def _stage_name(stage: Reconciled, settings: Settings, lang: Lang) -> str:
    return settings.stages.get(stage.stage).name(lang) if stage.stage in settings.stages.ids else stage.stage
