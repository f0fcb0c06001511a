"""Three years of a company's weekly exports: some 20,000 leads in each, of whom a few hundred are new, a few hundred gone and some 10 % changed since the last.

A customer leaves the export 60 weeks after closing, as a CRM's "open or closed of late" view lets them go; the log and the contracts only grow. Rows stand as a CRM
lists them, the last touched first, so that nearly every row stands elsewhere in each file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from benchmarks._company import INDUSTRIES, NOTES, REGIONS, SOURCES, TEAMS
from salesanalytics.intake.types import Batch, FileReport

FIRST_DAY = date(2023, 11, 13)
WEEKS = 156
STAGES = ("lead", "prospect", "opportunity", "quote")
CYCLE_WEEKS, SHOWN_WEEKS = 20, 60
"""about how long a deal is open, and how long it is shown after closing"""
WEEKS_BEFORE = 3 * CYCLE_WEEKS + SHOWN_WEEKS
"""lived before the first export, until as many leave the export as come"""
LOGGED_BEFORE = 26
"""weeks of the log that the first export holds"""
OWNERS = 60
FOLLOWED = 0.3
"""of the open customers, in a week"""
_MONEY = (10**6, 10**8)


@dataclass
class Company:
    """The company as it stands after the weeks so far. ``present``: leads in each export, about."""

    present: int
    seed: int = 7
    week: int = -1
    leads: pl.DataFrame = field(init=False)
    followups: list[pl.DataFrame] = field(default_factory=list)
    contracts: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)
        self.born = self.logged = 0
        self.arrivals = round(self.present / (CYCLE_WEEKS + SHOWN_WEEKS))
        self.leads = self._new_leads(FIRST_DAY, 0)
        for back in reversed(range(1, WEEKS_BEFORE)):
            self._live_a_week(FIRST_DAY - timedelta(weeks=back))
        del self.followups[:-LOGGED_BEFORE]

    def export(self) -> Batch:
        """Live another week and return what the CRM then exports, typed as intake types it."""
        self.week += 1
        as_of = self.as_of
        self._live_a_week(as_of)
        shown = self.leads.sort("last_followup_on", "customer_id", descending=True, nulls_last=True)
        tables = {
            "leads": shown.with_columns(_custom=pl.concat_str(pl.lit('{"产品线": "'), "line", pl.lit('"}'))).drop(
                "line"
            ),
            "followups": pl.concat(self.followups).reverse(),
            "contracts": pl.concat(self.contracts),
            "targets": _targets(as_of),
            "channel_costs": _costs(as_of),
            "funnel": _funnel(self.leads, as_of),
        }
        name, digest = f"{as_of} company.xlsx", f"{as_of:%Y%m%d}".zfill(64)
        placed = {
            sheet: frame.with_columns(
                pl.lit(digest).alias("_digest"),
                pl.lit(name).alias("_file"),
                pl.lit(sheet).alias("_sheet"),
                (pl.int_range(pl.len(), dtype=pl.Int64) + 2).alias("_row"),
            )
            for sheet, frame in tables.items()
        }
        return Batch(tables=placed, quarantine=(), issues=(), files=(FileReport(name, digest),), as_of_found=as_of)

    @property
    def as_of(self) -> date:
        """The Sunday of the last week lived."""
        return FIRST_DAY + timedelta(days=6, weeks=self.week)

    def _live_a_week(self, monday_or_later: date) -> None:
        as_of = monday_or_later - timedelta(days=monday_or_later.weekday()) + timedelta(days=6)
        self.leads = pl.concat([self.leads, self._new_leads(as_of, self.arrivals)])
        closed = pl.coalesce("won_on", "lost_on")
        self.leads = self.leads.filter(closed.is_null() | (closed > as_of - timedelta(weeks=SHOWN_WEEKS)))
        is_open = self.leads["stage"].is_in(STAGES).to_numpy()
        chance = self.rng.random(len(is_open))
        followed = is_open & (chance < FOLLOWED)
        self._close_and_advance(followed, is_open, as_of)
        self._log(followed, as_of)

    def _new_leads(self, as_of: date, count: int) -> pl.DataFrame:
        rng, numbers = self.rng, np.arange(self.born, self.born + count)
        self.born += count
        owner = rng.integers(0, OWNERS, count)
        pick = lambda words: [words[place] for place in rng.integers(0, len(words), count)]  # noqa: E731 - said six times below
        return pl.DataFrame(
            {
                "customer_id": [f"CL{number:07d}" for number in numbers],
                "customer_name": [f"客户{number}有限公司" for number in numbers],
                "industry": pick(INDUSTRIES),
                "source": pick(SOURCES),
                "first_contact_on": [as_of - timedelta(days=int(day)) for day in rng.integers(0, 7, count)],
                "stage": ["lead"] * count,
                "owner": [f"销售{number:02d}" for number in owner],
                "team": [TEAMS[number % 3] for number in owner],
                "region": pick(REGIONS),
                "grade": pick("ABC"),
                "line": pick(("云", "硬件", "服务")),
                "expected_amount": rng.integers(*_MONEY, count) / 100,
                "last_followup_on": [None] * count,
                "notes": [None] * count,
                "expected_close_on": [as_of + timedelta(days=int(day)) for day in rng.integers(60, 200, count)],
                "actual_amount": [None] * count,
                "won_on": [None] * count,
                "lost_on": [None] * count,
                "lost_reason": [None] * count,
                "lost_from_stage": [None] * count,
            },
            schema=_SCHEMA,
        )

    def _close_and_advance(self, followed: np.ndarray, is_open: np.ndarray, as_of: date) -> None:
        rng, count = self.rng, len(followed)
        closing = is_open & (rng.random(count) < 1 / CYCLE_WEEKS)
        won = closing & (rng.random(count) < 0.4)
        day = pl.Series([as_of - timedelta(days=int(back)) for back in rng.integers(0, 6, count)])
        marks = {
            "followed": followed & ~closing,
            "won_now": won,
            "lost_now": closing & ~won,
            "advance": followed & ~closing & (rng.random(count) < 0.3),
            "repriced": followed & (rng.random(count) < 0.1),
            "pushed": is_open & (rng.random(count) < 0.02),
            "noted": followed & (rng.random(count) < 0.2),
        }
        note = pl.Series([NOTES[place] for place in rng.integers(0, len(NOTES), count)])
        frame = self.leads.with_columns(
            *(pl.Series(name, mark) for name, mark in marks.items()), day.alias("day"), note.alias("note")
        )
        later = dict(zip(STAGES, (*STAGES[1:], STAGES[-1]), strict=True))
        frame = frame.with_columns(
            last_followup_on=pl.when("followed").then("day").otherwise("last_followup_on"),
            notes=pl.when("noted").then("note").otherwise("notes"),
            expected_amount=pl.when("repriced").then(pl.col("expected_amount") * 1.1).otherwise("expected_amount").round(2),
            expected_close_on=pl.when("pushed").then(pl.col("expected_close_on") + timedelta(days=30)).otherwise("expected_close_on"),
            won_on=pl.when("won_now").then("day").otherwise("won_on"),
            lost_on=pl.when("lost_now").then("day").otherwise("lost_on"),
            actual_amount=pl.when("won_now").then("expected_amount").otherwise("actual_amount"),
            lost_reason=pl.when("lost_now").then(pl.lit("预算不足")).otherwise("lost_reason"),
            lost_from_stage=pl.when("lost_now").then("stage").otherwise("lost_from_stage"),
            stage=pl.when("won_now").then(pl.lit("won")).when("lost_now").then(pl.lit("lost"))
            .when("advance").then(pl.col("stage").replace_strict(later, default=None)).otherwise("stage"),
        )  # fmt: skip
        signed = frame.filter("won_now")
        self.contracts.append(
            signed.select(
                contract_id=pl.format("HT{}", pl.col("customer_id").str.slice(2)),
                customer_id="customer_id",
                signed_on="won_on",
                contract_amount="actual_amount",
                due_on=pl.col("won_on") + timedelta(days=30),
                due_amount="actual_amount",
            )
        )
        self.moved = frame["advance"]
        self.leads = frame.drop(*marks, "day", "note")

    def _log(self, followed: np.ndarray, as_of: date) -> None:
        rng = self.rng
        frame = self.leads.with_columns(moved=self.moved).filter(pl.Series(followed))
        count = frame.height
        monday = datetime.combine(as_of - timedelta(days=6), datetime.min.time())
        said = [NOTES[place] for place in rng.integers(0, len(NOTES), count)]
        minutes = np.sort(rng.integers(9 * 60, 6 * 24 * 60, count))
        self.followups.append(
            frame.select(
                followup_id=pl.Series([f"GJ{number:08d}" for number in range(self.logged, self.logged + count)]),
                customer_id="customer_id",
                followed_up_at=pl.Series(
                    [monday + timedelta(minutes=int(each)) for each in minutes], dtype=pl.Datetime("us")
                ),
                method=pl.Series([("电话", "邮件", "拜访", "线上")[place] for place in rng.integers(0, 4, count)]),
                followed_up_by="owner",
                summary=pl.format("第{}周与客户沟通：{}", pl.lit(self.week + 100), pl.Series(said)),
                effective=pl.Series(rng.random(count) < 0.7),
                stage_after=pl.when("moved").then("stage"),
            )
        )
        self.logged += count


_SCHEMA = {
    **dict.fromkeys(("customer_id", "customer_name", "industry", "source"), pl.String),
    "first_contact_on": pl.Date,
    **dict.fromkeys(("stage", "owner", "team", "region", "grade", "line"), pl.String),
    "expected_amount": pl.Float64,
    "last_followup_on": pl.Date,
    "notes": pl.String,
    "expected_close_on": pl.Date,
    "actual_amount": pl.Float64,
    "won_on": pl.Date,
    "lost_on": pl.Date,
    "lost_reason": pl.String,
    "lost_from_stage": pl.String,
}


def _targets(as_of: date) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"period": f"{as_of.year}-{month:02d}", "team": team, "target_amount": 2e7}
            for month in range(1, 13)
            for team in TEAMS
        ]
    )


def _costs(as_of: date) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"period": f"{as_of.year}-{month:02d}", "source": source, "cost": 1e4 * month}
            for month in range(1, as_of.month + 1)
            for source in SOURCES
        ]
    )


def _funnel(leads: pl.DataFrame, as_of: date) -> pl.DataFrame:
    counts = dict(leads.group_by("stage").len().iter_rows())
    return pl.DataFrame(
        [{"stage": stage, "customers": counts.get(stage, 0), "period": f"{as_of:%G-W%V}"} for stage in (*STAGES, "won")]
    )
