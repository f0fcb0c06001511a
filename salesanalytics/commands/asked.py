"""What a command that answers from the workspace was asked for: the filters of --where, --from and --to, and the view of --as-of."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.errors import UserError
from salesanalytics.insight.compared import compared_on
from salesanalytics.metrics.types import Filters
from salesanalytics.store.workspace import Workspace


def asked_filters(args: Namespace) -> Filters:
    """Return the filters; raises UserError ``bad-where`` for a condition that is no DIM=VALUE."""
    where: dict[str, list[str]] = {}
    for condition in args.where:
        dimension, equals, value = condition.partition("=")
        if not equals:
            raise UserError("bad-where", condition=condition)
        where.setdefault(dimension.strip(), []).append(value.strip())
    pairs = tuple((dimension, tuple(values)) for dimension, values in sorted(where.items()))
    return Filters(where=pairs, start=args.start, end=args.end)


def asked_view(workspace: Workspace, args: Namespace) -> View:
    """Return everyone's view as of the asked date; raises UserError ``no-workspace`` where nothing was imported."""
    if not workspace.as_of_dates():
        raise UserError("no-workspace", folder=str(args.workspace))
    return View(workspace.state(args.as_of), EVERYONE)


def asked_against(workspace: Workspace, args: Namespace, as_of: date) -> View | None:
    """Return everyone's view of the date of --compare-with (last, week, month or a day); None where none is asked for.

    Raises UserError ``compare-with`` for what names no date before ``as_of``.
    """
    if not args.compare_with:
        return None
    on = compared_on(args.compare_with, as_of, workspace.as_of_dates())
    if on is None:
        raise UserError("compare-with", asked=args.compare_with, day=as_of.isoformat())
    return View(workspace.state(on), EVERYONE)
