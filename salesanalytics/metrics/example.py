"""The example company: a few rows of every table, and what each metric makes of them, reckoned by hand beside it.

The rows are an upload like any other; tests/metric_spec sends them through the import and compares every value.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from salesanalytics.i18n import Lang, format
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Unit
from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.tables import BY_NAME, Column, Kind
from salesanalytics.tables.choices import YES_NO

_FILE = Path(__file__).with_name("example_company.toml")


@dataclass(frozen=True)
class Worked:
    """A metric's value for the example company (in the metric's unit, shares 0-1), and the reckoning in letters and signs."""

    value: float
    how: str


@dataclass(frozen=True)
class Example:
    """``tables``: name → CSV text, headed by our own column names. ``worked``: metric → its value."""

    as_of: date
    tables: Mapping[str, str]
    worked: Mapping[str, Worked]

    def columns(self, table: str) -> tuple[Column, ...]:
        """Return the columns the example fills in one table, in its order."""
        declared = {column.name: column for column in BY_NAME[table].columns}
        return tuple(declared[name] for name in self._lines(table)[0])

    def rows(self, table: str, lang: Lang) -> list[list[str]]:
        """Return the cells of one table as people read them, row by row: ids of choices and stages in their words."""
        columns = self.columns(table)
        return [
            [_cell(cell, column, lang) for cell, column in zip(line, columns, strict=True)]
            for line in self._lines(table)[1:]
        ]

    def _lines(self, table: str) -> list[list[str]]:
        return list(csv.reader(self.tables[table].splitlines()))


def _cell(cell: str, column: Column, lang: Lang) -> str:
    if column.kind is Kind.STAGE and cell:
        return DEFAULT_STAGES.get(cell).name(lang)
    if column.kind is Kind.BOOLEAN and cell:
        return YES_NO[cell][0 if lang == "zh" else 1]
    if column.kind is Kind.MONEY and cell:
        return format.number(float(cell))
    for kind, spellings in (column.choices or {}).items():
        if cell in (kind, *spellings):
            return spellings[0 if lang == "zh" else 1]
    return cell


def worked_example(metric: Metric) -> str:
    """Return how the usual formula of a metric comes out for the example company, with its value; "" where there is none or another formula is chosen."""
    found = example_company().worked.get(metric.name)
    if found is None or any(metric.chosen.get(option.name, option.usual) != option.usual for option in metric.options):
        return ""
    return f"{found.how} = {_value(metric, found.value)}"


def _value(metric: Metric, value: float) -> str:
    if metric.unit is Unit.SHARE:
        return format.share(value)
    return format.number(value, 0 if value == round(value) else 2)


@cache
def example_company() -> Example:
    """Return the example company."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    tables = {name: rows.lstrip("\n") for name, rows in found["tables"].items()}
    return Example(found["as_of"], tables, {name: Worked(**one) for name, one in found["worked"].items()})
