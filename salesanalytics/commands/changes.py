"""changes: the exact bridge of the open pipeline between two as-of dates, and the deals in each bar."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.commands.asked import asked_filters
from salesanalytics.commands.output import as_json, write, write_records
from salesanalytics.errors import UserError
from salesanalytics.i18n import text
from salesanalytics.insight.changes.bridge import Bridge, Changes, changes
from salesanalytics.insight.changes.moves import KINDS, NOTHING, Move
from salesanalytics.store.workspace import open_workspace


def change_report(args: Namespace) -> int:
    """Answer what changed. Without --from the import before the last is the start, without --to the newest the end."""
    where = asked_filters(args).where
    with open_workspace(args.workspace) as workspace:
        dates = workspace.as_of_dates()
        if not dates:
            raise UserError("no-workspace", folder=str(args.workspace))
        end = args.end or dates[-1]
        earlier = [day for day in dates if day < end]
        start = args.start or (earlier[-1] if earlier else end)
        found = changes(View(workspace.state(start), EVERYONE), View(workspace.state(end), EVERYONE), where, args.by)
    if args.json:
        write(as_json(_document(found)))
        return 0
    write(text("cli.changes-line", args.lang, start=found.start_on, end=found.end_on))
    for bridge in found.groups or (found.whole,):
        if found.by:
            write()
            write(f"{found.by}={bridge.group}")
        write_records(_lines(bridge, args))
    return 0


def _document(found: Changes) -> dict[str, object]:
    """With ``by`` the bars are those of all groups together, transfers in and out among them, so that they still add from start to end."""
    bridges = found.groups or (found.whole,)
    document: dict[str, object] = {
        "from": found.start_on,
        "to": found.end_on,
        "reconstructed": found.reconstructed,
        **_ends(found.whole),
        "bars": _bars(bridges),
        "deals": [_deal(move, found) for bridge in bridges for move in bridge.moves],
    }
    if found.by:
        document |= {
            "by": found.by,
            "groups": [{found.by: one.group or None, **_ends(one), "bars": _bars([one])} for one in found.groups],
        }
    return document


def _ends(bridge: Bridge) -> dict[str, object]:
    return {
        "start": bridge.start.amount,
        "end": bridge.end.amount,
        "start_customers": bridge.start.customers,
        "end_customers": bridge.end.customers,
        "start_without_amount": bridge.start.unknown,
        "end_without_amount": bridge.end.unknown,
    }


def _bars(bridges: tuple[Bridge, ...] | list[Bridge]) -> list[dict[str, object]]:
    kinds = [kind for kind in KINDS if any(bar.kind == kind for one in bridges for bar in one.bars)]
    return [
        {
            "kind": kind,
            "amount": sum((one.bar(kind).amount for one in bridges), start=NOTHING),
            "customers": sum(one.bar(kind).customers for one in bridges),
            "without_amount": sum(one.bar(kind).unknown for one in bridges),
        }
        for kind in kinds
    ]


def _deal(move: Move, found: Changes) -> dict[str, object]:
    start, end = move.start, move.end
    cut: dict[str, object] = {found.by: move.group or None} if found.by else {}
    return {
        "kind": move.kind,
        "customer_id": move.customer_id,
        "before": move.before,
        "after": move.after,
        **cut,
        "stage_before": start.stage if start else None,
        "stage_after": end.stage if end else None,
        "owner_before": start.owner or None if start else None,
        "owner_after": end.owner or None if end else None,
    }


def _lines(bridge: Bridge, args: Namespace) -> list[dict[str, object]]:
    name, amount, customers = (text(f"cli.changes-{key}", args.lang) for key in ("bar", "amount", "customers"))
    start, end = (text(f"changes.{key}", args.lang) for key in ("start", "end"))
    return [
        {name: start, amount: bridge.start.amount, customers: bridge.start.customers},
        *(
            {name: text(f"changes.kind.{bar.kind}", args.lang), amount: bar.amount, customers: bar.customers}
            for bar in bridge.bars
        ),
        {name: end, amount: bridge.end.amount, customers: bridge.end.customers},
    ]
