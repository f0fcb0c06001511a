"""The heatmap beside what was known on the date compared with: each cell's value then, and the change as its second line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from salesanalytics.charts.heat_cells import HeatCell
from salesanalytics.i18n import format, text
from salesanalytics.insight.compared import Then, then_of
from salesanalytics.insight.cross_table import CrossTable, Place
from salesanalytics.metrics.types import MetricQuery, Unit
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.chosen import Chosen
from salesanalytics.ui.html import escape
from salesanalytics.ui.then_words import day_name
from salesanalytics.ui.trends.values import Scale

Key = tuple[str, ...]


@dataclass(frozen=True)
class KnownThen:
    """What every cell and total was, by the values of the lines they lie in ("" = no value); ``sums``: lines of several values are their sum."""

    cells: Mapping[Key, Then]
    rows: Mapping[Key, Then]
    columns: Mapping[Key, Then]
    total: Then
    sums: bool

    def at(self, table: CrossTable, place: Place) -> float | None:
        """Return the value of a place then; None where there was none, or it cannot be told."""
        r, c = place
        row = table.rows[r] if r < len(table.rows) else None
        column = table.columns[c] if c < len(table.columns) else None
        if row is None and column is None:
            return self.total.value
        if row is None or column is None:
            line, known = (column, self.columns) if row is None else (row, self.rows)
            return self._of([(value,) for value in line.values] if line else [], known)
        return self._of([(a, b) for a in row.values for b in column.values], self.cells)

    def _of(self, keys: Sequence[Key], known: Mapping[Key, Then]) -> float | None:
        values = [known[key].value for key in keys if key in known]
        if self.sums:
            return sum(value or 0.0 for value in values)
        return values[0] if len(keys) == 1 and values else None


def known_then(frame: Frame, chosen: Chosen) -> KnownThen | None:
    """Return what was known of the chosen measure; None where no date is compared with."""
    desk = frame.then
    if desk is None:
        return None

    def asked(*by: str) -> dict[Key, Then]:
        result = desk.ask(MetricQuery((chosen.measure,), by, frame.then_filters))
        return {tuple(value or "" for value in key): told for key, told in then_of(result, chosen.measure).items()}

    sums = frame.desk.metric(chosen.measure).adds_up
    return KnownThen(asked(*chosen.by), asked(chosen.rows), asked(chosen.columns), asked()[()], sums)


def difference_words(now: float | None, then: float | None, scale: Scale) -> str:
    """Return a change in the picture's unit: +3, +1.2 点, −4 天; — where it cannot be told."""
    if now is None or then is None:
        return format.DASH
    if scale.unit in (Unit.SHARE, Unit.DAYS):
        return scale.change(now - then)
    gained = (scale.scaled(now) or 0.0) - (scale.scaled(then) or 0.0)
    whole = scale.unit is Unit.COUNT or abs(gained) >= 100
    return format.number(gained, 0 if whole or not gained else 1, signed=True)


def with_change(cell: HeatCell, now: float | None, then: float | None, frame: Frame, scale: Scale) -> HeatCell:
    """Return the cell with the change as its second line, and the value then in its hover."""
    if frame.against_on is None or (now is None and then is None):
        return cell
    words = difference_words(now, then, scale)
    if words == format.DASH:
        return cell
    told = text("heatmap.then_hover", frame.lang, day=day_name(frame.against_on, frame.as_of), value=scale.exact(then))
    return replace(cell, below=words, hover=f"{cell.hover}<br>{escape(told)} ({escape(words)})")
