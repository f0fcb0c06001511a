"""Figures as a page has written them, read again by people's rules: nothing of ours formats or parses here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "万": 10**4, "亿": 10**8}
_FIGURE = re.compile(r"^[¥+]?([−-]?)[¥]?([\d,]+)(\.\d+)?\s?([KMB万亿]?)\s?(%|pts|d|×)?$")


@dataclass(frozen=True)
class Figure:
    """What is written: a number in its plain unit (shares 0-1), and how far the true one may lie from it by rounding."""

    value: Decimal
    half: Decimal


def read(written: str, unit: str = "") -> Figure | None:
    """Return the figure somebody reads; None for a dash or words. ``unit``: K, M … where the column's head names it."""
    found = _FIGURE.match(written.strip())
    if not found:
        return None
    sign, whole, decimals, own, kind = found.groups()
    scale = Decimal(_UNITS[own or unit]) * (Decimal("0.01") if kind in ("%", "pts") else 1)
    number = Decimal(whole.replace(",", "") + (decimals or ""))
    step = Decimal(1).scaleb(-len(decimals[1:]) if decimals else 0)
    return Figure((-number if sign else number) * scale, step * scale / 2)


def says(written: str, value: float | None, unit: str = "") -> bool:
    """Whether what is written is ``value`` rounded to the digits that are written; no value is written as no number."""
    figure = read(written, unit)
    if figure is None or value is None:
        return figure is None and value is None
    return abs(figure.value - Decimal(repr(float(value)))) <= figure.half * Decimal("1.000000001")


def plain(markup: str) -> str:
    """Return the text of some markup."""
    return unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def tables(markup: str) -> list[list[list[str]]]:
    """Return every table as rows of cells, tags and all."""
    return [
        [re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, re.S) for row in re.findall(r"<tr\b.*?</tr>", table, re.S)]
        for table in re.findall(r"<table\b.*?</table>", markup, re.S)
    ]


def opened(markup: str) -> list[tuple[str, str]]:
    """Return every number that opens: its id and what is written, in the order of the page."""
    found = re.findall(r'<a\b[^>]*data-open="([^"]*)"[^>]*>([^<]*)</a>', markup)
    return [(unescape(name), unescape(words)) for name, words in found]


def cards(markup: str) -> list[tuple[str, str]]:
    """Return what each card has written large, and on hover."""
    found = re.findall(r'<span class="sa-card-value[^"]*" title="([^"]*)">([^<]*)</span>', markup)
    return [(unescape(large), unescape(hover)) for hover, large in found]
