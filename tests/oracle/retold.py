"""From uploaded rows to a book: PRODUCT §3 told again, customer by customer."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.oracle.book import FORWARD, ORDER, Book, Row
from tests.oracle.periods import days_of
from tests.oracle.uploads import Upload

PROBABILITY = {"lead": 0.05, "prospect": 0.15, "opportunity": 0.35, "quote": 0.60, "won": 1.0}
MIN_SAMPLE = 30
CLOSED = ("won", "lost")
KEYS = {
    "followups": ("followup_id",),
    "contracts": ("contract_id", "due_on"),
    "targets": ("period", "team", "owner", "region"),
    "channel_costs": ("source", "period"),
    "funnel": ("period", "stage"),
}


@dataclass(frozen=True)
class Sighting:
    """A customer as one import showed them."""

    on: date
    row: Row


def book_of(uploads: Sequence[Upload], as_of: date) -> Book:
    """Return what is known as of a day that is not before the first upload."""
    known = sorted((upload for upload in uploads if upload.as_of <= as_of), key=lambda upload: upload.as_of)
    sightings: dict[str, list[Sighting]] = {}
    for upload in known:
        for row in upload.tables.get("leads", []):
            sightings.setdefault(row["customer_id"], []).append(Sighting(upload.as_of, row))
    gone = {name for name, seen in sightings.items() if _missing(known, name, seen)}
    log = [
        row
        for row in _newest(known, "followups")
        if row["followed_up_at"].date() <= as_of and row["customer_id"] not in gone
    ]
    customers = {
        name: _customer(seen, [row for row in log if row["customer_id"] == name], as_of)
        for name, seen in sightings.items()
        if name not in gone
    }
    book = Book(as_of, customers, log, _contracts(known, as_of, gone))
    for name in ("targets", "channel_costs", "funnel"):
        rows = []
        for row in _newest(known, name):
            start, end = days_of(row["period"])
            rows.append({**row, "period_start": start, "period_end": end})
        setattr(book, {"channel_costs": "costs"}.get(name, name), rows)
    _norms(book)
    book.earlier = lambda day: book_of(uploads, day)
    return book


def _newest(known: Sequence[Upload], table: str) -> list[Row]:
    """The newest row of each key; a line without a period is of the day it was uploaded for."""
    rows: dict[tuple[Any, ...], Row] = {}
    for upload in known:
        for row in upload.tables.get(table, []):
            told = dict(row)
            if table == "funnel" and told["period"] is None:
                told["period"] = upload.as_of.isoformat()
            rows[tuple(told[name] for name in KEYS[table])] = {
                key: None if value == "" else value for key, value in told.items()
            }
    return list(rows.values())


def _missing(known: Sequence[Upload], name: str, seen: Sequence[Sighting]) -> bool:
    """A later full import has their team (or, where it names no teams or they have none, their owner) and not them.

    Who has neither is in the pool: rows that are nobody's and no team's speak of it, a team's own unassigned rows do not.
    """
    last = max(place for place, upload in enumerate(known) if _holds(upload, name))
    team, owner = seen[-1].row["team"], seen[-1].row["owner"]
    for upload in known[last + 1 :]:
        rows = upload.tables.get("leads", [])
        if upload.mode != "full" or not rows:
            continue
        names_teams = any(row["team"] for row in rows)
        if team and names_teams:
            covered = any(row["team"] == team for row in rows)
        else:
            covered = any(row["owner"] == owner and (owner or not row["team"]) for row in rows)
        if covered:
            return True
    return False


def _holds(upload: Upload, name: str) -> bool:
    return any(row["customer_id"] == name for row in upload.tables.get("leads", []))


def _runs(told: Iterable[tuple[Any, str, Any]]) -> list[tuple[Any, str, Any]]:
    """What is told in order, without what only repeats the one before."""
    kept: list[tuple[Any, str, Any]] = []
    for one in told:
        if not kept or kept[-1][1] != one[1]:
            kept.append(one)
    return kept


def _customer(seen: Sequence[Sighting], calls: Sequence[Row], as_of: date) -> Row:
    row = {key: None if value == "" else value for key, value in seen[-1].row.items()}
    stage = row["stage"]
    told = sorted((call for call in calls if call["stage_after"]), key=_moment)
    logged = _runs((call["followed_up_at"].date(), call["stage_after"], None) for call in told)
    shown = _runs((sighting.on, sighting.row["stage"], sighting.row) for sighting in seen)
    own = row["closed_on"] if stage in ("won", "lost") else None
    own = {"won": row["won_on"], "lost": row["lost_on"]}.get(stage) or own
    own = own if own is not None and own <= as_of else None
    logged_on = logged[-1][0] if logged and logged[-1][1] == stage else None
    submitted = row["proposal_submitted_on"]
    submitted = submitted if submitted is not None and submitted <= as_of else None
    sighted = [one for _, one, _ in [*logged, *shown]] + ["quote"] * bool(submitted)
    evidence = [ORDER[one] for one in sighted if one in ORDER]
    from_stage = row["lost_from_stage"] if stage == "lost" else None
    furthest = [min(order, ORDER["quote"]) for order in evidence]
    reached = ORDER["won"] if stage == "won" else max([*furthest, ORDER.get(from_stage or "lead", 1)], default=1)
    evidence_of_stages = _evidence(row, logged, shown, own, submitted, as_of)
    # a closed deal's history ends with its closing, and begins its last run on that day
    closed = _runs((day, told, None) for day, *_, told in evidence_of_stages)[-1][0] if stage in CLOSED else None
    entries = _entries(evidence_of_stages)
    last = _last_contact(row, calls, as_of)
    entered = _stage_entered(row, reached, evidence_of_stages, logged_on or shown[-1][0], closed)
    amount = row["actual_amount"] if row["actual_amount"] is not None else row["expected_amount"]
    return {
        **row,
        "won_on": closed if stage == "won" else None,
        "lost_on": closed if stage == "lost" else None,
        "reached": reached,
        "unknown": stage == "lost" and not evidence and from_stage is None,
        "dated": entries,
        "sighted": sighted,
        "entries": _passed(row, entries, reached, closed),
        "deal_amount": amount if stage == "won" else None,
        "last_contact_on": last,
        "calls": list(calls),
        "stage_entered_on": entered,
        "won_owner": shown[-1][2]["owner"] if stage == "won" else None,
        "won_team": shown[-1][2]["team"] if stage == "won" else None,
    }


def _moment(call: Row) -> tuple[datetime, int, str]:
    """Of the same moment the shorter number comes first."""
    return call["followed_up_at"], len(call["followup_id"]), call["followup_id"]


Evidence = tuple[date, int, int, int, str]
"""Day, when on that day (opening, during, end), trust, place in its list, stage: sorted, the history."""


def _evidence(
    row: Row, logged: Sequence[Any], shown: Sequence[Any], own: date | None, submitted: date | None, as_of: date
) -> list[Evidence]:
    """What tells of stages: the log, imports where neither the log nor the deal's own closing told it before, the row's own dates."""
    found: list[Evidence] = [(day, 1, 2, place, stage) for place, (day, stage, _) in enumerate(logged)]
    first_told = next(place for place, (_, stage, _) in enumerate(shown) if stage == row["stage"])
    for place, (day, stage, _) in enumerate(shown):
        before = shown[place - 1][0] if place else date.min
        by_log = any(
            on <= day
            and (
                (told == stage and on > before)
                or (place == 0 and told in ORDER and stage in ORDER and ORDER[told] >= ORDER[stage])
            )
            for on, told, _ in logged
        )
        closed_on = own or (
            logged[-1][0] if row["stage"] in CLOSED and logged and logged[-1][1] == row["stage"] else None
        )
        closed_before = closed_on is not None and closed_on <= day and place < first_told
        if not by_log and not closed_before:
            found.append((day, 2, 3, place, stage))
    if own:
        found.append((own, 2, 1, 0, row["stage"]))
    told_quote = any(stage == "quote" for _, stage, _ in logged) or any(
        stage == "quote" and trust == 3 and place > 0 for _, _, trust, place, stage in found
    )
    if submitted and not told_quote:
        found.append((submitted, 0, 1, 0, "quote"))
    if row["stage"] in CLOSED:
        found = _until_closed(sorted(found), row["stage"], own)
    met = row["first_contact_on"]
    if met and met <= as_of and all(met <= day for day, *_ in found):
        found.append((met, 0, 1, -1, "lead"))
    return sorted(found)


def _until_closed(evidence: list[Evidence], stage: str, own: date | None) -> list[Evidence]:
    """What was told up to the closing: its own date, whatever else tells of the same closing on another day, or the last word of log or table on it."""
    ends = [place for place, (_, _, trust, _, told) in enumerate(evidence) if told == stage and (not own or trust == 1)]
    kept = evidence[: ends[-1] + 1]
    while own and len(kept) > 1 and kept[-2][-1] == stage:
        del kept[-2]
    return kept


def _entries(evidence: Sequence[Evidence]) -> dict[str, date]:
    """Stage → the first day it was observed."""
    first: dict[str, date] = {}
    for day, *_, stage in evidence:
        first[stage] = min(day, first.get(stage, day))
    return first


def _passed(row: Row, entries: dict[str, date], reached: int, closed: date | None) -> dict[str, date | None]:
    """Stage → when it was passed: whoever stood in a later stage had by then passed this one; the lost ones at the latest when they were lost."""
    own = dict(entries)
    if row["first_contact_on"]:
        own["lead"] = row["first_contact_on"]
    own.pop("won", None)
    if row["stage"] == "won" and closed:
        own["won"] = closed
    found: dict[str, date | None] = {}
    for stage in FORWARD[:reached]:
        later = [own[one] for one in FORWARD[ORDER[stage] - 1 : reached] if one in own]
        if stage == "lead" and stage in own:
            later = [own[stage]]
        found[stage] = min(later) if later else (closed if row["stage"] == "lost" else None)
    return found


def _last_contact(row: Row, calls: Sequence[Row], as_of: date) -> date | None:
    days = [call["followed_up_at"].date() for call in calls]
    days += [row[name] for name in ("last_followup_on", "first_followup_on") if row[name] and row[name] <= as_of]
    return max(days, default=row["first_contact_on"])


def _stage_entered(
    row: Row, reached: int, evidence: Sequence[Evidence], otherwise: date, closed: date | None
) -> date | None:
    if row["stage"] == "lead" and reached == 1 and row["first_contact_on"]:
        return row["first_contact_on"]
    if row["stage"] in CLOSED:
        return closed
    last = _runs((day, stage, None) for day, *_, stage in evidence)
    return last[-1][0] if last and last[-1][1] == row["stage"] else otherwise


def _contracts(known: Sequence[Upload], as_of: date, gone: set[str]) -> list[Row]:
    """Contracts signed by D; money dated after D has not come in yet."""
    rows = [row for row in _newest(known, "contracts") if row["signed_on"] and row["signed_on"] <= as_of]
    for row in rows:
        if row["collected_on"] and row["collected_on"] > as_of:
            row["collected_on"] = row["collected_amount"] = None
    return [row for row in rows if row["customer_id"] not in gone]


def _norms(book: Book) -> None:
    """The company's figures everybody is judged by: observed stages, chances of winning, the mean deal, the top quarter of open amounts."""
    everyone = book.all()
    book.observed |= {row["stage"] for row in everyone} | {row["lost_from_stage"] for row in everyone}
    book.observed |= {stage for row in everyone for stage in row["sighted"]}
    for stage in FORWARD:
        closed = [row for row in everyone if row["stage"] in ("won", "lost") and row["reached"] >= ORDER[stage]]
        won = sum(row["stage"] == "won" for row in closed)
        book.probability[stage] = won / len(closed) if len(closed) >= MIN_SAMPLE else PROBABILITY[stage]
    amounts = [float(row["deal_amount"]) for row in everyone if row["deal_amount"] is not None]
    book.won_mean = statistics.fmean(amounts) if amounts else None
    opened = [
        float(row["expected_amount"])
        for row in everyone
        if row["stage"] not in ("won", "lost") and row["expected_amount"] is not None
    ]
    top = _upper_quarter(opened)
    for row in everyone:
        row["tier"] = _tier(row, book.as_of, top)


def _upper_quarter(amounts: Sequence[float]) -> float | None:
    """The third quartile, between two values in proportion."""
    if not amounts:
        return None
    ordered = sorted(amounts)
    place = 0.75 * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _tier(row: Row, as_of: date, top: float | None) -> str | None:
    if row["stage"] == "lost":
        return None
    silent = (as_of - row["last_contact_on"]).days if row["last_contact_on"] else None
    days = sorted({call["followed_up_at"].date() for call in row["calls"]})
    gaps = [(after - before) / timedelta(days=1) for before, after in pairwise(days)]
    restless = len(row["calls"]) >= 4 and bool(gaps) and silent is not None and silent > 2 * statistics.median(gaps)
    if restless or (silent is not None and silent >= 30):
        return "churn-risk"
    if row["stage"] == "won":
        return "stable"
    far = ORDER[row["stage"]] >= ORDER["opportunity"] or (row["grade"] or "").upper() == "A"
    amount = row["expected_amount"]
    return "high-value" if far and amount is not None and top is not None and amount >= top else "nurture"


def day_of(moment: datetime) -> date:
    """Return the day of a moment."""
    return moment.date()
