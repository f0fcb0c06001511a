"""Ask metrics of a view: names checked, one query run, ratios of metrics taken at the asked grain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salesanalytics.access import View
from salesanalytics.errors import UserError
from salesanalytics.metrics.asking import check_filters, dimension_named, metrics_named
from salesanalytics.metrics.dimensions import Dimension, expression
from salesanalytics.metrics.finish import Question, finished_row, row_order, sides_of
from salesanalytics.metrics.measure import Rows, measure
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.over_windows import WINDOW, by_window, spanning, windowed
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.stock_series import ViewAt, stocks_over_time
from salesanalytics.metrics.types import MetricQuery, MetricResult, MetricRow
from salesanalytics.settings import Settings


def ask(view: View, query: MetricQuery, settings: Settings, view_at: ViewAt | None = None) -> MetricResult:
    """Return the metrics of ``query``, cut and filtered as it says, as the viewer may see them.

    Rows come in the order of their dimensions (time, then stages in their order, then names, "no value" last). A metric that
    has not got a dimension it is filtered or cut by has no value. ``view_at`` gives the same viewer's view of another date: a stock by time is read
    from the states at the ends of the buckets, and without it that is refused. Raises UserError for an unknown name, a reversed period, or
    a cut that none of the metrics has.
    """
    metrics = metrics_named(query.metrics, settings)
    cuts = [dimension_named(view, name) for name in query.by]
    check_filters(view, query.filters)
    leaves = _leaves(metrics, settings)
    _check_cuts(leaves, cuts)
    if query.windows:
        return _over_windows(view, metrics, leaves, cuts, query, settings)
    rows, reconstructed = _rows(view, leaves, cuts, query, settings, view_at)
    asked = Question(query, view.as_of, settings)
    answered = [finished_row(dims, rows[dims], metrics, asked) for dims in rows]
    answered.sort(key=lambda row: row_order(row, settings))
    return MetricResult(query, view.as_of, view.version, view.reconstructed or reconstructed, tuple(answered))


def _over_windows(
    view: View,
    metrics: Sequence[Metric],
    leaves: Sequence[Metric],
    cuts: Sequence[Dimension],
    query: MetricQuery,
    settings: Settings,
) -> MetricResult:
    if any(cut.time for cut in cuts):
        raise ValueError("windows are days of their own: no cut by time beside them")
    windows = [Period(start, end) for start, end in query.windows]
    asked = [windowed(leaf, windows) for leaf in leaves]
    found = measure(view, asked, [WINDOW, *cuts], spanning(query.filters, windows), settings)
    answered = list[MetricRow]()
    for place, (days, rows) in enumerate(
        zip(windows, by_window(found, leaves, len(windows), whole=not cuts), strict=True)
    ):
        own = replace(query, filters=replace(query.filters, start=days.start, end=days.end), windows=())
        finished = [finished_row(dims, rows[dims], metrics, Question(own, view.as_of, settings)) for dims in rows]
        finished.sort(key=lambda row: row_order(row, settings))
        answered += [replace(row, dims={WINDOW.name: str(place), **row.dims}) for row in finished]
    return MetricResult(query, view.as_of, view.version, view.reconstructed, tuple(answered))


def _rows(
    view: View,
    leaves: Sequence[Metric],
    cuts: Sequence[Dimension],
    query: MetricQuery,
    settings: Settings,
    view_at: ViewAt | None,
) -> tuple[Rows, bool]:
    timed = any(cut.time for cut in cuts)
    stocks = [metric for metric in leaves if metric.stock and timed]
    plain = [metric for metric in leaves if metric not in stocks]
    rows = measure(view, plain, cuts, query.filters, settings)
    if not cuts:
        return rows or {(): {}}, False
    if not stocks:
        return rows, False
    if view_at is None:
        raise UserError("stock-over-time", name=stocks[0].name)
    series, rebuilt = stocks_over_time(view, view_at, stocks, cuts, query.filters, settings)
    applies = (metric for metric in leaves if metric.stock or all(expression(metric, cut) for cut in cuts))
    empty = {metric.name: dict[str, float | None]() for metric in applies}
    return {dims: {**empty, **rows.get(dims, {}), **series.get(dims, {})} for dims in {**rows, **series}}, rebuilt


def _leaves(metrics: Sequence[Metric], settings: Settings) -> list[Metric]:
    """The plain metrics to measure: those asked, and the sides of each ratio, which take its default period and so a name of their own."""
    known = metrics_of(settings)

    def measured(metric: Metric, suffix: str, period: str | None) -> list[Metric]:
        if metric.ratio_of is None:
            return [replace(metric, name=metric.name + suffix, default_period=period)]
        inner = f"@{metric.name}{suffix}"
        return [leaf for side in sides_of(metric) for leaf in measured(known[side], inner, period)]

    return [leaf for metric in metrics for leaf in measured(metric, "", metric.default_period)]


def _check_cuts(leaves: Sequence[Metric], cuts: Sequence[Dimension]) -> None:
    for cut in cuts:
        if not any((metric.stock and cut.time) or expression(metric, cut) for metric in leaves):
            raise UserError("no-such-cut", name=leaves[0].name.partition("@")[0], dimension=cut.name)
