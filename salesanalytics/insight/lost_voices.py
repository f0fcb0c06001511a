"""What lost customers last said, in their own words: the newest feedback in the follow-up log of each who was lost from a stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.metrics.compile import where
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.types import Filters


@dataclass(frozen=True)
class Voice:
    """One wording: how many lost customers said it last, and when the newest of them did."""

    words: str
    customers: int
    said_on: date | None


@dataclass(frozen=True)
class LostVoices:
    """The wordings, most frequent first, and how many of the lost customers have any feedback."""

    voices: tuple[Voice, ...]
    heard: int


def lost_voices(view: View, filters: Filters, mode: Mode, stage: str) -> LostVoices:
    """Return the last words of the customers lost from ``stage``, as the funnel of ``mode`` counts them (a snapshot has none)."""
    asked = filters if mode == "cohort" else replace(filters, start=None, end=None)
    found = where(METRICS["leads"], asked)
    if found is None or mode == "snapshot":
        return LostVoices((), 0)
    params: list[Any] = [*found[1], stage]
    lost_in = ""
    if mode == "flow":
        for sign, day in ((">=", filters.start), ("<=", filters.end)):
            if day is not None:
                lost_in += f" AND c.lost_on {sign} ?"
                params.append(day)
    sql = f"""
    WITH chosen AS (SELECT r.* FROM leads AS r WHERE {found[0]}),
    furthest AS (
        SELECT s.customer_id, max(d.stage_order) AS stage_order
        FROM stage_reach AS s JOIN stages AS d ON d.stage = s.stage AND d.observed GROUP BY s.customer_id),
    gone AS (
        SELECT c.customer_id FROM chosen AS c JOIN furthest AS f ON f.customer_id = c.customer_id
        JOIN stages AS d ON d.stage_order = f.stage_order
        WHERE c.is_lost AND d.stage = ?{lost_in}),
    said AS (
        SELECT l.customer_id, trim(l.feedback) AS words, CAST(l.followed_up_at AS DATE) AS said_on,
            row_number() OVER (PARTITION BY l.customer_id ORDER BY l.followed_up_at DESC NULLS LAST, l.followup_id) AS place
        FROM followups AS l JOIN gone AS g ON g.customer_id = l.customer_id WHERE trim(coalesce(l.feedback, '')) <> '')
    SELECT words, count(*) AS customers, max(said_on) AS said_on FROM said WHERE place = 1
    GROUP BY words ORDER BY customers DESC, said_on DESC NULLS LAST, words"""
    rows = view.fetch(sql, params)
    voices = tuple(Voice(row["words"], int(row["customers"]), row["said_on"]) for row in rows)
    return LostVoices(voices, sum(voice.customers for voice in voices))
