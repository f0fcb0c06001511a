"""After a deal is won: delivery and the contacts that should follow it, some of which do not happen."""

from __future__ import annotations

from datetime import datetime, timedelta

from salesanalytics.sample.chance import working_moment
from salesanalytics.sample.diary import Diary


def after_sale(diary: Diary, won: datetime, until: datetime) -> None:
    """Deliver, and contact the customer around delivery and later on, up to ``until``."""
    rng, company = diary.rng, diary.company
    delivered = working_moment(rng, company, won.date() + timedelta(days=rng.randint(12, 55)))
    contacts = [
        working_moment(rng, company, won.date() + timedelta(days=rng.randint(2, 8))),
        working_moment(rng, company, delivered.date() + timedelta(days=rng.randint(1, 7))),
    ]
    later = delivered
    for _ in range(4):
        later = working_moment(rng, company, later.date() + timedelta(days=rng.randint(18, 45)))
        contacts.append(later)
    happens = (0.85, 0.75, 0.7, 0.6, 0.5, 0.4)
    steps = [(when, False) for when, chance in zip(contacts, happens, strict=True) if rng.random() < chance]
    if rng.random() < 0.94:
        steps.append((delivered, True))
    for when, is_delivery in sorted(steps):
        if when > until:
            return
        if is_delivery:
            diary.change(when, delivered_on=when.date())
        else:
            diary.follow_up(when, "won", stage_after="won" if rng.random() < 0.5 else None)
