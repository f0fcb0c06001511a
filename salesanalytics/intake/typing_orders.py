"""In which order a column writes day and month, where its own cells do not tell: the user's word first, then the file's other columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from salesanalytics.intake.answers import Answer, date_orders
from salesanalytics.intake.mapping import ColumnMap, map_for
from salesanalytics.intake.types import DateOrder, MatchedSheet
from salesanalytics.intake.typing_cells import Cells
from salesanalytics.intake.typing_columns import column_cells
from salesanalytics.intake.typing_dates import Evidence, order_evidence
from salesanalytics.tables import BY_NAME, Kind

Orders = dict[str, DateOrder]


def decide_orders(
    sheets: Sequence[MatchedSheet], maps: Sequence[ColumnMap], answers: Sequence[Answer] = ()
) -> list[Orders]:
    """Return for each sheet the order of its date columns, as far as anything decides it. A column that contradicts itself stays undecided.

    The user's word comes first, then the file's other columns, then what was answered before (``answers``).
    """
    proofs = [_proofs(sheet) for sheet in sheets]
    decided: list[Orders] = []
    for sheet, own in zip(sheets, proofs, strict=True):
        digest = sheet.raw.digest
        of_file = {
            e
            for other, each in zip(sheets, proofs, strict=True)
            if other.raw.digest == digest
            for p in each.values()
            for e in p
        }
        orders: Orders = {name: next(iter(of_file)) for name, proof in own.items() if not proof and len(of_file) == 1}
        known = date_orders(answers, sheet)
        orders = {**{name: known[name] for name, proof in own.items() if not proof and name in known}, **orders}
        chosen = map_for(maps, sheet.raw, [match.header for match in sheet.columns])
        decided.append({**orders, **(chosen.date_order if chosen else {})})
    return decided


def _proofs(sheet: MatchedSheet) -> dict[str, frozenset[Evidence]]:
    """What each date column with day-month-year texts proves; columns without such texts are not in it."""
    table = BY_NAME[cast("str", sheet.table)]
    proofs: dict[str, frozenset[Evidence]] = {}
    for match in sheet.columns:
        if match.column is None or table.column(match.column).kind not in (Kind.DATE, Kind.TIMESTAMP):
            continue
        cells = Cells(column_cells(sheet, match))
        if cells.has_text:
            proofs[match.column] = order_evidence(cells.text.drop_nulls().unique().to_list())
    return proofs
