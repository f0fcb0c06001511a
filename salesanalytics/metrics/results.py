"""Results: what was won, what is open, and how long winning takes. Sales belong to who had the deal when it was won."""

from dataclasses import replace

from salesanalytics.metrics.metric import Aggregate, Metric, Option
from salesanalytics.metrics.sources import CONTRACTS, LEADS, NO_CONTRACT_AMOUNT, PIPELINE
from salesanalytics.metrics.types import Good, Unit

FAMILY = "results"
_WINNER = {"owner": "r.won_owner", "team": "r.won_team"}
_CYCLE = "(r.won_on - r.first_contact_on)"


def _won(name: str, unit: Unit, good: Good, aggregate: Aggregate, numerator: str, used: str = "TRUE") -> Metric:
    return Metric(
        name,
        FAMILY,
        unit,
        good,
        LEADS,
        date="r.won_on",
        belongs="r.is_won",
        used=used,
        left_out_as=_LEFT_OUT.get(used, {}),
        aggregate=aggregate,
        numerator=numerator,
        dims=_WINNER,
    )


_HAS_AMOUNT = "r.deal_amount IS NOT NULL"
_PER_CONTRACT = {
    "source": CONTRACTS,
    "date": "r.signed_on",
    "belongs": "TRUE",
    "used": "r.contract_amount IS NOT NULL",
    "left_out_as": NO_CONTRACT_AMOUNT,
    "numerator": "r.contract_amount",
    "dims": {},
}
_HAS_CYCLE = "r.won_on IS NOT NULL AND r.first_contact_on IS NOT NULL"
_OPEN_WITH_AMOUNT = "r.expected_amount IS NOT NULL"
_NO_EXPECTED = {"no-expected-amount": "r.expected_amount IS NULL"}
_LEFT_OUT = {
    _HAS_AMOUNT: {"no-amount": "r.deal_amount IS NULL"},
    _HAS_CYCLE: {"not-won-dated": "r.won_on IS NULL", "undated": "r.first_contact_on IS NULL"},
}

METRICS = (
    _won("sales_amount", Unit.MONEY, Good.UP, Aggregate.SUM, "r.deal_amount", _HAS_AMOUNT),
    replace(
        _won("sales_estimated_amount", Unit.MONEY, Good.NEITHER, Aggregate.SUM, "r.deal_amount", _HAS_AMOUNT),
        # only these: n and the rows behind the number are those of the estimated part
        belongs="r.is_won AND r.actual_amount IS NULL",
    ),
    _won("won_customers", Unit.COUNT, Good.UP, Aggregate.COUNT, "1"),
    replace(
        _won("mean_deal", Unit.MONEY, Good.UP, Aggregate.RATIO, "r.deal_amount", _HAS_AMOUNT),
        options=(
            Option("mean_deal_per", {"customer": {}, "contract": _PER_CONTRACT}),
            Option("mean_deal_average", {"mean": {}, "median": {"aggregate": Aggregate.MEDIAN}}),
        ),
    ),
    Metric(
        "open_amount",
        FAMILY,
        Unit.MONEY,
        Good.UP,
        LEADS,
        stock=True,
        belongs="r.is_open",
        used=_OPEN_WITH_AMOUNT,
        left_out_as=_NO_EXPECTED,
        aggregate=Aggregate.SUM,
        numerator="r.expected_amount",
    ),
    Metric(
        "weighted_pipeline",
        FAMILY,
        Unit.MONEY,
        Good.UP,
        PIPELINE,
        stock=True,
        belongs="r.is_open",
        used=f"{_OPEN_WITH_AMOUNT} AND r.win_probability IS NOT NULL",
        left_out_as={**_NO_EXPECTED, "no-probability": "r.win_probability IS NULL"},
        aggregate=Aggregate.SUM,
        numerator="CAST(r.expected_amount AS DOUBLE) * r.win_probability",
    ),
    _won("sales_cycle_mean", Unit.DAYS, Good.DOWN, Aggregate.RATIO, _CYCLE, _HAS_CYCLE),
    _won("sales_cycle_median", Unit.DAYS, Good.DOWN, Aggregate.MEDIAN, _CYCLE, _HAS_CYCLE),
)
