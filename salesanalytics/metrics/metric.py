"""What a metric is: one declaration from which query, card, axis, Excel format, glossary and documentation follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.settings import Settings


class Aggregate(StrEnum):
    """How the used rows become one number. ``RATIO`` is a ratio of sums, never a mean of ratios; ``SURVIVAL`` the Kaplan-Meier median of stays;
    ``FORMULA`` an expression of several sums, written out as the numerator."""

    COUNT = "count"
    SUM = "sum"
    MEDIAN = "median"
    RATIO = "ratio"
    SURVIVAL = "survival"
    FORMULA = "formula"


@dataclass(frozen=True)
class Asked:
    """What a source has to know of the question: dimensions cut or filtered by, the finest time bucket, and the period."""

    dims: frozenset[str]
    grain: str | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Source:
    """The rows a metric is computed from: a FROM clause whose rows are aliased ``r``.

    ``build`` writes it as a parenthesised query or a relation name. ``lead_columns``: the rows carry the customer's columns, so every dimension
    applies; else only those of ``dims``. ``dims``: dimension → SQL expression over ``r`` where it is not the customer's own column.
    ``amount``: what a row is worth in a list of rows. ``folded``: where a line of a table is spread over days, the query with ``{source}`` and ``{where}``
    that folds it again for a list of rows. ``customers``: rows without the customer's columns that yet name their customer. ``label``: what a row of another
    table is called in a list of rows (a contract's number, a target's period and team).
    """

    name: str
    build: Callable[[Asked], str]
    lead_columns: bool = True
    dims: Mapping[str, str] = field(default_factory=dict)
    amount: str = "CASE WHEN r.is_won THEN r.deal_amount ELSE r.expected_amount END"
    folded: str | None = None
    customers: bool = False
    label: str | None = None


@dataclass(frozen=True)
class Option:
    """What an administrator may choose within a formula: each choice with the fields of the declaration it changes, the usual one first.

    ``note``: the formula is said as ever and the choice added to it; else each choice has a formula text of its own.
    """

    name: str
    choices: Mapping[str, Mapping[str, Any]]
    note: bool = False

    @property
    def usual(self) -> str:
        """The choice that holds until somebody chooses."""
        return next(iter(self.choices))

    def title(self, lang: Lang) -> str:
        """Return what is chosen about, e.g. 客单价按什么计算."""
        return text(f"metric.option.{self.name}.name", lang)

    def choice_title(self, choice: str, lang: Lang) -> str:
        """Return one choice in words."""
        return text(f"metric.option.{self.name}.{choice}", lang)


@dataclass(frozen=True)
class Metric:
    """One declared metric. SQL is over the source's row ``r``, with the constants of ``metrics.constants`` in braces.

    ``date``: the date a period selects by (None for stocks). ``belongs``: the rows the metric is about. ``used``: those of them that can be counted;
    n counts them, and the others are ``left_out``. ``numerator`` / ``denominator``: what is summed (a share: a condition as 0 or 1).
    ``uncertain``: rows whose true stage is unknown; they would move the numerator up or, if ``uncertain_widens`` is "denominator", the share down.
    ``ended``: SURVIVAL, whether the stay that the numerator measures (days) is over. ``distinct``: what n counts once, and a COUNT too. ``ratio_of``: a ratio of two other metrics at the asked grain,
    ``less_elapsed`` takes the elapsed share of the period off it, in days of the kind ``elapsed_in``; ``below_less`` is a metric taken off the one below the
    line first (nothing left: no value), ``counts_below`` takes n from below the line. ``within``: columns over the rows of the same cell, which ``{cell}`` stands for. ``options``: what may be chosen within
    the formula, ``chosen`` what was (``metrics.registry``). ``names``, ``spelled``: name and formula of a ratio somebody made. ``inputs``: metrics shown beside it, from which
    it follows. ``default_period``: the named period where none is asked.
    ``zero_when_empty``: whether a count or sum of no rows is 0 (no target is not a target of 0). ``left_out_as``: why a row cannot be counted, kind (``number.reason_<kind>``) →
    condition, the first that holds. ``factors``: of a FORMULA, the metrics it multiplies and divides, each over its own rows.
    """

    name: str
    family: str
    unit: Unit
    good: Good
    source: Source
    date: str | None = None
    stock: bool = False
    belongs: str = "TRUE"
    used: str = "TRUE"
    aggregate: Aggregate = Aggregate.COUNT
    numerator: str = "1"
    denominator: str = "1"
    uncertain: str | None = None
    uncertain_widens: str = "numerator"
    ended: str = "TRUE"
    distinct: str | None = None
    dims: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    default_period: str | None = None
    ratio_of: tuple[str, str] | None = None
    below_less: str | None = None
    counts_below: bool = False
    less_elapsed: bool = False
    elapsed_in: str = "calendar"
    options: tuple[Option, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    zero_when_empty: bool = True
    left_out_as: Mapping[str, str] = field(default_factory=dict)
    factors: tuple[Metric, ...] = ()
    sample: int | None = None

    @property
    def share(self) -> bool:
        """Whether the value counts rows out of rows, so that k / n and a Wilson interval belong beside it."""
        return self.unit is Unit.SHARE and self.ratio_of is None and self.distinct is None and not self.stock

    @property
    def adds_up(self) -> bool:
        """Whether the parts of a cut by a customer's columns add up to the whole."""
        return self.ratio_of is None and not self.within and self.aggregate in (Aggregate.COUNT, Aggregate.SUM)

    @property
    def averages(self) -> bool:
        """Whether it is a sum over n rows, so that parts are joined by adding both: a share of rows, a mean."""
        plain = self.ratio_of is None and not self.within and self.distinct is None
        return plain and self.aggregate is Aggregate.RATIO and self.denominator == "1"

    @property
    def empty_is_zero(self) -> bool:
        """Whether no row at all means zero: counts and sums; a ratio or a median of nothing has no value."""
        return self.zero_when_empty and self.aggregate in (Aggregate.COUNT, Aggregate.SUM) and self.ratio_of is None

    def min_sample(self, settings: Settings) -> int:
        """Rows under which the value is greyed: the declared number, else the setting for shares, else none."""
        if self.sample is not None:
            return self.sample
        return settings.metrics.min_sample if self.unit is Unit.SHARE else 0

    def title(self, lang: Lang) -> str:
        """Return the metric's name."""
        return self.names[lang] if self.names else text(f"metric.{self.name}.name", lang)

    def short(self, lang: Lang) -> str:
        """Return the name where space is short: an axis, a table header."""
        return self.names[lang] if self.names else text(f"metric.{self.name}.short", lang)

    def formula(self, lang: Lang) -> str:
        """Return the formula in words, with what was chosen in it."""
        if self.spelled:
            return self.spelled[lang]
        key, notes = "formula", ""
        for option in self.options:
            choice = self.chosen.get(option.name, option.usual)
            if option.note:
                notes += text(f"metric.option.{option.name}.note_{choice}", lang)
            elif choice != option.usual:
                key += f"_{choice}"
        return text(f"metric.{self.name}.{key}", lang) + notes
