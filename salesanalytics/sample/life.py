"""A customer's life: assigned, contacted, moved from stage to stage with the dwell of each, won or lost, sometimes reopened."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from salesanalytics.sample.after_sale import after_sale
from salesanalytics.sample.arrivals import Arrival
from salesanalytics.sample.chance import into_hours, pick, skewed, thousands, with_odds, working_moment
from salesanalytics.sample.company import Company
from salesanalytics.sample.diary import Diary
from salesanalytics.sample.stage_work import enter, work
from salesanalytics.sample.story import LAST_EXPORT, Story

END = datetime.combine(LAST_EXPORT, time(23, 59))
ORDER = ("lead", "prospect", "opportunity", "quote", "won")
MOVES_ON = {"lead": 0.70, "prospect": 0.76, "opportunity": 0.77, "quote": 0.80}
FALLS_ASLEEP = {"lead": 0.02, "prospect": 0.03, "opportunity": 0.04, "quote": 0.03}
DWELL_DAYS = {"lead": 4.5, "prospect": 8.5, "opportunity": 9.5, "quote": 10.0}
SLEEPERS_SINCE = date(2026, 3, 1)  # older open deals were closed when the CRM was tidied


def live(rng: Random, company: Company, story: Story, arrival: Arrival) -> Diary:
    """Return the whole life of a lead up to the last export."""
    diary = Diary(rng, company, story, arrival)
    _arrive(diary)
    now = _assign(diary)
    if now is None or now > END:
        return diary
    diary.follow_up(now, "lead", stage_after="lead" if rng.random() < 0.9 else None)
    _progress(diary, now)
    return diary


def _arrive(diary: Diary) -> None:
    rng, lead, company = diary.rng, diary.arrival, diary.company
    at = datetime.combine(lead.first_contact_on, time(8)) + timedelta(minutes=rng.randrange(720))
    origin = "转介绍" if lead.source == "转介绍" else "复购" if rng.random() < 0.07 else "新客"
    row: dict[str, object] = {
        "customer_id": lead.customer_id,
        "customer_name": lead.name,
        "industry": lead.industry,
        "source": lead.source,
        "first_contact_on": lead.first_contact_on,
        "stage": "lead",
        "owner": None,
        "region": lead.region,
        "team": lead.team,
        "origin_kind": origin,
        "product_line": pick(rng, company.products),
        "notes": rng.choice(company.notes["lead"]) or None,
    }
    if rng.random() < 0.12:
        row["contact_name"] = rng.choice(company.contact_surnames) + rng.choice(("女士", "先生"))
        row["contact_title"] = rng.choice(company.contact_titles)
    if rng.random() < 0.04:
        row["contact_phone"] = f"000-0000-{rng.randrange(10_000):04d}"
    diary.entries.append((lead.first_contact_on, "lead"))
    diary.change(at, **row)


def _assign(diary: Diary) -> datetime | None:
    """Give the lead a rep and return when he first calls; None leaves it in the pool."""
    rng, story = diary.rng, diary.story
    arrived = diary.changes[0].recorded_at
    fate = rng.random()
    if fate < 0.025 and arrived.date() >= SLEEPERS_SINCE:
        return None
    wait = timedelta(days=rng.randint(2, 6)) if fate < 0.08 else timedelta(hours=skewed(rng, 2.0, 0.8))
    assigned = into_hours(rng, diary.company, (arrived + wait).replace(second=0, microsecond=0))
    if assigned > END:
        return None
    reps = {rep.name: rep.weight for rep in diary.company.team_reps(diary.arrival.team)}
    diary.change(assigned, owner=pick(rng, reps), assigned_at=assigned)
    slow = story.slow_response if assigned.date() >= story.slow_response_from else 1.0
    response = timedelta(minutes=round(60 * slow * skewed(rng, 15.0, 0.9)))
    return into_hours(rng, diary.company, assigned + response)


def _progress(diary: Diary, now: datetime) -> None:
    stage, reopened = "lead", False
    pace = skewed(diary.rng, 0.97, 0.42)  # some customers decide fast, some slowly, at every stage
    while True:
        outcome, days = _fate(diary, stage, now, pace, reopened)
        work(diary, stage, now, days, asleep=outcome == "sleep", until=END)
        then = working_moment(diary.rng, diary.company, now.date() + timedelta(days=max(1, round(days))))
        if outcome == "sleep" or then > END:
            return
        if outcome == "advance":
            stage = ORDER[ORDER.index(stage) + 1]
            enter(diary, stage, then)
            if stage == "won":
                after_sale(diary, then, END)
                return
            now = then
            continue
        _lose(diary, stage, then)
        again = _reopen(diary, stage, then) if not reopened and stage != "lead" else None
        if again is None:
            return
        now, reopened = again, True


def _fate(diary: Diary, stage: str, now: datetime, pace: float, reopened: bool) -> tuple[str, float]:
    """Return what becomes of the deal in this stage (advance, lost, sleep) and after how many days."""
    rng, story, lead = diary.rng, diary.story, diary.arrival
    rep = next((rep for rep in diary.company.reps if rep.name == diary.row["owner"]), None)
    odds = diary.company.sources[lead.source].quality * story.source_odds(lead.source, lead.first_contact_on)
    odds *= rep.skill if rep else 1.0
    days = skewed(rng, DWELL_DAYS[stage], 0.5) * pace
    if story.sticks(stage, now.date() + timedelta(days=round(days))):
        odds *= story.sticky_odds
        days *= story.sticky_dwell
    if rng.random() < FALLS_ASLEEP[stage] and lead.first_contact_on >= SLEEPERS_SINCE:
        return "sleep", 400.0
    if rng.random() < with_odds(MOVES_ON[stage], odds * (0.7 if reopened else 1.0)):
        return "advance", days
    return "lost", days * 1.25


def _lose(diary: Diary, stage: str, when: datetime) -> None:
    rng, story, company = diary.rng, diary.story, diary.company
    reasons = dict(company.lost_reasons)
    if story.sticks(stage, when.date()):
        others = sum(weight for reason, weight in reasons.items() if reason != story.sticky_reason)
        reasons[story.sticky_reason] = others * story.sticky_reason_share / (1 - story.sticky_reason_share)
    reason = pick(rng, reasons)
    values: dict[str, object] = {
        "lost_on": when.date(),
        "lost_reason": reason,
        "lost_from_stage": stage if rng.random() < 0.985 else None,
    }
    if reason == "选择竞品":
        values["competitor"] = rng.choice(company.competitors)
    if rng.random() < 0.75:
        diary.move(when, "lost", **values)
    else:
        diary.entries.append((when.date(), "lost"))
        diary.change(when, stage="lost", **values)


def _reopen(diary: Diary, stage: str, lost: datetime) -> datetime | None:
    rng = diary.rng
    if rng.random() >= 0.12:
        return None
    when = working_moment(rng, diary.company, lost.date() + timedelta(days=rng.randint(14, 45)))
    if when > END:
        return None
    diary.entries.append((when.date(), stage))
    cleared = dict.fromkeys(("lost_on", "lost_reason", "lost_from_stage", "competitor"))
    close = when.date() + timedelta(days=rng.randint(20, 50))
    amount = thousands(diary.arrival.size)
    diary.follow_up(
        when,
        "reopened",
        stage_after=stage,
        stage=stage,
        **cleared,
        expected_close_on=close,
        expected_amount=diary.row.get("expected_amount") or amount,
    )
    return when
