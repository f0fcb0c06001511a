"""Which sign a column writes before decimals, where its own cells do not tell: the user's word first, then the file's other columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from salesanalytics.intake.answers import Answer
from salesanalytics.intake.answers import decimals as answered
from salesanalytics.intake.mapping import ColumnMap, map_for
from salesanalytics.intake.types import DecimalSign, KnownSign, MatchedSheet
from salesanalytics.intake.typing_cells import Cells
from salesanalytics.intake.typing_columns import column_cells
from salesanalytics.intake.typing_numbers import decimal_evidence, reads_two_ways
from salesanalytics.tables import BY_NAME, Kind

Decimals = dict[str, KnownSign]
_NUMERIC = (Kind.MONEY, Kind.NUMBER, Kind.COUNT)


def decide_decimals(
    sheets: Sequence[MatchedSheet], maps: Sequence[ColumnMap], answers: Sequence[Answer] = ()
) -> list[Decimals]:
    """Return for each sheet the decimal sign of its columns, as far as the user, the file or what was answered before (``answers``) tells it.

    A column with proof of its own is not in it: it decides by itself. One that contradicts itself, or reads against the file, stays undecided and is asked about.
    """
    proofs = [_proofs(sheet) for sheet in sheets]
    decided: list[Decimals] = []
    for sheet, own in zip(sheets, proofs, strict=True):
        of_file = {
            sign
            for other, each in zip(sheets, proofs, strict=True)
            if other.raw.digest == sheet.raw.digest
            for proof, _ in each.values()
            for sign in proof
        }
        decimals: Decimals = {}
        if len(of_file) == 1:
            (sign,) = of_file
            decimals = {name: _followed(signs, sign) for name, (proof, signs) in own.items() if signs and not proof}
        known = answered(answers, sheet)
        unproved = [name for name, (proof, signs) in own.items() if signs and not proof]
        asked = [name for name in unproved if decimals.get(name, "ask") == "ask"]
        decimals |= {name: known[name] for name in asked if name in known}
        chosen = map_for(maps, sheet.raw, [match.header for match in sheet.columns])
        decided.append({**decimals, **(chosen.decimal if chosen else {})})
    return decided


def _followed(signs: frozenset[str], sign: DecimalSign) -> KnownSign:
    """Let a column that proves nothing follow its file, but ask where that would read all its numbers with three decimals."""
    return sign if signs - {sign} else "ask"


def _proofs(sheet: MatchedSheet) -> dict[str, tuple[frozenset[DecimalSign], frozenset[str]]]:
    """What each number column with texts proves, and the signs its doubtful spellings hold."""
    table = BY_NAME[cast("str", sheet.table)]
    proofs: dict[str, tuple[frozenset[DecimalSign], frozenset[str]]] = {}
    for match in sheet.columns:
        if match.column is None or table.column(match.column).kind not in _NUMERIC:
            continue
        cells = Cells(column_cells(sheet, match), header=match.header)
        if cells.has_text:
            doubtful = cells.text.filter(cells.text.str.contains(r"[.,]\d{3}(?:\D|$)").fill_null(value=False))
            signs = {sign for each in doubtful.unique() if reads_two_ways(each) for sign in ".," if sign in each}
            proofs[match.column] = decimal_evidence(cells), frozenset(signs)
    return proofs
