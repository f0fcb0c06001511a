"""metrics NAME --rows: what stands behind one number, down to the file, sheet and Excel row."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.commands.asked import asked_against, asked_filters, asked_view
from salesanalytics.commands.output import as_json, write, write_records
from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.opening import OpenedNumber, OpenedPart, open_number, rows_of
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.store.workspace import open_workspace

_COLUMNS = (
    "side",
    "metric",
    "customer_id",
    "name",
    "label",
    "owner",
    "stage",
    "on",
    "amount",
    "numerator",
    "denominator",
    "counted",
    "reason",
    "file",
    "sheet",
    "row",
)


def rows_behind_one(args: Namespace) -> int:
    """Print the rows behind one metric. With --by, --where has to choose one value of each dimension: those of one cell."""
    if len(args.names) != 1:
        raise UserError("opens-one-metric", n=len(args.names))
    filters = asked_filters(args)
    with open_workspace(args.workspace) as workspace:
        view, settings = asked_view(workspace, args), workspace.settings()

        def view_at(on: Any) -> View:
            return View(workspace.state(on), EVERYONE)

        found = open_number(view, args.names[0], filters, settings, args.by, view_at)
        rows = rows_of(view, found, settings, view_at=view_at)
        metric = metrics_of(settings)[found.metric]
        then = asked_against(workspace, args, view.as_of)
        former = open_number(then, args.names[0], filters, settings, args.by, view_at) if then else None
    told = {"compared_with": former.as_of, "compared": {"value": former.value, "n": former.n}} if former else {}
    if args.json:
        write(as_json(_document(found, metric, rows, args.lang) | told))
        return 0
    write(text("cli.as-of-line", args.lang, as_of=found.as_of))
    write_records([_summary(found, metric, args.lang)])
    if former:
        write(text("cli.as-of-line", args.lang, as_of=former.as_of))
        write_records([_summary(former, metric, args.lang)])
    if rows:
        write()
        # columns in which nothing stands tell nothing
        kept = [name for name in _COLUMNS if any(row[name] not in (None, "") for row in rows)]
        write_records([{name: row[name] for name in kept} for row in rows])
    return 0


def _document(found: OpenedNumber, metric: Metric, rows: list[dict[str, Any]], lang: Lang) -> dict[str, object]:
    low, high = found.interval or (None, None)
    return {
        "metric": found.metric,
        "title": metric.title(lang),
        "formula": metric.formula(lang),
        "unit": metric.unit.value,
        "as_of": found.as_of,
        "from": found.filters.start,
        "to": found.filters.end,
        "where": {name: list(values) for name, values in found.filters.where},
        "value": found.value,
        "n": found.n,
        "k": found.figures.k.get(found.metric),
        "low": low,
        "high": high,
        "left_out": _left_out(found),
        "parts": [_part(part) for part in found.parts],
        "rows": rows,
    }


def _left_out(found: OpenedNumber) -> Mapping[str, int]:
    totals: dict[str, int] = {}
    for part in found.parts:
        for reason, n in part.left_out.items():
            totals[reason] = totals.get(reason, 0) + n
    return totals


def _part(part: OpenedPart) -> dict[str, object]:
    return {
        "side": part.side,
        "metric": part.metric,
        "value": part.value,
        "from": part.start,
        "to": part.end,
        "as_of": part.as_of,
        "counted": part.counted,
        "left_out": dict(part.left_out),
        "undated": part.undated,
    }


def _summary(found: OpenedNumber, metric: Metric, lang: Lang) -> dict[str, object]:
    left_out = {f"left out ({text(f'number.reason_{kind}', lang)})": n for kind, n in _left_out(found).items()}
    return {found.metric: found.value, "n": found.n, "formula": metric.formula(lang), **left_out}
