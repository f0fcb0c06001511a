"""What stands behind a difference of the comparison: the leads of both channels, old enough to be judged, each marked whether it was won in time."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from salesanalytics.i18n import format, text
from salesanalytics.insight.channel_comparison import STRATA, Comparison
from salesanalytics.insight.channels import SHARE, only_sources
from salesanalytics.insight.two_shares import Difference
from salesanalytics.metrics.opening import open_number, rows_of
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.channels.answers import found_comparison
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import rows_dialog

ALL, WITHIN, IN = "all", "within", "in"
"""A difference over all leads, within the industries both have leads in, or in one industry."""


@dataclass(frozen=True)
class OpenedDifference:
    """A difference as its dialog shows it; ``rows`` of either channel carry its name as their note."""

    difference: Difference
    title: str
    formula: str
    filters: Filters
    rows: list[dict[str, Any]]


def difference_number(a: str, b: str, kind: str, stratum: str = "") -> str:
    """Return the id of a difference a − b."""
    return json.dumps([a, b, kind, stratum], ensure_ascii=False)


def open_difference(frame: Frame, filters: Filters, number: str) -> bool:
    """Open the dialog of such a number; False for an id that names none."""
    found = opened_difference(frame, filters, number)
    if found is None:
        return False
    lang = frame.lang
    around = text(
        "channels.difference_interval",
        lang,
        low=format.number(found.difference.low * 100, 1, signed=True),
        high=format.number(found.difference.high * 100, 1, signed=True),
    )
    value = text(
        "channels.opened_difference_value", lang, points=format.points(found.difference.value, lang), around=around
    )
    rows_dialog(frame, value, found.formula, found.filters, found.rows, found.title, like=SHARE)
    return True


def opened_difference(frame: Frame, filters: Filters, number: str) -> OpenedDifference | None:
    """Return what an id stands for; None where it names none."""
    try:
        a, b, kind, stratum = (str(word) for word in json.loads(number))
    except (ValueError, TypeError):
        return None
    compared = found_comparison(frame.desk, filters, (a, b))
    difference = _difference(compared, kind, stratum)
    if difference is None:
        return None
    lang = frame.lang
    sides = [_narrowed(only_sources(filters, (source,)), compared, kind, stratum) for source in (a, b)]
    rows = [_rows(frame, one, source) for one, source in zip(sides, (a, b), strict=True)]
    counts = [(sum(bool(row["hit"]) for row in side), len(side)) for side in rows]
    (k1, n1), (k2, n2) = ((format.number(k), format.number(n)) for k, n in counts)
    formula = [
        frame.desk.metric(SHARE).formula(lang),
        text(f"channels.formula_difference_{kind}", lang, a=a, b=b, k1=k1, n1=n1, k2=k2, n2=n2),
    ]
    of = {ALL: "compare_all", WITHIN: "compare_within"}.get(kind)
    name = text(f"channels.{of}", lang) if of else stratum or text("ui.no_value", lang)
    title = text("channels.opened_difference", lang, a=a, b=b, name=name)
    both = _narrowed(only_sources(filters, (a, b)), compared, kind, stratum)
    return OpenedDifference(difference, title, "\n".join(formula), both, [*rows[0], *rows[1]])


def _difference(found: Comparison, kind: str, stratum: str) -> Difference | None:
    if kind == IN:
        return next((one.difference for one in found.strata if one.name == stratum), None)
    return {ALL: found.difference, WITHIN: found.within}.get(kind)


def _narrowed(filters: Filters, found: Comparison, kind: str, stratum: str) -> Filters:
    """The industries a difference is of; none of them where it is over all."""
    if kind == ALL:
        return filters
    names = (stratum,) if kind == IN else tuple(sorted(one.name for one in found.strata if one.pair.comparable))
    return replace(filters, where=tuple(sorted({**dict(filters.where), STRATA: names}.items())))


def _rows(frame: Frame, filters: Filters, source: str) -> list[dict[str, Any]]:
    desk = frame.desk

    def read() -> list[dict[str, Any]]:
        found = open_number(desk.view, SHARE, filters, desk.settings, (), desk.view_at)
        return rows_of(desk.view, found, desk.settings, counted=True, view_at=desk.view_at)

    return [{**row, "note": source} for row in desk.remember("channel-rows", (filters,), read)]
