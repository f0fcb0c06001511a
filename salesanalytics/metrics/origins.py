"""Origins: how many customers come back, and how many are sent by others."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import LEADS
from salesanalytics.metrics.spellings import canonical
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.tables.choices import ORIGINS

FAMILY = "leads"
_KIND = canonical("r.origin_kind", ORIGINS)


def _origin(name: str, kind: str) -> Metric:
    return Metric(
        name,
        FAMILY,
        Unit.SHARE,
        Good.UP,
        LEADS,
        date="r.first_contact_on",
        used="nullif(r.origin_kind, '') IS NOT NULL",
        left_out_as={"not-said": "nullif(r.origin_kind, '') IS NULL"},
        aggregate=Aggregate.RATIO,
        numerator=f"CASE WHEN {_KIND} = '{kind}' THEN 1 ELSE 0 END",
    )


METRICS = (_origin("repurchase_share", "repurchase"), _origin("referral_share", "referral"))
