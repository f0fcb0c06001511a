"""Checks of targets and contracts: what would be added up twice, and money that came in without having been agreed."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from salesanalytics.intake.findings import finding
from salesanalytics.intake.typing_period import period_dates
from salesanalytics.intake.validate_followups import orphans
from salesanalytics.intake.validate_leads import absurd_amounts

_SCOPE = ("team", "owner", "region")
_CENT = 0.005


def check_targets(frame: pl.DataFrame) -> list[pl.DataFrame]:
    """Find targets of one scope whose periods overlap in part (a week across two months): no days tell which of them counts.

    A month within its quarter is a breakdown and no fault; equal periods are duplicates. Of two that overlap the shorter is told.
    """
    spans: dict[tuple[object, ...], list[tuple[str, int]]] = {}
    for at, (period, *scope) in enumerate(frame.select("period", *_SCOPE).iter_rows()):
        if period:
            spans.setdefault(tuple(scope), []).append((period, at))
    over: dict[int, str] = {}
    for rows in spans.values():
        for period, at in rows:
            other = next((each for each, _ in rows if each != period and _overlaps(period, each)), None)
            if other:
                over[at] = other
    numbered = frame.with_row_index("_at").with_columns(
        pl.col("_at").replace_strict(over, default=None, return_dtype=pl.String).alias("_other")
    )
    return [
        finding(
            numbered,
            pl.col("_other").is_not_null(),
            "overlapping-targets",
            "period",
            pl.col("period"),
            pl.col("_other"),
        )
    ]


def _overlaps(period: str, other: str) -> bool:
    """Say whether ``period`` shares days with ``other``, is the shorter of them, and neither contains the other."""
    (first, last), (other_first, other_last) = period_dates(period), period_dates(other)
    contains = first <= other_first and other_last <= last
    contained = other_first <= first and last <= other_last
    shares = other_first <= last and first <= other_last
    return shares and not contains and not contained and last - first <= other_last - other_first


def check_contracts(frame: pl.DataFrame, customers: Collection[str] | None) -> list[pl.DataFrame]:
    """Find contracts that collected more than agreed, state different amounts, or belong to nobody known."""
    contract, amount = pl.col("contract_id"), pl.col("contract_amount")
    agreed, collected = amount.max().over("contract_id"), pl.col("collected_amount").sum().over("contract_id")
    is_last = pl.col("collected_amount").is_not_null().cum_sum(reverse=True).over("contract_id") == 1
    over = (collected > agreed + _CENT) & is_last & pl.col("collected_amount").is_not_null()
    differs = (amount != amount.drop_nulls().first().over("contract_id")) & contract.is_not_null()
    return [
        *orphans(frame, customers),
        finding(frame, over, "over-collected", "collected_amount", contract, agreed),
        finding(frame, differs, "contract-amount-differs", "contract_amount", contract, amount),
        absurd_amounts(frame, "contract_amount"),
    ]
