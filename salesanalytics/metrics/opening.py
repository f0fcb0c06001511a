"""A number opened: its value and n, the parts it is put together from, what was left out and why. Its rows are read page by page (``rows_of``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesanalytics.access import View
from salesanalytics.errors import UserError
from salesanalytics.metrics.asking import check_filters, metrics_named
from salesanalytics.metrics.conditions import period_of
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.measure import measure
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.parts import Part, parts_of
from salesanalytics.metrics.periods import parse_label
from salesanalytics.metrics.rows import left_out_reasons, part_rows, undated
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.stock_series import ViewAt
from salesanalytics.metrics.types import Filters, MetricQuery, MetricRow
from salesanalytics.metrics.wilson import interval_of
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class OpenedPart:
    """One part (``metrics.parts``): its value, the period it is about (None: all time, or a stock), the date of the state it was read from, how many rows are counted
    and how many left out for each reason; ``undated``: rows without a date, which no period holds."""

    side: str
    metric: str
    value: float | None
    start: date | None
    end: date | None
    as_of: date
    counted: int
    left_out: Mapping[str, int]
    undated: int = 0


@dataclass(frozen=True)
class OpenedNumber:
    """A metric's number and what stands behind it. ``figures``: the answer's row; ``interval``: of a share, 95 % (0-1)."""

    metric: str
    filters: Filters
    as_of: date
    figures: MetricRow
    interval: tuple[float, float] | None
    parts: tuple[OpenedPart, ...]

    @property
    def value(self) -> float | None:
        """The number, in the metric's unit."""
        return self.figures.values[self.metric]

    @property
    def n(self) -> int:
        """The denominator, or the rows used."""
        return self.figures.n.get(self.metric, 0)

    @property
    def rows(self) -> int:
        """How many rows stand behind it, those left out among them."""
        return sum(part.counted + sum(part.left_out.values()) for part in self.parts)


def open_number(
    view: View,
    metric: str,
    filters: Filters,
    settings: Settings,
    by: Sequence[str] = (),
    view_at: ViewAt | None = None,
) -> OpenedNumber:
    """Return what stands behind a metric within ``filters``.

    ``by``: the dimensions of the table or chart the number stands in, each limited to one value by the filters: a stock by time is then the one of
    the bucket's end, a pace that of the bucket. Raises UserError as ``ask`` does, and ``opens-one-number`` where a dimension is not limited to one value.
    """
    asked = metrics_named([metric], settings)[0]
    check_filters(view, filters)
    check_one_cell(by, filters)
    answer = ask(view, MetricQuery((metric,), tuple(by), filters), settings, view_at).rows
    figures = answer[0] if answer else MetricRow({}, {metric: None}, {metric: 0})
    parts = tuple(
        _opened(_view_of(part.metric, by, filters, view, view_at), part, by, filters, settings)
        for part in parts_of(asked, settings)
    )
    return OpenedNumber(metric, filters, view.as_of, figures, interval_of(asked, figures), parts)


def rows_of(
    view: View,
    opened: OpenedNumber,
    settings: Settings,
    side: str | None = None,
    *,
    counted: bool | None = None,
    offset: int = 0,
    limit: int | None = None,
    view_at: ViewAt | None = None,
) -> list[dict[str, Any]]:
    """Return the rows behind an opened number, in the order one reads them: of all its parts or of the one at ``side``; see ``metrics.rows.part_rows``."""
    read_at = {part.side: part.as_of for part in opened.parts}
    rows: list[dict[str, Any]] = []
    for part in parts_of(metrics_named([opened.metric], settings)[0], settings):
        if side is not None and part.side != side:
            continue
        on = read_at[part.side]
        then = view if on == view.as_of or view_at is None else view_at(on)
        rows += part_rows(then, part, opened.filters, settings, counted=counted, offset=offset, limit=limit)
    return rows


def check_one_cell(by: Sequence[str], filters: Filters) -> None:
    """Raise UserError ``opens-one-number`` for the first of ``by`` that the filters do not limit to one value."""
    values = dict(filters.where)
    for name in by:
        if len(values.get(name, ())) != 1:
            raise UserError("opens-one-number", dimension=name)


def _view_of(metric: Metric, by: Sequence[str], filters: Filters, view: View, view_at: ViewAt | None) -> View:
    """The state a part is read from: of a stock by time, that of its bucket's end."""
    if not metric.stock or view_at is None:
        return view
    values = dict(filters.where)
    found = [parse_label(values[name][0]) for name in by if dimension(name).time]
    ends = [bucket[0].end for bucket in found if bucket]
    if not ends:
        return view
    end = min(*ends, filters.end or view.as_of, view.as_of)
    return view if end == view.as_of else view_at(end)


def _opened(view: View, part: Part, by: Sequence[str], filters: Filters, settings: Settings) -> OpenedPart:
    period = period_of(part.metric, [dimension(name) for name in by], filters, view.as_of)
    figures = measure(view, [part.metric], (), filters, settings).get((), {}).get(part.metric.name, {})
    value = figures.get("v")
    counted, left_out = left_out_reasons(view, part, filters, settings)
    if value is None and figures and not left_out and part.metric.empty_is_zero:
        value = 0.0
    bounded = (period.start or period.end) and part.metric.date is not None
    return OpenedPart(
        part.side,
        part.metric.name,
        value,
        period.start,
        period.end,
        view.as_of,
        counted,
        left_out,
        undated(view, part.metric.name, filters, settings) if bounded and part.side == "" else 0,
    )
