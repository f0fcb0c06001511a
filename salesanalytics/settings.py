"""Typed settings with their defaults: thresholds, limits, severities and stages. Stored by the workspace as one document."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from salesanalytics.analysis import Analysis
from salesanalytics.stages import DEFAULT_STAGES, StageModel

Severity = Literal["error", "warning"]
DirectionColours = Literal["green-good", "red-up", "blue-orange"]


Unit = Literal["days", "share", "count", "times", "bytes", "hours", "seconds", "none"]
"""What a number in the settings counts; ``share`` is 0-1 in data and percent for people."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


def _number(default: float, lowest: float, highest: float, unit: Unit) -> Any:
    """A number with its limits (both allowed) and its unit, from which the settings form and ``settings set`` are made."""
    return Field(default, ge=lowest, le=highest, json_schema_extra={"unit": unit})


class Limits(_Frozen):
    """What a file may cost to read. Bytes, cells, seconds."""

    max_file_bytes: int = _number(200 * 2**20, 1, 2**31, "bytes")
    max_cells: int = _number(20_000_000, 1, 200_000_000, "count")
    max_rows: int = _number(1_048_576, 1, 1_048_576, "count")
    max_columns: int = _number(16_384, 1, 16_384, "count")
    max_sheets: int = _number(200, 1, 10_000, "count")
    read_seconds: float = _number(120.0, 0.01, 3_600, "seconds")
    child_memory_bytes: int = _number(2**30, 2**24, 2**36, "bytes")
    kept_upload_bytes: int = _number(192 * 2**20, 0, 2**40, "bytes")


class AlertThresholds(_Frozen):
    """When a customer is flagged. Days are calendar days up to the as-of date."""

    untouched_days_rep: int = _number(3, 1, 365, "days")
    untouched_days_manager: int = _number(7, 1, 365, "days")
    silent_days: int = _number(30, 1, 730, "days")
    stuck_stage: str = "opportunity"
    stuck_days: int = _number(15, 1, 730, "days")
    low_amount_share: float = _number(0.20, 0.01, 0.95, "share")
    low_amount_reference: Literal["mean", "median"] = "mean"


class MetricOptions(_Frozen):
    """Choices within metric definitions."""

    min_sample: int = _number(30, 1, 1000, "count")
    win_within_days: int = _number(30, 1, 730, "days")
    closed_win_rate_days: int = _number(90, 7, 730, "days")
    first_response_hours: int = _number(24, 1, 720, "hours")
    followups_per_week: float = _number(3.0, 0.1, 50.0, "count")
    pace_on_track: float = _number(0.99, 0.5, 1.5, "share")
    pace_at_risk: float = _number(0.81, 0.1, 1.5, "share")
    core_share: float = _number(0.80, 0.05, 0.99, "share")
    unknown_lost_stage_grey_share: float = _number(0.10, 0.0, 1.0, "share")


class TierRules(_Frozen):
    """Customer tiers: silence thresholds and what counts as high value."""

    silent_gap_multiple: float = _number(2.0, 1.0, 20.0, "times")
    silent_gap_min_followups: int = _number(4, 2, 100, "count")
    high_value_quantile: float = _number(0.75, 0.0, 0.99, "share")


class QualityRules(_Frozen):
    """How the Quality page judges records. ``scored_columns``: the columns of leads whose filling counts for a rep; those nobody ever filled do not."""

    late_recorded_days: float = _number(1.0, 0.0, 90.0, "days")
    sample_rows: int = _number(10, 1, 200, "count")
    scored_columns: tuple[str, ...] = (
        "customer_name",
        "industry",
        "source",
        "first_contact_on",
        "expected_amount",
        "last_followup_on",
        "expected_close_on",
        "actual_amount",
        "won_on",
        "lost_on",
        "lost_reason",
    )


class Settings(_Frozen):
    """All settings of a workspace."""

    currency: str = Field(default="CNY", pattern="^[A-Z]{3}$")
    stages: StageModel = DEFAULT_STAGES
    limits: Limits = Field(default_factory=Limits)
    alerts: AlertThresholds = Field(default_factory=AlertThresholds)
    metrics: MetricOptions = Field(default_factory=MetricOptions)
    analysis: Analysis = Analysis()
    tiers: TierRules = Field(default_factory=TierRules)
    quality: QualityRules = Field(default_factory=QualityRules)
    severities: dict[str, Severity] = Field(default_factory=dict)
    direction_colours: DirectionColours = "green-good"


DEFAULT_SETTINGS = Settings()
