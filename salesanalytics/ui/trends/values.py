"""A metric's values in one unit for a whole chart and table: scaled numbers, axis texts, cells and labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.types import Unit


@dataclass(frozen=True)
class Scale:
    """The one unit a metric is shown in; ``money`` is used for amounts only."""

    unit: Unit
    lang: Lang
    currency: str
    money: format.MoneyUnit

    def scaled(self, value: float | None) -> float | None:
        """Return a value as the chart draws it: amounts in the unit, shares in percent."""
        if value is None:
            return None
        if self.unit is Unit.MONEY:
            return value / self.money.size
        return value * 100 if self.unit is Unit.SHARE else value

    def tick(self, value: float) -> str:
        """Return the axis text of a scaled value."""
        return f"{value:g}%" if self.unit is Unit.SHARE else format.number(value, 0 if value == round(value) else 1)

    def cell(self, value: float | None) -> str:
        """Return a value for a column whose header names the unit."""
        if self.unit is Unit.MONEY:
            return format.money_plain(value, self.money)
        return format.number(value, 1) if self.unit is Unit.DAYS and value is not None else self.label(value)

    def label(self, value: float | None) -> str:
        """Return a value standing alone."""
        match self.unit:
            case Unit.MONEY:
                return format.money(value, self.lang, unit=self.money, currency=self.currency)
            case Unit.SHARE:
                return format.share(value)
            case Unit.DAYS:
                return format.days(value, self.lang)
            case Unit.NUMBER:
                return format.number(value, 2)
            case _:
                return format.number(value)

    def exact(self, value: float | None) -> str:
        """Return the exact figure, for a hover."""
        return format.money_exact(value, self.currency) if self.unit is Unit.MONEY else self.label(value)

    def change(self, difference: float | None) -> str:
        """Return a change: percent of amounts and counts, points of shares, days."""
        if self.unit is Unit.SHARE:
            return format.points(difference, self.lang)
        if self.unit is Unit.DAYS:
            return format.days(difference, self.lang, signed=True)
        return format.percent_change(difference)

    @property
    def name(self) -> str:
        """The unit as a subtitle names it."""
        if self.unit is Unit.MONEY:
            return format.unit_name(self.money, self.lang, self.currency)
        return text(f"trends.unit_{self.unit}", self.lang)


def scale_of(unit: Unit, values: Iterable[float | None], lang: Lang, currency: str) -> Scale:
    """Return the scale that suits the largest of ``values``."""
    money = format.money_unit(values, lang) if unit is Unit.MONEY else format.ONE
    return Scale(unit, lang, currency, money)
