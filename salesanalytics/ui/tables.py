"""Small tables as HTML: selectable text, reachable by keyboard when they scroll. Long ones go into ``st.dataframe``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from salesanalytics.ui.html import escape

Tone = Literal["good", "bad", "warn", "neutral", "plain"]


@dataclass(frozen=True)
class TableColumn:
    """A column: its header (with the unit), numbers right, ``soft`` = muted, ``wide`` = left out on a phone, ``wrap`` = may run over lines."""

    header: str
    number: bool = False
    soft: bool = False
    wide: bool = False
    wrap: bool = False

    @property
    def classes(self) -> str:
        """The CSS classes of its cells."""
        flags = {"num": self.number, "soft": self.soft, "wide": self.wide, "wrap": self.wrap}
        return " ".join(name for name, on in flags.items() if on)


@dataclass(frozen=True)
class Tag:
    """A cell that is a coloured tag: its words carry the meaning, the colour only helps."""

    words: str
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Toned:
    """A cell whose text is coloured by judgement; the text holds arrow and word."""

    words: str
    tone: Tone


@dataclass(frozen=True)
class Opens:
    """A number that opens what stands behind it (``Frame.opened``): ``number`` says which one it is; ``grey``: a small sample; ``tone``: coloured by judgement, as ``Toned``."""

    words: str
    number: str
    grey: bool = False
    tone: Tone = "plain"


@dataclass(frozen=True)
class Customer:
    """A customer's name that leads to their page (``ui.customer.links``)."""

    words: str
    customer_id: str


def change_classes(words: str) -> str:
    """Return the CSS classes of a change by the arrow it begins with, beside those of its judgement: together they decide its colour."""
    return {"▲": " sa-change up", "▼": " sa-change down"}.get(words[:1], "")


Cell = str | Tag | Toned | Opens | Customer


def cell_markup(cell: Cell) -> str:
    """Return a cell's markup, escaped."""
    match cell:
        case Tag(words, tone):
            return f'<span class="sa-tag {tone}">{escape(words)}</span>'
        case Toned(words, tone):
            return _toned(escape(words), words, tone)
        case Opens(words, number, grey, tone):
            link = (
                f'<a class="sa-open{" grey" if grey else ""}" href="#" data-open="{escape(number)}">{escape(words)}</a>'
            )
            return link if tone == "plain" else _toned(link, words, tone)
        case Customer(words, customer_id):
            address = f"customer?{urlencode({'customer': customer_id})}"
            return f'<a class="sa-customer" href="{escape(address)}" target="_self" data-customer="{escape(customer_id)}">{escape(words)}</a>'
        case _:
            return escape(cell)


def _toned(markup: str, words: str, tone: Tone) -> str:
    return f'<b class="sa-{"muted" if tone == "neutral" else tone}{change_classes(words)}">{markup}</b>'


def table(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], label: str, *, height: int | None = None
) -> str:
    """Return a table's markup. ``label`` names it to screen readers; ``height`` in px makes it scroll under a fixed header."""
    head = "".join(f'<th scope="col" class="{column.classes}">{escape(column.header)}</th>' for column in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="{column.classes}">{cell_markup(cell)}</td>' for column, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    scroll = f' style="max-height:{height}px"' if height else ""
    return (
        f'<div class="sa-table-wrap" tabindex="0" role="region" aria-label="{escape(label)}"{scroll}>'
        f'<table class="sa-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
