"""Texts and ids: kept as they are but for outer spaces; numbers that Excel made of ids become text again."""

from __future__ import annotations

import re

import polars as pl

from salesanalytics.intake.typing_cells import Cells, Typed, by_spelling, folded, problems_at, show, shown_number

_EXCEL_DIGITS = 1e15  # beyond 15 digits Excel has rounded
_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+\d{2,3}$")


def type_text(cells: Cells) -> Typed:
    """Text as written, trimmed; numbers and dates as the user would write them."""
    return Typed(_as_text(cells))


def type_id(cells: Cells) -> Typed:
    """Ids as text with leading zeros: ``1001.0`` is ``1001``, full-width digits are folded. Long numbers warn: Excel has altered them."""
    values = _as_text(cells)
    values = by_spelling(values, _plain_id, pl.String) if _needs_folding(values) else values
    damaged = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(cells))
    if cells.has_number:
        damaged = (cells.number.abs() >= _EXCEL_DIGITS).fill_null(value=False)
    if cells.has_text:
        damaged = damaged | cells.text.str.contains(_SCIENTIFIC.pattern).fill_null(value=False)
    return Typed(values, problems_at(cells, damaged, "id-damaged"))


def _plain_id(value: str) -> str:
    plain = folded(value).strip()
    return plain[:-2] if re.fullmatch(r"\d+\.0", plain) else plain


def _needs_folding(values: pl.Series) -> bool:
    return bool(values.str.contains(r"[^\x21-\x7e]|^\d+\.0$").any())


def _as_text(cells: Cells) -> pl.Series:
    text = cells.text
    if cells.has_number:
        number = cells.number
        whole = number.is_finite() & (number == number.round(0)) & (number.abs() < 1e18)
        as_integer = number.set(~whole.fill_null(value=False), None).cast(pl.Int64, strict=False).cast(pl.String)
        text = _first(text, as_integer, _as_shown(number.set(whole.fill_null(value=False), None)))
    if cells.has_moment:
        text = _first(
            text,
            pl.Series([None if isinstance(v, str | float | int) else show(v) for v in cells.values], dtype=pl.String),
        )
    return text


def _as_shown(number: pl.Series) -> pl.Series:
    """Fractions as a spreadsheet shows them, not as a double happens to hold them."""
    return pl.Series([None if value is None else shown_number(value) for value in number], dtype=pl.String)


def _first(*series: pl.Series) -> pl.Series:
    frame = pl.DataFrame({str(place): each for place, each in enumerate(series)})
    return frame.select(pl.coalesce(pl.all())).to_series()
