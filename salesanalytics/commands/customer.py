"""customer, stages: one customer's whole story, and every stage entry with what tells of it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.commands.asked import asked_against, asked_filters, asked_view
from salesanalytics.commands.output import as_json, write, write_table
from salesanalytics.commands.uploads import who
from salesanalytics.errors import UserError
from salesanalytics.i18n import text
from salesanalytics.insight.customer import CustomerStory, customer_story
from salesanalytics.insight.customer_imports import ImportEvent
from salesanalytics.insight.stage_history import StageEntry, stage_history, stage_moves
from salesanalytics.store.workspace import open_workspace


def customer(args: Namespace) -> int:
    """Tell everything of one customer. Contact data stay hidden unless --contacts."""
    with open_workspace(args.workspace) as workspace:
        view, settings = asked_view(workspace, args), workspace.settings()
        story = customer_story(view, settings, args.customer_id, reveal=args.contacts)
        then = asked_against(workspace, args, view.as_of)
        former = customer_story(then, settings, args.customer_id) if then else None
        if story is not None and args.contacts and story.has_contacts:
            workspace.audit(who(), "contact-data-shown", {"customer_id": args.customer_id})
    if story is None:
        raise UserError("unknown-customer", customer=args.customer_id, day=view.as_of.isoformat())
    if args.json:
        write(as_json(_document(story) | (_then(former, then) if then else {})))
    else:
        _print(story, args)
    return 0


def stages(args: Namespace) -> int:
    """List every stage entry, by customer in order, and how often customers moved from one stage to another."""
    with open_workspace(args.workspace) as workspace:
        view = asked_view(workspace, args)
        entries = stage_history(view, asked_filters(args))
    moves = [
        {"from": start, "to": end, "moves": n}
        for (start, end), n in sorted(stage_moves(entries).items(), key=lambda move: (-move[1], move[0]))
    ]
    if args.json:
        rows = [_entry(entry) for entry in entries]
        write(as_json({"as_of": view.as_of, "reconstructed": view.reconstructed, "entries": rows, "moves": moves}))
        return 0
    write(text("cli.as-of-line", args.lang, as_of=view.as_of))
    _print_entries(entries, args, with_customer=True)
    return 0


def _entry(entry: StageEntry) -> dict[str, object]:
    told = asdict(entry)
    del told["stage_order"]
    return told


def _then(former: CustomerStory | None, then: View) -> dict[str, object]:
    """The customer's facts as the date compared with knew them; null where nobody knew them then."""
    facts = None
    if former is not None:
        kept = {name: value for name, value in former.facts.items() if name != "custom"}
        facts = {**kept, "custom": dict(former.own)}
    return {"compared_with": then.as_of, "compared_reconstructed": then.reconstructed, "compared": facts}


def _document(story: CustomerStory) -> dict[str, object]:
    facts = {name: value for name, value in story.facts.items() if name != "custom"}
    return {
        "as_of": story.as_of,
        "reconstructed": story.reconstructed,
        "customer_id": story.customer_id,
        "missing_since": story.missing_since,
        "facts": {**facts, "custom": dict(story.own)},
        "stages": [_entry(entry) for entry in story.entries],
        "followups": [_followup(row) for row in story.followups],
        "alerts": [
            {"kind": flag.kind, "level": flag.level, "measure": flag.measure, "reference": flag.reference}
            for flag in story.flags
        ],
        "amounts": [asdict(point) for point in story.imports.amounts],
        "imports": [asdict(event) for event in story.imports.events],
        "held_in_imports": story.imports.held_in,
    }


def _followup(row: Mapping[str, Any]) -> dict[str, object]:
    return {name: json.loads(value) if name == "custom" and value else value for name, value in row.items()}


def _print(story: CustomerStory, args: Namespace) -> None:
    lang = args.lang
    write(f"{story.name} ({story.customer_id}) · {text('cli.as-of-line', lang, as_of=story.as_of)}")
    for name in ("stage", "owner", "team", "tier", "expected_amount", "actual_amount", "last_contact_on"):
        value = story.facts.get(name)
        write(f"  {name}: {'—' if value is None else value}")
    for flag in story.flags:
        write(f"  ! {flag.why(lang)}")
    write()
    _print_entries(story.entries, args)
    write()
    names = ("followed_up_at", "method", "followed_up_by", "stage_after", "summary")
    write_table(names, [[row[name] for name in names] for row in story.followups])
    write()
    write_table(("imported_on", "what", "change", "where"), [_import_line(event) for event in story.imports.events])


def _import_line(event: ImportEvent) -> list[object]:
    changed = "; ".join(
        f"{change.column}: {'—' if change.before is None else change.before} → {'—' if change.after is None else change.after}"
        for change in event.changes
    )
    place = f"{event.file} · {event.sheet} · {event.row}" if event.file else None
    return [event.imported_on, event.kind, changed or None, place]


def _print_entries(
    entries: list[StageEntry] | tuple[StageEntry, ...], args: Namespace, *, with_customer: bool = False
) -> None:
    marks = {True: text("cli.stages-inferred", args.lang), False: None}
    headers = ["entered_on", "stage", "source", ""]
    rows = [[one.entered_on, one.stage, one.source, marks[one.inferred]] for one in entries]
    if with_customer:
        headers = ["customer_id", *headers]
        rows = [[one.customer_id, *row] for one, row in zip(entries, rows, strict=True)]
    write_table(headers, rows)
