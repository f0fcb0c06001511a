"""Checks of the follow-up log: customers that exist, times that can be, methods that are known, and records made in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

import polars as pl

from salesanalytics.intake.findings import finding
from salesanalytics.intake.typing_cells import folded
from salesanalytics.intake.validate_leads import sensitive
from salesanalytics.settings import Settings
from salesanalytics.tables.choices import METHODS

_KNOWN_METHODS = {folded(s).casefold() for method, spellings in METHODS.items() for s in (method, *spellings)}


def check_followups(
    frame: pl.DataFrame, as_of: date, customers: Collection[str] | None, settings: Settings
) -> list[pl.DataFrame]:
    """Return findings about follow-ups as of ``as_of``; orphans only where it is known which customers exist."""
    at, recorded, planned = pl.col("followed_up_at"), pl.col("recorded_at"), pl.col("next_followup_on")
    end_of_day = datetime.combine(as_of, time.max)
    latest = at.max().over("customer_id").dt.date()
    passed = (planned < as_of) & (latest < planned)
    return [
        *orphans(frame, customers),
        finding(frame, at > end_of_day, "future-followup", "followed_up_at", _clock(at), pl.lit(as_of)),
        _unknown_methods(frame),
        finding(
            frame,
            _late(at, recorded, settings.quality.late_recorded_days),
            "late-recorded",
            "recorded_at",
            _clock(recorded),
            _clock(at),
        ),
        finding(
            frame,
            passed & (at == at.max().over("customer_id")),
            "next-followup-passed",
            "next_followup_on",
            planned,
            pl.lit(as_of),
        ),
        *sensitive(frame, "summary"),
        *sensitive(frame, "feedback"),
    ]


def orphans(frame: pl.DataFrame, customers: Collection[str] | None) -> list[pl.DataFrame]:
    """Find rows whose customer nobody knows."""
    if customers is None:
        return []
    known = pl.Series(list(customers), dtype=pl.String)
    customer = pl.col("customer_id")
    return [
        finding(
            frame, customer.is_not_null() & ~customer.is_in(known.implode()), "orphan-customer", "customer_id", customer
        )
    ]


def _late(at: pl.Expr, recorded: pl.Expr, days: float) -> pl.Expr:
    """Say where the record was made more than ``days`` after; by dates where one of the two has no time of day, as the Quality page counts."""
    midnight = (at.dt.time() == time.min) | (recorded.dt.time() == time.min)
    whole_days = (recorded.dt.date() - at.dt.date()).dt.total_days()
    return pl.when(midnight).then(whole_days).otherwise((recorded - at).dt.total_microseconds() / 86_400e6) > days


def _clock(moment: pl.Expr) -> pl.Expr:
    return moment.dt.to_string("%Y-%m-%d %H:%M").str.strip_suffix(" 00:00")


def _unknown_methods(frame: pl.DataFrame) -> pl.DataFrame:
    spellings = frame["method"].drop_nulls().unique().to_list()
    unknown = [spelling for spelling in spellings if folded(spelling).casefold() not in _KNOWN_METHODS]
    return finding(frame, pl.col("method").is_in(unknown), "unknown-method", "method", pl.col("method"))
