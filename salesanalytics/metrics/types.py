"""What is asked of the metrics, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """The unit of a metric's values. Shares are 0-1, money in whole currency units, durations in days."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    DAYS = "days"
    NUMBER = "number"


class Good(StrEnum):
    """Which direction is good."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@dataclass(frozen=True)
class Filters:
    """What a question is limited to. The same dimension's values are alternatives, different dimensions all hold.

    ``where``: (dimension, values) pairs, sorted; the empty string means no value (``owner=`` is the pool). ``start`` and ``end`` are both
    included; None = all time. Stocks ignore them.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class MetricQuery:
    """A question: these metrics, cut by these dimensions, within these filters.

    ``windows``: over each of these stretches of days (first, last) instead of the filters' period, all in one query; rows then carry ``window``, its place as text, and ``by`` has no time in it.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    windows: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class MetricRow:
    """One row of an answer: dimension values (None = no value), metric values (None = no value), and n: the denominator, or the rows used.

    ``k``: the numerator of a share, for k / n beside it. ``left_out``: rows that belong but could not be counted (no amount, too young, undated).
    ``uncertain``: rows whose true stage is unknown, so that the value has two bounds (``metrics.bounds``). Metrics with none are absent from both.
    """

    dims: Mapping[str, str | None]
    values: Mapping[str, float | None]
    n: Mapping[str, int]
    k: Mapping[str, float | None] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    uncertain: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class MetricResult:
    """An answer, with the state it came from."""

    query: MetricQuery
    as_of: date
    version: int
    reconstructed: bool
    rows: tuple[MetricRow, ...]

    @property
    def total(self) -> MetricRow:
        """The only row of an answer without dimensions."""
        if self.query.by:
            raise ValueError("an answer cut by dimensions has no single row")
        return self.rows[0]
