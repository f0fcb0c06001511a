"""The conversion and funnel tables as the company's own CRM prints them for the leads of a year, slips included."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

from salesanalytics.sample.diary import Diary, Row
from salesanalytics.sample.life import ORDER
from salesanalytics.sample.story import LAST_EXPORT

YEAR = 2026
PLANNED_SHARES = (1.0, 0.70, 0.52, 0.40, 0.32)
COUNTED_TOO_MANY = {"conversion": ("opportunity", 5), "funnel": ("quote", -2)}  # what there is to reconcile


def crm_tables(lives: list[Diary], as_of: date, before: date, leads: int) -> tuple[list[Row], list[Row]]:
    """Return the conversion and the funnel table of ``as_of``; changes are against the export of ``before``."""
    cohort = [life for life in lives if life.arrival.first_contact_on.year == YEAR]
    reached = _reached(cohort, as_of)
    reasons = {stage: _lost_reasons(cohort, stage, as_of) for stage in ORDER}
    conversion = _conversion(_with_slip(reached, "conversion"), cohort, reasons, as_of)
    return conversion, _funnel(_with_slip(reached, "funnel"), _reached(cohort, before), reasons, as_of, leads)


def _reached(cohort: list[Diary], as_of: date) -> list[int]:
    """Return how many customers passed each forward stage by ``as_of``."""
    furthest = Counter(
        max(ORDER.index(stage) for day, stage in life.entries if stage != "lost" and day <= as_of)
        for life in cohort
        if life.arrival.first_contact_on <= as_of
    )
    return [sum(count for place, count in furthest.items() if place >= wanted) for wanted in range(len(ORDER))]


def _with_slip(reached: list[int], table: str) -> list[int]:
    """Return the counts as the CRM has them: one stage off by a few, but never more than the stage before."""
    stage, slip = COUNTED_TOO_MANY[table]
    place = ORDER.index(stage)
    counts = list(reached)
    counts[place] = max(counts[place + 1], min(counts[place - 1], counts[place] + slip))
    return counts


def _lost_reasons(cohort: list[Diary], stage: str, as_of: date) -> list[tuple[str, float]]:
    """Return the reasons of the customers lost from ``stage``, most frequent first, with their shares."""
    counts = Counter(
        life.row["lost_reason"]
        for life in cohort
        if life.row.get("lost_from_stage") == stage and life.row["lost_on"] <= as_of
    )
    total = sum(counts.values())
    return [(reason, count / total) for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _mean_dwell(cohort: list[Diary], stage: str, as_of: date) -> float | None:
    """Return the mean days of finished stays in ``stage``, as CRMs compute it."""
    stays = [
        (left - entered).days
        for life in cohort
        for (entered, name), (left, _) in pairwise(life.entries)
        if name == stage and left <= as_of
    ]
    return round(sum(stays) / len(stays), 1) if stays else None


def _conversion(
    counts: list[int], cohort: list[Diary], reasons: dict[str, list[tuple[str, float]]], as_of: date
) -> list[Row]:
    rows = []
    for place, stage in enumerate(ORDER):
        lost = reasons[stage][:1]
        rows.append(
            {
                "stage": stage,
                "entered": counts[place],
                "converted": counts[place] if place else None,
                "conversion_share": _percent(counts[place], counts[place - 1]) if place else None,
                "mean_dwell_days": _mean_dwell(cohort, stage, as_of),
                "main_lost_reason": f"{lost[0][0]}(占比{lost[0][1]:.0%})" if lost else None,
                "period": str(YEAR),
            }
        )
    return rows


def _funnel(
    counts: list[int], before: list[int], reasons: dict[str, list[tuple[str, float]]], as_of: date, leads: int
) -> list[Row]:
    gone = (as_of - date(YEAR, 1, 1)).days / (LAST_EXPORT - date(YEAR, 1, 1)).days
    rows = []
    for place, stage in enumerate(ORDER):
        target = max(1, round(leads * 0.82 * gone * PLANNED_SHARES[place] / 10)) * 10
        lost = "、".join(reason for reason, _ in reasons[ORDER[place - 1]][:3]) if place else ""
        change = counts[place] / before[place] - 1 if before[place] else None
        rows.append(
            {
                "stage": stage,
                "customers": counts[place],
                "change_share": f"{change:+.1%}" if change is not None else None,
                "target": target,
                "attainment_share": _percent(counts[place], target, 0),
                "loss_share": _percent(counts[place - 1] - counts[place], counts[place - 1]) if place else None,
                "lost_reasons": lost or None,
                "period": str(YEAR),
            }
        )
    return rows


def _percent(part: int, whole: int, decimals: int = 1) -> str | None:
    return f"{part / whole:.{decimals}%}" if whole else None
