"""Sales velocity: what the open opportunities are worth a day, at the rate, size and speed of the deals closed of late."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import LEADS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "pipeline"
OPEN_OPPORTUNITY = "(r.is_open AND r.stage_order >= {opportunity_order})"
CLOSED_OF_LATE = "CASE WHEN r.is_won THEN r.won_on WHEN r.is_lost THEN r.lost_on END BETWEEN {closed_since} AND {as_of}"
CREDITED = {
    "owner": "CASE WHEN r.is_won THEN r.won_owner ELSE r.owner END",
    "team": "CASE WHEN r.is_won THEN r.won_team ELSE r.team END",
}
"""A won deal belongs to who won it, any other to who has it."""

_WON = f"r.is_won AND {CLOSED_OF_LATE}"


def _mean(value: str, over: str) -> str:
    return (
        f"CAST(sum(CASE WHEN {over} THEN {value} END) AS DOUBLE) / nullif(count(CASE WHEN {over} THEN {value} END), 0)"
    )


_OPEN = f"count(CASE WHEN {OPEN_OPPORTUNITY} THEN 1 END)"
_WIN_RATE = _mean("CASE WHEN r.is_won THEN 1 ELSE 0 END", CLOSED_OF_LATE)
_AMOUNT = _mean("r.deal_amount", _WON)
_DAYS = _mean("(r.won_on - r.first_contact_on)", _WON)

_OPEN_DEALS = Metric(
    "open_opportunities", FAMILY, Unit.COUNT, Good.UP, LEADS, stock=True, belongs=OPEN_OPPORTUNITY, dims=CREDITED
)


def _of_late(name: str, unit: Unit, good: Good, belongs: str, value: str, why: str) -> Metric:
    return Metric(
        name,
        FAMILY,
        unit,
        good,
        LEADS,
        stock=True,
        belongs=belongs,
        used=f"({value}) IS NOT NULL",
        aggregate=Aggregate.RATIO,
        numerator=value,
        dims=CREDITED,
        left_out_as={why: f"({value}) IS NULL"},
    )


_FACTORS = (
    _OPEN_DEALS,
    _of_late("closed_win_rate", Unit.SHARE, Good.UP, CLOSED_OF_LATE, "CASE WHEN r.is_won THEN 1 ELSE 0 END", "other"),
    _of_late("mean_deal", Unit.MONEY, Good.UP, _WON, "r.deal_amount", "no-amount"),
    _of_late("sales_cycle_mean", Unit.DAYS, Good.DOWN, _WON, "(r.won_on - r.first_contact_on)", "undated"),
)
"""What velocity multiplies and divides, over its own rows: the deals closed of late and not those of a period."""

METRICS = (
    Metric(
        "open_opportunities",
        FAMILY,
        Unit.COUNT,
        Good.UP,
        LEADS,
        stock=True,
        belongs=OPEN_OPPORTUNITY,
    ),
    Metric(
        "sales_velocity",
        FAMILY,
        Unit.MONEY,
        Good.UP,
        LEADS,
        stock=True,
        belongs=f"({OPEN_OPPORTUNITY} OR {CLOSED_OF_LATE})",
        aggregate=Aggregate.FORMULA,
        numerator=f"{_OPEN} * ({_WIN_RATE}) * ({_AMOUNT}) / nullif({_DAYS}, 0)",
        distinct=f"CASE WHEN {OPEN_OPPORTUNITY} THEN r.customer_id END",
        dims=CREDITED,
        inputs=("open_opportunities", "closed_win_rate", "mean_deal", "sales_cycle_mean"),
        factors=_FACTORS,
    ),
)
