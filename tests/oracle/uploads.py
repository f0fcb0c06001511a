"""Random companies as their managers would upload them, week by week: dates missing, stages skipped, customers gone, owners changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.oracle.book import FORWARD, Row

FIRST_UPLOAD = date(2026, 10, 25)
OWNERS = ("Li", "Wang", "O'Brien", None)
TEAMS = {"Li": "East", "Wang": "East", "O'Brien": "West", None: None}
REGIONS = ("N", "S", "", None)
SOURCES = ("官网", "转介绍", "展会", None)
INDUSTRIES = ("IT", "制造", None)
REASONS = ("预算不足(占比40%)、需求不明确", "预算不足", "竞品；价格", "no budget, timing", None)
PERIODS = ("2026-09", "2026-10", "2026-11", "2026Q3", "2026Q4", "2026", "2026-W44")


@dataclass
class Upload:
    """One import: its date, whether it is everything, and the rows of each table."""

    as_of: date
    mode: str
    tables: dict[str, list[Row]] = field(default_factory=dict)


def random_uploads(seed: int, customers: int, imports: int, *, fate: str = "any") -> list[Upload]:
    """Return a company of ``customers`` in ``imports`` uploads. The same seed gives the same customers, however many there are.

    ``fate``: ``any``, or ``lost`` for a company that has lost everybody.
    """
    chance = Random(f"{seed}")
    with_teams = chance.random() < 0.6
    dates = [FIRST_UPLOAD]
    for _ in range(imports - 1):
        dates.append(dates[-1] + timedelta(days=chance.choice([0, 1, 7, 7, 13])))
    uploads = [Upload(day, "full" if i == 0 or chance.random() < 0.7 else "changes") for i, day in enumerate(dates)]
    for number in range(customers):
        _customer(Random(f"{seed}:{number}"), f"{number:03}", uploads, with_teams, fate)
    for i, upload in enumerate(uploads):
        # a company without any customer still has an owner's name in its file, so that something was uploaded
        if not upload.tables.get("leads"):
            chance_row = Random(f"{seed}:last:{i}")
            upload.tables["leads"] = [_row(chance_row, "zzz", _life(chance_row, fate), i, with_teams, "Wang")]
    _companions(Random(f"{seed}:companions"), uploads)
    return uploads


def _day(chance: Random, longest: int = 130, none: float = 0.1, future: int = 6) -> date | None:
    """A day around the first upload; in one of ten cases a day on which thresholds turn."""
    if chance.random() < none:
        return None
    if chance.random() < 0.15:
        return FIRST_UPLOAD - timedelta(days=chance.choice([0, 3, 4, 7, 8, 15, 16, 29, 30, 31]))
    return FIRST_UPLOAD + timedelta(days=chance.randint(-longest, future))


def _amount(chance: Random) -> float | None:
    return chance.choice(
        [None, 0.0, 100.0, 80.0, round(chance.uniform(1, 90_000), 2), round(chance.uniform(1, 9e7), 2)]
    )


def _at(chance: Random, day: date | None) -> datetime | None:
    """Half of the moments are written without a time."""
    if day is None:
        return None
    return datetime.combine(
        day, time(chance.randint(0, 23), chance.choice([0, 30, 59])) if chance.random() < 0.6 else time()
    )


def _life(chance: Random, fate: str) -> dict[str, Any]:
    """What does not change about a customer from one upload to the next."""
    met = _day(chance)
    end = (met or FIRST_UPLOAD) + timedelta(days=chance.choice([0, 5, 29, 30, 31, 60, 100]))
    due = _day(chance, 40)
    return {
        "customer_name": f"*{chance.choice('甲乙丙')}公司",
        "industry": chance.choice(INDUSTRIES),
        "source": chance.choice(SOURCES),
        "region": chance.choice(REGIONS),
        "grade": chance.choice(["A", "B", "C", "a", None]),
        "first_contact_on": met,
        "assigned_at": _at(chance, met if chance.random() < 0.5 else None),
        "first_followup_on": chance.choice([None, met and met + timedelta(days=chance.choice([0, 1, 2, 5]))]),
        "origin_kind": chance.choice(["new", "repurchase", "referral", None]),
        "competitor": chance.choice([None, "甲", "乙"]),
        "expected_amount": _amount(chance),
        "expected_close_on": _day(chance, 20, future=60),
        "proposal_due_on": due,
        "proposal_submitted_on": None
        if due is None or chance.random() < 0.4
        else due + timedelta(days=chance.choice([-3, 0, 1, 9])),
        "custom": chance.choice([None, {"产品线": "A"}, {"产品线": "B", "x/y": "1"}]),
        "closing": {"won": ("won_on", end), "lost": ("lost_on", end)},
        "fate": fate,
    }


def _row(chance: Random, name: str, life: Row, place: int, with_teams: bool, owner: str | None) -> Row:
    stage = "lost" if life["fate"] == "lost" else chance.choice([*FORWARD, "won", "lost"])
    row = {key: value for key, value in life.items() if key not in ("closing", "fate")}
    team = TEAMS[owner] if owner else chance.choice([None, "West"])  # a team has customers nobody looks after, too
    row |= {"customer_id": name, "stage": stage, "owner": owner, "team": team if with_teams else None}
    row |= dict.fromkeys(("won_on", "lost_on", "closed_on", "actual_amount", "lost_reason", "lost_from_stage"))
    row["last_followup_on"] = _day(chance, 45, 0.5)
    if chance.random() < 0.2:
        row["expected_amount"] = _amount(chance)
    if stage in ("won", "lost"):
        column, day = life["closing"][stage]
        written = chance.random()
        row[column if written < 0.6 else "closed_on"] = day if written < 0.8 else None
    if stage == "won":
        row["actual_amount"] = _amount(chance)
    if stage == "lost":
        row["lost_reason"] = chance.choice(REASONS)
        row["lost_from_stage"] = chance.choice([None, *FORWARD[:4]])
    return row


def _customer(chance: Random, name: str, uploads: list[Upload], with_teams: bool, fate: str) -> None:
    life, owner = _life(chance, fate), chance.choice(OWNERS)
    row: Row | None = None
    for place, upload in enumerate(uploads):
        if chance.random() < 0.15:  # not in this week's file
            continue
        if chance.random() < 0.15:
            owner = chance.choice(OWNERS)
        if row is None or chance.random() < 0.6:
            row = _row(chance, name, life, place, with_teams, owner)
        upload.tables.setdefault("leads", []).append(row)
    calls = [_call(chance, f"{name}-{i}", name, life) for i in range(chance.choice([0, 0, 1, 2, 5]))]
    deals = _contract(chance, name) if chance.random() < 0.4 else []
    for upload in uploads:
        upload.tables.setdefault("followups", []).extend(calls)
        upload.tables.setdefault("contracts", []).extend(deals)
        if calls and chance.random() < 0.3:  # next week's log has one of them put right
            calls = [*calls[:-1], _call(chance, calls[-1]["followup_id"], name, life)]


def _call(chance: Random, key: str, customer: str, life: Row) -> Row:
    day = _day(chance, 100, 0.0)
    at = _at(chance, day)
    return {
        "followup_id": key,
        "customer_id": customer if chance.random() < 0.95 else "orphan",
        "followed_up_at": at,
        "method": chance.choice(["phone", "visit", None]),
        "followed_up_by": chance.choice(OWNERS),
        "effective": chance.choice([True, False, None]),
        "stage_after": None if life["fate"] == "lost" else chance.choice([None, None, *FORWARD, "lost"]),
        "recorded_at": None
        if at is None or chance.random() < 0.3
        else at + timedelta(hours=chance.choice([0, 1, 23, 24, 25, 70])),
        "next_followup_on": _day(chance, 30, 0.3, 20),
    }


def _contract(chance: Random, customer: str) -> list[Row]:
    signed, amount = _day(chance, 100, 0.0), _amount(chance)
    owner = customer if chance.random() < 0.95 else "orphan"
    days = chance.sample(range(-80, 40), chance.choice([1, 1, 2, 3]))
    rows = []
    for offset in days:
        due = FIRST_UPLOAD + timedelta(days=offset)
        part = _amount(chance)
        paid = chance.random() < 0.6
        rows.append(
            {
                "contract_id": f"H{customer}",
                "customer_id": owner,
                "signed_on": signed,
                "contract_amount": amount,
                "due_on": due,
                "due_amount": part,
                "collected_on": _day(chance, 60, 0.2, 20) if paid else None,
                "collected_amount": chance.choice([part, 10.0, round((part or 0) / 3, 2)]) if paid else None,
            }
        )
    return rows


def _companions(chance: Random, uploads: list[Upload]) -> None:
    cascade = chance.random()
    levels: list[tuple[str | None, str | None, str | None]] = [(None, None, None)] if cascade < 0.5 else []
    levels += [("East", None, None), ("West", None, None)] if chance.random() < 0.5 else []
    levels += [(None, "Li", None), ("East", "Wang", None), ("West", "O'Brien", None)] if chance.random() < 0.5 else []
    levels += [(None, None, "N"), (None, None, "S")] if chance.random() < 0.3 else []
    periods = chance.sample(PERIODS, chance.randint(1, 3))
    months = chance.sample(["2026-08", "2026-09", "2026-10", None], chance.randint(1, 3))
    for upload in uploads:
        upload.tables["targets"] = [
            {
                "period": period,
                "team": team,
                "owner": owner,
                "region": region,
                "target_amount": chance.choice([None, 90_000.0, 1234.56, 1e6]),
                "target_customers": chance.choice([None, 3, 40]),
                "target_collected": chance.choice([None, 5000.0]),
            }
            for team, owner, region in levels
            for period in periods
        ]
        upload.tables["channel_costs"] = [
            {"source": source, "period": period, "cost": round(chance.uniform(0, 9000), 2)}
            for source in SOURCES[:3]
            for period in periods[:2]
            if chance.random() < 0.8
        ]
        upload.tables["funnel"] = [
            {
                "stage": stage,
                "period": period,
                "customers": chance.choice([0, 30, 100]),
                "target": chance.choice([None, 0, 40, 120]),
            }
            for stage in FORWARD
            for period in months
            if period is None or upload is uploads[0]
        ]
