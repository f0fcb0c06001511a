"""Targets: prorated by days to the asked period, how much of them is attained, and whether that keeps pace with time."""

from salesanalytics.metrics.metric import Aggregate, Metric, Option
from salesanalytics.metrics.sources import UPLOADED_FUNNEL
from salesanalytics.metrics.target_days import TARGET_DAYS, target_days
from salesanalytics.metrics.types import Good, Unit

FAMILY = "targets"
TARGET_DAYS_SAID = Option("target_days", {"calendar": {}, "working": {}}, note=True)
"""The choice as the ratios of a target say it: the target itself is what it changes."""
PACE_DAYS = Option("pace_days", {"calendar": {}, "working": {"elapsed_in": "working"}}, note=True)


def _target(name: str, unit: Unit, day_value: str) -> Metric:
    return Metric(
        name,
        FAMILY,
        unit,
        Good.NEITHER,
        target_days(name),
        date="r.day",
        belongs=f"{day_value} IS NOT NULL",
        aggregate=Aggregate.SUM,
        numerator=day_value,
        distinct="concat_ws('/', r.period, r.team, r.owner, r.region, r.file, r.sheet, r.\"row\")",
        default_period="this-quarter",
        zero_when_empty=False,
        options=(
            Option("target_days", {"calendar": {}, "working": {"source": target_days(name, working=True)}}, note=True),
        ),
    )


def _of_target(name: str, won: str, target: str, *, less_elapsed: bool = False) -> Metric:
    return Metric(
        name,
        FAMILY,
        Unit.SHARE,
        Good.UP,
        TARGET_DAYS,
        date="r.day",
        default_period="this-quarter",
        ratio_of=(won, target),
        less_elapsed=less_elapsed,
        options=(TARGET_DAYS_SAID, PACE_DAYS) if less_elapsed else (TARGET_DAYS_SAID,),
        sample=0,
    )


METRICS = (
    _target("target_amount", Unit.MONEY, "r.day_amount"),
    _target("target_customers", Unit.NUMBER, "r.day_customers"),
    _target("target_collected", Unit.MONEY, "r.day_collected"),
    _of_target("target_attainment", "sales_amount", "target_amount"),
    _of_target("customer_target_attainment", "won_customers", "target_customers"),
    _of_target("pace", "sales_amount", "target_amount", less_elapsed=True),
    Metric(
        "funnel_attainment",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        UPLOADED_FUNNEL,
        date="r.period_end",
        used="r.customers IS NOT NULL AND r.target IS NOT NULL",
        left_out_as={"no-target": "r.target IS NULL", "no-count": "r.customers IS NULL"},
        aggregate=Aggregate.RATIO,
        numerator="r.customers",
        denominator="r.target",
        distinct="r.stage || coalesce(r.period, CAST(r.period_end AS VARCHAR))",
        sample=0,
    ),
)
