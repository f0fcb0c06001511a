"""Late recording: how long after a follow-up it was written down, by rep; reckoned as the metrics ``recording_delay`` and ``late_recorded_share`` are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.insight.where import lead_condition
from salesanalytics.metrics.followup_sources import RECORDING_DAYS
from salesanalytics.metrics.types import Filters
from salesanalytics.metrics.wilson import interval
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class Delay:
    """How late ``n`` follow-ups were recorded. ``rep`` None = everyone, or nobody named; ``median_days`` in days, 0 where recorded ahead of time."""

    rep: str | None
    late: int
    n: int
    median_days: float | None
    small: bool

    @property
    def share(self) -> float | None:
        """The share (0-1) recorded late."""
        return self.late / self.n if self.n else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share's 95 % Wilson interval."""
        return interval(self.late, self.n)


@dataclass(frozen=True)
class LateRecording:
    """``reps`` worst first, small samples last; ``untimed``: follow-ups of the period without a time of recording, which are not in ``n``."""

    whole: Delay
    reps: tuple[Delay, ...]
    untimed: int


def late_recording(view: View, settings: Settings, filters: Filters | None = None) -> LateRecording:
    """Return how late the follow-ups ``filters`` leave were recorded: of the chosen customers, made in the period."""
    kept, params = _kept(filters or Filters())
    sql = f"""WITH delays AS (
            SELECT nullif(followed_up_by, '') AS rep, recorded_at IS NULL AS untimed, {RECORDING_DAYS} AS days
            FROM followups WHERE {kept})
        SELECT rep, grouping(rep) AS whole, count(days) AS n, count(*) FILTER (WHERE days > ?) AS late, median(days) AS middle,
            count(*) FILTER (WHERE untimed) AS untimed
        FROM delays GROUP BY GROUPING SETS ((rep), ())"""
    rows = view.fetch(sql, [*params, settings.quality.late_recorded_days])
    whole = next(row for row in rows if row["whole"])
    reps = [_delay(row, settings) for row in rows if not row["whole"] and row["n"]]
    return LateRecording(
        whole=_delay(whole, settings),
        reps=tuple(sorted(reps, key=lambda rep: (rep.small, -(rep.share or 0.0), rep.rep or ""))),
        untimed=whole["untimed"],
    )


def late_rows(
    view: View, settings: Settings, filters: Filters | None = None, rep: str | None = None
) -> list[dict[str, Any]]:
    """Return the follow-ups behind those figures, of everyone or of one ``rep`` ("" = nobody named), the latest recorded first, in the shape of ``metrics.rows``.

    ``numerator`` is the days until it was recorded, ``hit`` whether that was late; without a time of recording a row is not ``counted``.
    """
    kept, params = _kept(filters or Filters())
    whose, named = ("", []) if rep is None else (" AND coalesce(f.followed_up_by, '') = ?", [rep])
    sql = f"""WITH kept AS (SELECT *, {RECORDING_DAYS} AS days FROM followups WHERE {kept})
        SELECT f.customer_id, l.customer_name AS name, f.followup_id AS label, nullif(f.followed_up_by, '') AS owner, CAST(NULL AS VARCHAR) AS stage,
            CAST(f.followed_up_at AS DATE) AS "on", CAST(NULL AS DOUBLE) AS amount, CAST(f.days AS DOUBLE) AS numerator, CAST(NULL AS DOUBLE) AS denominator,
            coalesce(f.days > ?, FALSE) AS hit, CAST(NULL AS BOOLEAN) AS ended, f.days IS NOT NULL AS counted,
            CASE WHEN f.days IS NULL THEN 'recording-undated' END AS reason, f.file, f.sheet, f."row"
        FROM kept AS f LEFT JOIN leads AS l ON l.customer_id = f.customer_id
        WHERE TRUE{whose} ORDER BY counted DESC, f.days DESC, f.file, f.sheet, f."row" """
    return view.fetch(sql, [*params, settings.quality.late_recorded_days, *named])


def _kept(filters: Filters) -> tuple[str, list[Any]]:
    """The condition on follow-ups, and its values."""
    kept, params = "TRUE", list[Any]()
    if filters.where:  # an orphan's follow-up belongs to no customer a filter could be about
        condition, params = lead_condition(filters.where)
        kept = f"customer_id IN (SELECT customer_id FROM leads WHERE {condition})"
    for sign, day in ((">=", filters.start), ("<=", filters.end)):
        if day is not None:
            kept += f" AND CAST(followed_up_at AS DATE) {sign} ?"
            params = [*params, day]
    return kept, params


def _delay(row: Mapping[str, Any], settings: Settings) -> Delay:
    middle = None if row["middle"] is None else float(row["middle"])
    return Delay(row["rep"], row["late"], row["n"], middle, row["n"] < settings.metrics.min_sample)
