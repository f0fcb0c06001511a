"""Collection: what was contracted, what has come in, and the share of it."""

from salesanalytics.metrics.metric import Aggregate, Metric, Option
from salesanalytics.metrics.receivables import OF_DUE
from salesanalytics.metrics.sources import CONTRACTS, INSTALMENTS, NO_CONTRACT_AMOUNT
from salesanalytics.metrics.types import Good, Unit

FAMILY = "collection"

METRICS = (
    Metric(
        "contracted",
        FAMILY,
        Unit.MONEY,
        Good.UP,
        CONTRACTS,
        date="r.signed_on",
        used="r.contract_amount IS NOT NULL",
        left_out_as=NO_CONTRACT_AMOUNT,
        aggregate=Aggregate.SUM,
        numerator="r.contract_amount",
    ),
    Metric(
        "collected",
        FAMILY,
        Unit.MONEY,
        Good.UP,
        INSTALMENTS,
        date="r.collected_on",
        belongs="r.collected_amount IS NOT NULL",
        aggregate=Aggregate.SUM,
        numerator="r.collected_amount",
    ),
    Metric(
        "collection_rate",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        CONTRACTS,
        # the same contracts above and below the line: signed in the period, collected on them up to the as-of date
        date="r.signed_on",
        used="r.contract_amount IS NOT NULL",
        left_out_as=NO_CONTRACT_AMOUNT,
        aggregate=Aggregate.RATIO,
        numerator="r.collected",
        denominator="r.contract_amount",
        distinct="r.contract_id",
        sample=0,
        options=(Option("collection_of", {"contracted": {}, "due": OF_DUE}),),
    ),
)
