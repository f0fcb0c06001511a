"""Shares: 60%, 0.6 and 60 in a column of percentages all mean 0.6; whether bare numbers are percentages is decided for the column."""

from __future__ import annotations

import re

import polars as pl

from salesanalytics.intake.typing_cells import Cells, Typed, by_spelling, folded, problems_at
from salesanalytics.intake.typing_numbers import parse_amount

_LEAST_DIGITS_OF_A_NUMBER = 2  # a number cell shows whole percents at the least


def type_share(cells: Cells) -> Typed:
    """Shares 0-1. ``extra["printed"]``: half the last printed digit, so that a check knows how exact the share claims to be."""
    text = cells.text if cells.has_text else pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
    signed = by_spelling(text, _percent, pl.Float64)
    bare = by_spelling(text.set(signed.is_not_null(), None), lambda s: parse_amount(s, "."), pl.Float64)
    if cells.has_number:
        bare = pl.DataFrame({"a": bare, "b": cells.number}).select(pl.coalesce("a", "b")).to_series()
    in_percent = _is_percent(bare, cells.header)
    values = (
        pl.DataFrame({"a": signed, "b": bare / 100 if in_percent else bare}).select(pl.coalesce("a", "b")).to_series()
    )
    bad = cells.filled & values.is_null()
    printed = pl.Series([_half_digit(cells.values[i], in_percent) for i in range(len(cells))], dtype=pl.Float64)
    return Typed(values, problems_at(cells, bad, "unreadable-number"), extra={"printed": printed})


def _percent(spelling: str) -> float | None:
    text = folded(spelling).strip()
    if text.endswith("‰"):
        number = parse_amount(text[:-1], ".")
        return None if number is None else number / 1000
    text = re.sub(r"^百分之", "", text) + "%" if text.startswith("百分之") else text
    if not text.endswith("%"):
        return None
    number = parse_amount(text[:-1], ".")
    return None if number is None else number / 100


def _is_percent(bare: pl.Series, header: str) -> bool:
    sizes = bare.abs().drop_nulls()
    sizes = sizes.filter(sizes > 0)
    if sizes.is_empty():
        return False
    least, most = float(sizes.min()), float(sizes.max())  # type: ignore[arg-type]
    if "%" in folded(header) and most > 1:
        return True
    return most > 1.5 and least >= 1


def _half_digit(value: object, in_percent: bool) -> float | None:
    if isinstance(value, str):
        text = folded(value).strip()
        digits = len(text.rstrip("%‰ ").partition(".")[2])
        percent = text.endswith("%") or in_percent
    elif isinstance(value, float | int) and not isinstance(value, bool):
        digits = len(repr(float(value)).partition(".")[2].rstrip("0"))
        percent = in_percent
        digits = digits if percent else max(digits, _LEAST_DIGITS_OF_A_NUMBER)
    else:
        return None
    return 0.5 * 10.0 ** -(digits + (2 if percent else 0))
