"""What is done on a deal while it is in a stage: entering it, follow-ups, estimates edited, close dates pushed, hand-overs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from salesanalytics.sample.chance import pick, skewed, thousands, working_moment
from salesanalytics.sample.diary import Diary

GAP_DAYS = {"lead": 3.5, "prospect": 5.6, "opportunity": 5.8, "quote": 5.6}
DAYS_TO_CLOSE = {"prospect": 36, "opportunity": 27, "quote": 14}


def enter(diary: Diary, stage: str, when: datetime) -> None:
    """Move the deal into ``stage`` with what is learnt at that moment."""
    rng, row = diary.rng, diary.row
    values: dict[str, Any] = {}
    notes = diary.company.notes.get(stage)
    if notes and rng.random() < 0.5:
        values["notes"] = rng.choice(notes) or None
    if stage == "prospect":
        values["grade"] = _grade(diary)
    if row.get("expected_amount") is None and rng.random() < 0.96:
        values["expected_amount"] = thousands(diary.arrival.size)
    if stage in DAYS_TO_CLOSE and row.get("expected_close_on") is None:
        values["expected_close_on"] = when.date() + timedelta(days=round(DAYS_TO_CLOSE[stage] * rng.uniform(0.7, 1.5)))
    if stage == "opportunity":
        values["proposal_due_on"] = when.date() + timedelta(days=rng.randint(9, 16))
    if stage == "quote":
        values |= _proposal(diary, when.date())
    if stage == "won":
        values |= {"won_on": when.date(), "actual_amount": thousands(diary.arrival.size * rng.uniform(0.86, 1.06))}
    diary.move(when, stage, **values)


def _grade(diary: Diary) -> str:
    points = diary.rng.random() + (0.35 if diary.arrival.size > 400_000 else 0.0)
    return "A" if points > 0.85 else "B" if points > 0.4 else "C"


def _proposal(diary: Diary, quoted: date) -> dict[str, object]:
    """Return when the proposal was handed in: usually in time, else on the day it was quoted."""
    due = diary.row.get("proposal_due_on")
    if due is None or diary.rng.random() < 0.08:
        return {"proposal_submitted_on": quoted}
    return {"proposal_submitted_on": min(quoted, due - timedelta(days=diary.rng.randint(0, 3)))}


def work(diary: Diary, stage: str, start: datetime, days: float, *, asleep: bool, until: datetime) -> None:
    """Follow the deal up between ``start`` and ``days`` later; an ``asleep`` deal is forgotten after two contacts, often given back to the pool."""
    rng = diary.rng
    end = start + timedelta(days=days)
    neglected = rng.random() < 0.05
    contacts = 0
    now = _next_contact(diary, stage, start)
    while now < end - timedelta(days=1) and now <= until and not neglected:
        following = _next_contact(diary, stage, now)
        next_on = following.date() if rng.random() < 0.62 else None
        diary.follow_up(
            now,
            stage,
            stage_after=stage if rng.random() < 0.88 else None,
            next_on=next_on,
            **_revised(diary, stage, now.date()),
        )
        _hand_over(diary, now)
        contacts += 1
        if asleep and contacts >= 2:
            break
        now = following
    if asleep:
        _give_back(diary, max(start, diary.written_until), until)


def _next_contact(diary: Diary, stage: str, now: datetime) -> datetime:
    gap = max(1, round(skewed(diary.rng, GAP_DAYS[stage], 0.45)))
    return working_moment(diary.rng, diary.company, now.date() + timedelta(days=gap))


def _revised(diary: Diary, stage: str, today: date) -> dict[str, object]:
    """Return what a contact makes the rep correct: the amount now and then, the close date when it comes near."""
    rng, row = diary.rng, diary.row
    values: dict[str, Any] = {}
    amount = row.get("expected_amount")
    if amount and rng.random() < 0.04:
        values["expected_amount"] = thousands(amount * rng.choice((0.7, 0.8, 0.9, 1.1, 1.2, 1.35)))
    close = row.get("expected_close_on")
    if close and stage in DAYS_TO_CLOSE and close <= today + timedelta(days=4) and rng.random() < 0.72:
        values["expected_close_on"] = today + timedelta(days=rng.randint(10, 40))
    return values


def _hand_over(diary: Diary, now: datetime) -> None:
    if diary.rng.random() >= 0.025:
        return
    reps = {
        rep.name: rep.weight for rep in diary.company.team_reps(diary.arrival.team) if rep.name != diary.row["owner"]
    }
    diary.change(now + timedelta(hours=3), owner=pick(diary.rng, reps))


def _give_back(diary: Diary, since: datetime, until: datetime) -> None:
    """Return a forgotten customer to the pool weeks later, more often than not."""
    when = working_moment(diary.rng, diary.company, since.date() + timedelta(days=diary.rng.randint(30, 60)))
    if when <= until and diary.rng.random() < 0.35:
        diary.change(when, owner=None)
