"""The constants that declarations name in braces: the as-of date and what settings decide, written as SQL literals of our own types."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from salesanalytics.metrics.working_days import working_day_sql
from salesanalytics.settings import Settings


def _literal(value: date | int | float) -> str:
    return f"DATE '{value.isoformat()}'" if isinstance(value, date) else repr(value)


def _working(settings: Settings) -> bool:
    return settings.analysis.formulas.get("target_days") == "working"


def constants(settings: Settings, as_of: date) -> dict[str, str]:
    """Return name → SQL literal. Only dates and numbers: text is always bound, except stage ids, which the stage model vouches for."""
    options, alerts, stages = settings.metrics, settings.alerts, settings.stages
    prospect = stages.order("prospect") or 2
    stuck_stage = alerts.stuck_stage if alerts.stuck_stage in stages.open_ids else stages.open_ids[-1]
    return {
        "as_of": _literal(as_of),
        "prospect_order": _literal(prospect),
        "opportunity_order": _literal(stages.order("opportunity") or prospect + 1),
        "first_order": "1",
        "closed_since": _literal(as_of - timedelta(days=options.closed_win_rate_days - 1)),
        # a list of holidays, so only where somebody reckons in working days
        "working_day": working_day_sql("day", settings.analysis.country, as_of) if _working(settings) else "TRUE",
        "core_share": _literal(options.core_share),
        "win_within_days": _literal(options.win_within_days),
        "first_response_hours": _literal(options.first_response_hours),
        "first_response_days": _literal(ceil(options.first_response_hours / 24)),
        "late_recorded_days": _literal(settings.quality.late_recorded_days),
        "rep_days": _literal(alerts.untouched_days_rep),
        "manager_days": _literal(alerts.untouched_days_manager),
        "silent_days": _literal(alerts.silent_days),
        "stuck_order": _literal(stages.order(stuck_stage) or 1),
        "stuck_days": _literal(alerts.stuck_days),
        "low_share": _literal(1 - alerts.low_amount_share),
        "low_reference": "won_median_amount" if alerts.low_amount_reference == "median" else "won_mean_amount",
    }
