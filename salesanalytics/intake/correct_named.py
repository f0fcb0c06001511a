"""A batch fix by its name, as a command or a script asks for it: ``unknown-stage=map-spelling:洽谈中:商机``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from salesanalytics.errors import UserError
from salesanalytics.intake import correct_fixes as fixes
from salesanalytics.intake.correct_places import Editor, Places
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.intake.types import Batch, DateOrder, DecimalSign, Issue

VALUES = {"set-value": 1, "map-spelling": 2, "date-order": 1, "decimal": 1}
"""How many values a fix takes after its name; the others take none."""
DATE_ORDERS = ("ymd", "dmy", "mdy")
DECIMALS: dict[str, DecimalSign] = {"point": ".", "comma": ","}


@dataclass(frozen=True)
class NamedFix:
    """A fix asked for: the issue kind it answers, its name (one of ``fixes_for(kind)``), and its values."""

    kind: str
    action: str
    values: tuple[str, ...] = ()


def parse_fix(words: str) -> NamedFix:
    """Return the fix written ``KIND=ACTION`` or ``KIND=ACTION:VALUE…``. An empty value empties the cell.

    Raises UserError: ``fix-form``, ``fix-unknown-kind``, ``fix-none-for-kind``, ``fix-unknown-action``, ``fix-values``, ``fix-date-order``, ``fix-decimal``.
    """
    kind, equals, rest = words.partition("=")
    action, *values = rest.split(":", 2)
    kind, action = kind.strip(), action.strip()
    if not equals or not action:
        raise UserError("fix-form", words=words)
    if kind not in CHECK_BY_KIND:
        possible = ", ".join(check for check in CHECK_BY_KIND if fixes.fixes_for(check))
        raise UserError("fix-unknown-kind", issue=kind, possible=possible)
    known = fixes.fixes_for(kind)
    if not known:
        raise UserError("fix-none-for-kind", issue=kind)
    if action not in known:
        raise UserError("fix-unknown-action", issue=kind, action=action, possible=", ".join(known))
    if action == "set-value" and len(values) == 2:  # a value may hold a colon
        values = [":".join(values)]
    if len(values) != VALUES.get(action, 0):
        raise UserError(f"fix-values-{VALUES.get(action, 0)}", issue=kind, action=action)
    if action == "date-order" and values[0] not in DATE_ORDERS:
        raise UserError("fix-date-order", order=values[0], possible=", ".join(DATE_ORDERS))
    if action == "decimal" and values[0] not in DECIMALS:
        raise UserError("fix-decimal", sign=values[0], possible=", ".join(DECIMALS))
    return NamedFix(kind, action, tuple(values))


def named_corrections(fix: NamedFix, batch: Batch, places: Places, editor: Editor) -> fixes.Corrections:
    """Return the corrections ``fix`` makes to the issues of its kind in ``batch``; none where there are none."""
    issues = [issue for issue in batch.issues if issue.kind == fix.kind]
    match fix.action:
        case "set-value":
            return fixes.set_value(places, issues, fix.values[0] or None, editor)
        case "accept-suggestion":
            return fixes.accept_suggestions(places, issues, editor)
        case "stage-from-followup":
            return fixes.stage_from_followups(places, batch, issues, editor)
        case "drop-row":
            return fixes.drop_rows(places, issues, editor)
        case "keep-first" | "keep-last" | "keep-most-recent":
            keep = cast("fixes.Keep", fix.action.removeprefix("keep-"))
            return fixes.keep_duplicates(places, issues, keep, editor)
        case "date-order":
            order = cast("DateOrder", fix.values[0])
            return tuple(one for issue in issues for one in fixes.choose_date_order(places, issue, order, editor))
        case "decimal":
            sign = DECIMALS[fix.values[0]]
            return tuple(one for issue in issues for one in fixes.choose_decimal(places, issue, sign, editor))
        case "mask":
            return fixes.mask_sensitive(places, issues, editor)
        case "map-spelling":
            found, value = fix.values
            return tuple(
                one
                for table, field in _columns(issues)
                for one in fixes.map_spelling(places, table, field, found, value or None, editor, fix.kind)
            )
        case "normalise":
            return tuple(
                one
                for table, field in _columns(issues)
                for one in fixes.normalise(places, table, field, editor, fix.kind)
            )
    raise KeyError(fix.action)


def _columns(issues: Sequence[Issue]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((issue.table or "", issue.field or "") for issue in issues))
