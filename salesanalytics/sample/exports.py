"""The weekly exports as plain rows: the simulated company replayed to each Sunday."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from salesanalytics.sample.absences import absences
from salesanalytics.sample.arrivals import arrivals
from salesanalytics.sample.company import the_company
from salesanalytics.sample.contracts import contracts, contracts_as_of
from salesanalytics.sample.crm_tables import crm_tables
from salesanalytics.sample.diary import Diary, Row
from salesanalytics.sample.hero import hero_life, hero_place
from salesanalytics.sample.life import live
from salesanalytics.sample.story import LAST_EXPORT, STORY
from salesanalytics.sample.targets import channel_costs, targets

SEED = 20261114
LEADS = 1500
WEEKS = 26


@dataclass(frozen=True)
class Export:
    """One week's export: rows by table name, keys are our column names. ``leads`` may carry ``product_line``, a custom column."""

    as_of: date
    tables: dict[str, list[Row]]


def export_dates(weeks: int) -> list[date]:
    """Return the Sundays of the last ``weeks`` exports, oldest first."""
    return [LAST_EXPORT - timedelta(weeks=back) for back in reversed(range(weeks))]


def simulate(rng: Random, leads: int) -> list[Diary]:
    """Return the lives of ``leads`` customers in the order they arrived."""
    company = the_company()
    coming = arrivals(rng, company, STORY, leads)
    special = hero_place(coming) if coming else -1
    return [
        hero_life(rng, company, STORY, lead) if place == special else live(rng, company, STORY, lead)
        for place, lead in enumerate(coming)
    ]


def weekly_exports(leads: int = LEADS, weeks: int = WEEKS, seed: int = SEED) -> Iterator[Export]:
    """Yield the exports, oldest first. The first carries every follow-up up to its date, each later one a week's."""
    rng = Random(seed)
    lives = simulate(rng, leads)
    dates = export_dates(weeks)
    company = the_company()
    absent = absences(rng, lives, dates)
    deals = contracts(rng, lives)
    plans, costs = targets(company, lives), channel_costs(company, STORY, leads / LEADS)
    log = _numbered(lives)
    rows: dict[str, Row] = {}
    changes = sorted(
        ((change.recorded_at, place, change.values) for place, life in enumerate(lives) for change in life.changes),
        key=lambda item: item[:2],
    )
    done = written = 0
    for as_of in dates:
        while done < len(changes) and changes[done][0].date() <= as_of:
            customer_id = lives[changes[done][1]].arrival.customer_id
            rows[customer_id] = rows.get(customer_id, {}) | changes[done][2]
            done += 1
        until = next(
            (place for place in range(written, len(log)) if log[place]["recorded_at"].date() > as_of), len(log)
        )
        conversion, funnel = crm_tables(lives, as_of, as_of - timedelta(weeks=1), leads)
        yield Export(
            as_of,
            {
                "leads": [
                    rows[customer_id] for customer_id in sorted(rows) if as_of not in absent.get(customer_id, ())
                ],
                "followups": log[written:until],
                "conversion": conversion,
                "funnel": funnel,
                "targets": [row for announced, row in plans if announced <= as_of],
                "contracts": contracts_as_of(deals, as_of),
                "channel_costs": [row for booked, row in costs if booked <= as_of],
            },
        )
        written = until


def _numbered(lives: list[Diary]) -> list[Row]:
    """Return every follow-up in the order it was recorded, with its running number."""
    end = LAST_EXPORT
    log = sorted(
        (record for life in lives for record in life.followups if record["recorded_at"].date() <= end),
        key=lambda record: (record["recorded_at"], record["customer_id"]),
    )
    for number, record in enumerate(log, start=1):
        record["followup_id"] = f"GZ{number:06d}"
    return log
