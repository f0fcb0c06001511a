"""How the work is done: first response, follow-ups, recording, proposals, retention and dwell, losses, origins."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.oracle.book import FORWARD, ORDER, Book, Row
from tests.oracle.counting import count, median, ratio, share
from tests.oracle.questions import Answer, Item, Measure, Question

DAY = timedelta(days=1)


def _by_the_clock(moment: datetime) -> bool:
    """Midnight is how a date without a time of day arrives."""
    return moment.time() != time()


def _days_between(start: datetime, end: datetime) -> float:
    """Days, by the clock where both ends have one, else whole ones; who was answered before is not waiting."""
    if _by_the_clock(start) and _by_the_clock(end):
        return max(0.0, (end - start) / DAY)
    return float(max(0, (end.date() - start.date()).days))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _response(book: Book, row: Row) -> tuple[datetime, datetime | None] | None:
    """Since when a customer waits, and when they were first followed up."""
    start = row["assigned_at"] or (_midnight(row["first_contact_on"]) if row["first_contact_on"] else None)
    if start is None or start.date() > book.as_of:
        start = _midnight(row["first_contact_on"]) if row["first_contact_on"] else None
    if start is None:
        return None
    calls = [call["followed_up_at"] for call in row["calls"]]
    told = row["first_followup_on"]
    if told and told <= book.as_of and all(told < call.date() for call in calls):
        return start, _midnight(told)
    return start, min(calls, default=None)


def _waited(book: Book, row: Row) -> float | None:
    found = _response(book, row)
    return None if found is None or found[1] is None else _days_between(found[0], found[1])


def _in_time(book: Book, row: Row) -> bool | None:
    """Within 24 hours, or by the next day; None: not answered yet, and the limit has not passed."""
    found = _response(book, row)
    if found is None:
        return None
    start, end = found
    if end is not None:
        return _days_between(start, end) <= 1
    if not book.followups and not any(one["first_followup_on"] for one in book.all()):
        return None  # where nobody records follow-ups, nobody is known to be late
    if _by_the_clock(start):
        return None if start + DAY >= _midnight(book.as_of) + DAY else False
    return None if start.date() + DAY > book.as_of else False


def _customers(
    what: Callable[[Book, Row], Any], on: str = "first_contact_on"
) -> Callable[[Book, Question], Iterator[Item]]:
    def items(book: Book, question: Question) -> Iterator[Item]:
        for row in book.all():
            yield Item(row, row[on], what(book, row))

    return items


def _team_of(book: Book) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for row in book.all():
        if row["owner"] and row["team"]:
            found.setdefault(row["owner"], set()).add(row["team"])
    return {owner: next(iter(teams)) for owner, teams in found.items() if len(teams) == 1}


def _work(what: Callable[[Row], Any]) -> Callable[[Book, Question], Iterator[Item]]:
    """One item a follow-up, credited to whoever made it."""

    def items(book: Book, question: Question) -> Iterator[Item]:
        team_of = _team_of(book)
        for call in book.followups:
            customer = book.of(call)
            team = team_of.get(call["followed_up_by"] or "") or (customer["team"] if customer else None)
            dims = {"owner": call["followed_up_by"], "team": team, "method": call["method"]}
            yield Item(customer, call["followed_up_at"].date(), what(call), dims)

    return items


def _recorded_after(call: Row) -> float | None:
    return None if call["recorded_at"] is None else _days_between(call["followed_up_at"], call["recorded_at"])


def _recorded_late(call: Row) -> bool | None:
    after = _recorded_after(call)
    return None if after is None else after > 1


def _per_week(book: Book, question: Question) -> Iterator[Item]:
    """A seventh of a week for each day a customer was open, and one for each follow-up on such a day."""
    if not book.followups:
        return
    for row in book.all():
        first = row["first_contact_on"]
        if first is None:
            continue
        closed = row["won_on"] if row["stage"] == "won" else row["lost_on"] if row["stage"] == "lost" else None
        last = min(closed or book.as_of, book.as_of)
        day = max(first, question.start or first)
        while day <= min(last, question.end or last):
            yield Item(row, day, (0, 1 / 7, row["customer_id"]))
            day += DAY
        for call in row["calls"]:
            if first <= call["followed_up_at"].date() <= last:
                yield Item(row, call["followed_up_at"].date(), (1, 0, row["customer_id"]))


def _rate(items: Sequence[Item]) -> Answer:
    weeks = sum(item.what[1] for item in items)
    calls = sum(item.what[0] for item in items)
    return (calls / weeks if weeks else None), len({item.what[2] for item in items if item.what[1]})


def _proposals(book: Book, question: Question) -> Iterator[Item]:
    for row in book.all():
        due, done = row["proposal_due_on"], row["proposal_submitted_on"]
        if due is not None and due <= book.as_of:
            yield Item(row, due, done is not None and done <= min(due, book.as_of))


def _kept(book: Book, question: Question) -> Iterator[Item]:
    for stage in FORWARD[:-1]:
        for row in book.all():
            if stage in book.observed and row["reached"] >= ORDER[stage]:
                lost_here = row["stage"] == "lost" and row["reached"] == ORDER[stage]
                yield Item(row, row["entries"][stage], not lost_here, {"stage": stage})


def _stays(book: Book, question: Question) -> Iterator[Item]:
    """One item a stay whose beginning was observed: days, and whether it is over."""
    for stage in FORWARD[:-1]:
        for row in book.all():
            entered = row["entries"].get(stage)
            own = row["first_contact_on"] if stage == "lead" and row["first_contact_on"] else row["dated"].get(stage)
            if stage not in book.observed or entered is None or own != entered:
                continue
            later = [day for one, day in row["entries"].items() if ORDER[one] > ORDER[stage] and day is not None]
            left = min(later, default=None)
            if row["reached"] == ORDER[stage] and row["stage"] == "lost":
                left = row["lost_on"]
            gone = row["reached"] > ORDER[stage] or row["stage"] == "lost"
            if gone and left is None:
                continue
            end = left if left is not None else book.as_of
            if end < entered:
                continue
            yield Item(row, entered, ((end - entered).days, gone), {"stage": stage})


def _survival_median(items: Sequence[Item]) -> Answer:
    """Kaplan-Meier: the first day by which at most half are left, those still there being at risk for as long as they have been there."""
    left = 1.0
    for day in sorted({item.what[0] for item in items if item.what[1]}):
        at_risk = sum(item.what[0] >= day for item in items)
        going = sum(item.what == (day, True) for item in items)
        left *= 1 - going / at_risk
        if left <= 0.5 + 1e-12:
            return float(day), len(items)
    return None, len(items)


def _finished(items: Sequence[Item]) -> Answer:
    over = [item.what[0] for item in items if item.what[1]]
    return (statistics.fmean(over) if over else None), len(over)


def reasons_in(cell: str | None) -> list[str]:
    """Return the reasons written in a cell, without their shares."""
    bare = re.sub(r"[（(]\D*\d+\s*[%％][）)]", "", cell or "")
    return list(dict.fromkeys(part.strip() for part in re.split("[、，,;；/]", bare) if part.strip()))


def _lost(book: Book, question: Question) -> Iterator[Item]:
    for row in book.all():
        if row["stage"] == "lost":
            reasons = reasons_in(row["lost_reason"]) or [None]
            for reason in reasons if "lost_reason" in question.names else reasons[:1]:
                yield Item(row, row["lost_on"], True, {"lost_reason": reason})


def _lost_count(items: Sequence[Item]) -> Answer:
    customers = len({item.customer["customer_id"] for item in items if item.customer})
    return customers, customers


def _effort(book: Book, question: Question) -> Iterator[Item]:
    if book.followups:
        for row in book.all():
            yield Item(row, row["first_contact_on"], (len(row["calls"]), row["stage"] == "won"))


def _origin(kind: str) -> Measure:
    return Measure(
        _customers(lambda book, row: None if row["origin_kind"] is None else row["origin_kind"] == kind), share
    )


METHOD = frozenset({"method"})
MEASURES = {
    "first_response": Measure(_customers(_waited), median),
    "first_response_on_time": Measure(_customers(_in_time), share),
    "followups": Measure(_work(lambda call: True), count, also=METHOD),
    "followups_per_week": Measure(_per_week, _rate),
    "effective_share": Measure(_work(lambda call: call["effective"]), share, also=METHOD),
    "recording_delay": Measure(_work(_recorded_after), median, also=METHOD),
    "late_recorded_share": Measure(_work(_recorded_late), share, also=METHOD),
    "proposals_on_time": Measure(_proposals, share),
    "stage_retention": Measure(_kept, share),
    "stage_dwell_median": Measure(_stays, _survival_median),
    "stage_dwell_mean": Measure(_stays, _finished),
    "lost_customers": Measure(_lost, _lost_count, also=frozenset({"lost_reason"})),
    "repurchase_share": _origin("repurchase"),
    "referral_share": _origin("referral"),
    "followups_per_won": Measure(_effort, ratio),
}
