"""The bridge of DEFINITIONS.md told a second time, from the uploaded rows alone: plain dicts, one customer after the other, cents as whole numbers.

Nothing of ours is imported: who was known, missing, back or handed over is worked out from the files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]
"""customer row: ``stage`` (open | won | lost), ``owner``, ``team`` ("" = none), ``industry``, ``cents`` (None = unknown), ``close`` (None or a day)"""
Files = Sequence[tuple[date, Mapping[str, Row]]]
"""full exports in the order they were uploaded, ascending dates; customer → row"""
Cut = Callable[[Row], str]


def known(files: Files, day: date) -> tuple[dict[str, Row], dict[str, Row]]:
    """Who is there at the end of a day, and who has gone missing, each with the last row that told of them."""
    last: dict[str, tuple[int, Row]] = {}
    told = [rows for on, rows in files if on <= day]
    spoken_of = [_spoken_of(rows) for rows in told]
    for place, rows in enumerate(told):
        for customer, row in rows.items():
            last[customer] = (place, row)
    there, missing = {}, {}
    for customer, (place, row) in last.items():
        side = missing if any(_covers(export, row) for export in spoken_of[place + 1 :]) else there
        side[customer] = row
    return there, missing


def _spoken_of(rows: Mapping[str, Row]) -> tuple[set[str], set[str], bool]:
    """The teams and the owners an export names, and whether it holds the pool: rows that are nobody's and no team's."""
    teams = {row["team"] for row in rows.values() if row["team"]}
    owners = {row["owner"] for row in rows.values() if row["owner"]}
    return teams, owners, any(not row["owner"] and not row["team"] for row in rows.values())


def _covers(export: tuple[set[str], set[str], bool], gone: Row) -> bool:
    """Whether an export speaks of the customer's team; or of their owner, where either knows no teams; or of the pool, where they have no owner either."""
    teams, owners, pool = export
    if gone["team"] and teams:
        return gone["team"] in teams
    return gone["owner"] in owners if gone["owner"] else pool


def plain_bridge(
    files: Files, start: date, end: date, cut: Cut | None = None, *, later: bool = False, inside: Cut | None = None
) -> dict[str, Any]:
    """Bars by (group, kind) → [cents, customers], and the stocks by group, at both ends. ``inside``: "y" for rows of the filter; ``later``: groups have an order."""
    (there_a, missing_a), (there_b, missing_b) = known(files, start), known(files, end)
    cents, customers = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    stocks: dict[str, dict[str, list[int]]] = {side: defaultdict(lambda: [0, 0]) for side in ("start", "end")}
    group = cut or (lambda row: "")

    def bar(where: str, kind: str, amount: int | None) -> None:
        cents[where, kind] += amount or 0
        customers[where, kind] += 1

    def changed(where: str, a: int | None, b: int | None) -> None:
        if a != b:
            up = a is None or (b is not None and b > a)
            bar(where, "increased" if up else "decreased", (b or 0) - (a or 0))

    for customer in sorted(there_a.keys() | there_b.keys()):
        a, b = there_a.get(customer), there_b.get(customer)
        in_a = a is not None and a["stage"] == "open" and (inside is None or inside(a) == "y")
        in_b = b is not None and b["stage"] == "open" and (inside is None or inside(b) == "y")
        for side, row, there in (("start", a, in_a), ("end", b, in_b)):
            if there and row is not None:
                stocks[side][group(row)][0] += row["cents"] or 0
                stocks[side][group(row)][1] += 1
        if in_a and in_b and a is not None and b is not None:
            old, new = group(a), group(b)
            if old != new:
                names = ("transferred-out", "transferred-in")
                if later:
                    postponed = (new or "9999") > (old or "9999")
                    names = ("pushed-out", "pushed-in") if postponed else ("pulled-out", "pulled-in")
                bar(old, names[0], -(a["cents"] or 0))
                bar(new, names[1], a["cents"])
            changed(new, a["cents"], b["cents"])
        elif in_a and a is not None:
            if b is None:
                assert customer in missing_b
                bar(group(a), "missing", -(a["cents"] or 0))
            elif b["stage"] == "open":
                bar(group(a), "left-filter", -(a["cents"] or 0))
            else:
                known_both = a["cents"] is not None and b["cents"] is not None
                if known_both:
                    changed(group(a), a["cents"], b["cents"])
                bar(group(a), b["stage"], -((b if known_both else a)["cents"] or 0))
        elif in_b and b is not None:
            where = group(b)
            before = a or missing_a.get(customer)
            if before is None:
                bar(where, "new", b["cents"])
                continue
            if a is not None and a["stage"] == "open":
                bar(where, "entered-filter", a["cents"])
                changed(where, a["cents"], b["cents"])
                continue
            kind = "reopened" if a is not None else "reappeared"
            if before["cents"] is None or b["cents"] is None:
                bar(where, kind, b["cents"])
            else:
                bar(where, kind, before["cents"])
                changed(where, before["cents"], b["cents"])
    bars = {key: [cents[key], customers[key]] for key in customers}
    return {"bars": bars, **{side: dict(groups) for side, groups in stocks.items()}}
