"""Checks across the columns of a lead: chronology, what won and lost deals owe, and what does not belong into notes."""

from __future__ import annotations

from datetime import date
from typing import cast

import polars as pl

from salesanalytics.intake.findings import finding
from salesanalytics.intake.sensitive_text import ID_NUMBER, PHONE_NUMBER
from salesanalytics.settings import Settings
from salesanalytics.stages import LOST, WON

_ABSURD_MULTIPLE = 1000  # times the median of the column
_ABSURD_FLOOR = 1e8  # and at least this much
_MIN_FOR_MEDIAN = 5
_ABSURD_ALWAYS = 1e11


def fill_closing_dates(frame: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Let ``closed_on`` stand for ``won_on``, ``lost_on`` or, of an open deal, ``expected_close_on``, where these are empty.

    ``closed_on`` itself stays as uploaded: it tells that the other was inferred. Without a stage it stands for nothing.
    """
    is_open = pl.col("stage").is_in(list(settings.stages.open_ids))
    return frame.with_columns(
        pl.when(pl.col("stage") == WON).then(pl.coalesce("won_on", "closed_on")).otherwise("won_on").alias("won_on"),
        pl.when(pl.col("stage") == LOST)
        .then(pl.coalesce("lost_on", "closed_on"))
        .otherwise("lost_on")
        .alias("lost_on"),
        pl.when(is_open)
        .then(pl.coalesce("expected_close_on", "closed_on"))
        .otherwise("expected_close_on")
        .alias("expected_close_on"),
    )


def check_leads(frame: pl.DataFrame, settings: Settings, as_of: date, present: frozenset[str]) -> list[pl.DataFrame]:
    """Return findings about leads as of ``as_of``. What needs a column the files lack is not asked for."""
    return [
        *_chronology(frame, as_of, present),
        *_outcomes(frame, settings, as_of, present),
        *(absurd_amounts(frame, name) for name in ("expected_amount", "actual_amount")),
        *sensitive(frame, "notes"),
    ]


def _told_in(name: str, present: frozenset[str]) -> str:
    """Return the column a closing date is to be corrected in: ``closed_on`` where the files have it instead of ``name``."""
    return "closed_on" if name not in present and "closed_on" in present else name


def _chronology(frame: pl.DataFrame, as_of: date, present: frozenset[str]) -> list[pl.DataFrame]:
    first, last = pl.col("first_contact_on"), pl.col("last_followup_on")
    day = pl.lit(as_of)
    return [
        finding(frame, first > day, "first-contact-in-future", "first_contact_on", first, day),
        finding(frame, last > day, "last-followup-in-future", "last_followup_on", last, day),
        finding(frame, first > last, "followup-before-first-contact", "first_contact_on", first, last),
        *(
            finding(
                frame, pl.col(name) < first, "closed-before-first-contact", _told_in(name, present), pl.col(name), first
            )
            for name in ("won_on", "lost_on")
        ),
        *(
            finding(frame, pl.col(name) > day, "closed-in-future", _told_in(name, present), pl.col(name), day)
            for name in ("won_on", "lost_on")
        ),
    ]


def _outcomes(frame: pl.DataFrame, settings: Settings, as_of: date, present: frozenset[str]) -> list[pl.DataFrame]:
    stage, due = pl.col("stage"), pl.col("expected_close_on")
    is_open = stage.is_in(list(settings.stages.open_ids))
    found = [
        finding(
            frame, is_open & (due < as_of), "overdue-close", _told_in("expected_close_on", present), due, pl.lit(as_of)
        )
    ]
    owed = (
        ("won-without-amount", WON, "actual_amount", {"actual_amount"}),
        ("won-without-date", WON, "won_on", {"won_on", "closed_on"}),
        ("lost-without-reason", LOST, "lost_reason", {"lost_reason"}),
    )
    for kind, outcome, field, columns in owed:
        if columns & present:
            told_in = _told_in(field, present) if "closed_on" in columns else field
            found.append(finding(frame, (stage == outcome) & pl.col(field).is_null(), kind, told_in, None))
    return found


def absurd_amounts(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Find amounts out of all proportion to the column: a thousand times its median and large, or beyond any deal."""
    amounts = frame[name].drop_nulls().filter(frame[name].drop_nulls() > 0)
    median = cast("float", amounts.median()) if amounts.len() >= _MIN_FOR_MEDIAN else None
    limit = _ABSURD_ALWAYS
    if median is not None:
        limit = min(limit, max(median * _ABSURD_MULTIPLE, _ABSURD_FLOOR))
    shown = pl.lit(None if median is None else f"{median:,.0f}", dtype=pl.String)
    return finding(frame, pl.col(name) > limit, "absurd-amount", name, pl.col(name), shown)


def sensitive(frame: pl.DataFrame, name: str) -> list[pl.DataFrame]:
    """Find Chinese mobile and identity numbers in a text, shown with their middle hidden."""
    text = pl.col(name)
    found = []
    is_id = text.str.contains(ID_NUMBER)
    for kind, where, pattern in (
        ("id-number", is_id, ID_NUMBER),
        ("phone-number", ~is_id & text.str.contains(PHONE_NUMBER), PHONE_NUMBER),
    ):
        number = text.str.extract(pattern, 1)
        hidden = pl.concat_str(number.str.slice(0, 3), pl.lit("****"), number.str.slice(-2))
        found.append(finding(frame, where, "sensitive-in-notes", name, hidden, pl.lit(kind)))
    return found
