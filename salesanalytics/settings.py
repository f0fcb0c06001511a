"""Typed settings with their defaults: thresholds, limits, severities and stages. Stored by the workspace as one document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from salesanalytics.stages import DEFAULT_STAGES, StageModel

Severity = Literal["error", "warning"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Limits(_Frozen):
    """What a file may cost to read. Bytes, cells, seconds."""

    max_file_bytes: int = 200 * 2**20
    max_cells: int = 20_000_000
    max_rows: int = 1_048_576
    max_columns: int = 16_384
    max_sheets: int = 200
    read_seconds: float = 120.0
    child_memory_bytes: int = 2**30


class AlertThresholds(_Frozen):
    """When a customer is flagged. Days are calendar days up to the as-of date."""

    untouched_days_rep: int = 3
    untouched_days_manager: int = 7
    silent_days: int = 30
    stuck_stage: str = "opportunity"
    stuck_days: int = 15
    low_amount_share: float = 0.20
    low_amount_reference: Literal["mean", "median"] = "mean"


class MetricOptions(_Frozen):
    """Choices within metric definitions."""

    min_sample: int = 30
    win_within_days: int = 30
    closed_win_rate_days: int = 90
    pace_on_track: float = 0.99
    pace_at_risk: float = 0.81
    unknown_lost_stage_grey_share: float = 0.10


class TierRules(_Frozen):
    """Customer tiers: silence thresholds and what counts as high value."""

    silent_gap_multiple: float = 2.0
    silent_gap_min_followups: int = 4
    high_value_quantile: float = 0.75


class QualityRules(_Frozen):
    """How the Quality page judges records. ``scored_columns``: the columns of leads whose filling counts for a rep; those nobody ever filled do not."""

    late_recorded_days: float = 1.0
    sample_rows: int = 10
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

    currency: str = "CNY"
    stages: StageModel = DEFAULT_STAGES
    limits: Limits = Field(default_factory=Limits)
    alerts: AlertThresholds = Field(default_factory=AlertThresholds)
    metrics: MetricOptions = Field(default_factory=MetricOptions)
    tiers: TierRules = Field(default_factory=TierRules)
    quality: QualityRules = Field(default_factory=QualityRules)
    severities: dict[str, Severity] = Field(default_factory=dict)
    direction_colours: Literal["green-good", "red-up", "blue-orange"] = "green-good"


DEFAULT_SETTINGS = Settings()
