"""The headline figures of the overview and the weekly report: value, like-for-like comparison, and the series of the last weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from salesanalytics.access.view import View
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, bucket, label, previous
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.shown import shown
from salesanalytics.metrics.types import Filters, Good, MetricQuery, MetricRow, Unit
from salesanalytics.metrics.working_days import elapsed_share
from salesanalytics.settings import Settings

Where = tuple[tuple[str, tuple[str, ...]], ...]
Window = Literal["week", "quarter", "rolling", "now"]
WEEKS_SHOWN = 12
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Headline:
    """One headline figure.

    ``value`` and ``previous`` in the metric's unit (None = no value), ``difference`` their change: relative for amounts and counts, absolute for shares and
    days. ``n`` the denominator or rows used, ``k`` the numerator of a share. ``series``: (bucket, value) oldest first. ``partial``: the period is
    still running, so it is compared with as many days of the one before. ``due``: for attainment, the elapsed share.
    """

    metric: str
    window: Window
    unit: Unit
    good: Good
    value: float | None
    previous: float | None
    difference: float | None
    n: int
    k: float | None
    series: tuple[tuple[str, float | None], ...]
    start: date | None
    end: date | None
    compared_start: date | None
    compared_end: date | None
    partial: bool = False
    due: float | None = None
    today: float | None = None

    @property
    def relative(self) -> bool:
        """Whether ``difference`` is a relative change (of amounts and counts) and not one in points or days."""
        return self.unit in (Unit.MONEY, Unit.COUNT, Unit.NUMBER)


class _Asker:
    def __init__(self, view: View, settings: Settings, where: Where) -> None:
        self.view, self.settings, self.where = view, settings, where

    def metric(self, name: str) -> Metric:
        return metrics_of(self.settings)[name]

    def one(self, metric: str, period: Period | None, view: View | None = None) -> MetricRow:
        filters = Filters(self.where, period.start if period else None, period.end if period else None)
        return ask(view or self.view, MetricQuery((metric,), (), filters), self.settings).total

    def by(self, metric: str, grain: str, period: Period) -> dict[str | None, MetricRow]:
        query = MetricQuery((metric,), (grain,), Filters(self.where, period.start, period.end))
        return {row.dims[grain]: row for row in ask(self.view, query, self.settings).rows}


def _change(unit: Unit, value: float | None, before: float | None) -> float | None:
    if value is None or before is None:
        return None
    if unit in (Unit.MONEY, Unit.COUNT, Unit.NUMBER):
        return (value - before) / before if before else None
    return value - before


def _figure(
    asker: _Asker, metric: str, window: Window, now: MetricRow, before: MetricRow | None, **more: object
) -> Headline:
    declared = asker.metric(metric)
    value = now.values[metric]
    previous_value = before.values[metric] if before else None
    plain = Headline(
        metric=metric,
        window=window,
        unit=declared.unit,
        good=declared.good,
        value=value,
        previous=previous_value,
        difference=_change(declared.unit, value, previous_value),
        n=now.n[metric],
        k=now.k.get(metric),
        series=(),
        start=None,
        end=None,
        compared_start=None,
        compared_end=None,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _weeks(as_of: date, count: int = WEEKS_SHOWN) -> list[Period]:
    last = bucket(as_of, "week")
    return [Period(last.start - _WEEK * back, last.end - _WEEK * back) for back in reversed(range(count))]


def weekly(asker: _Asker, metric: str) -> Headline:
    """Return a flow of the ISO week of D, against as many days of the week before."""
    as_of = asker.view.as_of
    week = bucket(as_of, "week")
    before = previous(week, as_of)
    weeks = _weeks(as_of)
    by_week = asker.by(metric, "week", Period(weeks[0].start, week.end))
    zero = 0.0 if asker.metric(metric).empty_is_zero else None
    series = tuple(
        (name := label(one.start, "week"), by_week[name].values[metric] if name in by_week else zero) for one in weeks
    )
    return _figure(
        asker,
        metric,
        "week",
        asker.one(metric, week),
        asker.one(metric, before),
        series=series,
        start=week.start,
        end=min(week.end, as_of),
        compared_start=before.start,
        compared_end=before.end,
        partial=week.end > as_of,
        today=asker.one(metric, Period(as_of, as_of)).values[metric],
    )


def rolling(asker: _Asker, metric: str, days: int) -> Headline:
    """Return a rate of the last ``days`` days, against the same window a week earlier."""
    as_of = asker.view.as_of

    def window(end: date) -> Period:
        return Period(end - timedelta(days=days - 1), end)

    ends = [as_of - _WEEK * back for back in reversed(range(WEEKS_SHOWN))]
    rows = [asker.one(metric, window(end)) for end in ends]
    series = tuple((label(end, "day"), row.values[metric]) for end, row in zip(ends, rows, strict=True))
    now, before = window(as_of), window(as_of - _WEEK)
    return _figure(
        asker,
        metric,
        "rolling",
        rows[-1],
        rows[-2],
        series=series,
        start=now.start,
        end=now.end,
        compared_start=before.start,
        compared_end=before.end,
    )


def attainment(asker: _Asker) -> Headline:
    """Return the quarter's target attainment so far; ``due`` is the elapsed share, ``difference`` the pace (attainment − due)."""
    as_of = asker.view.as_of
    quarter = bucket(as_of, "quarter")
    now = asker.one("target_attainment", quarter)
    target = asker.one("target_amount", quarter).values["target_amount"]
    won = asker.by("sales_amount", "day", quarter.to_date(as_of))
    series: list[tuple[str, float | None]] = []
    if target:
        for week in _weeks(as_of):
            if week.end < quarter.start:
                continue
            until = label(min(week.end, as_of), "day")
            so_far = sum(
                row.values["sales_amount"] or 0.0 for day, row in won.items() if day is not None and day <= until
            )
            series.append((label(week.start, "week"), so_far / target))
    due = elapsed_share(quarter, as_of, asker.metric("pace").elapsed_in, asker.settings)
    value = now.values["target_attainment"]
    return _figure(
        asker,
        "target_attainment",
        "quarter",
        now,
        None,
        series=tuple(series),
        start=quarter.start,
        end=as_of,
        due=due,
        difference=None if value is None else value - due,
        partial=quarter.end > as_of,
    )


def standing(asker: _Asker, metric: str, view_at: Callable[[date], View], dates: Sequence[date]) -> Headline:
    """Return what stands at D, against the state a week before; the series are the states at ``dates`` (of imports, up to D)."""
    as_of = asker.view.as_of
    now = asker.one(metric, None)
    shown = [on for on in sorted(set(dates)) if on < as_of][-(WEEKS_SHOWN - 1) :]
    states = {on: asker.one(metric, None, view_at(on)) for on in shown}
    earlier = [on for on in shown if on <= as_of - _WEEK]
    before = states[earlier[-1]] if earlier else None
    series = [(label(on, "day"), row.values[metric]) for on, row in states.items()]
    return _figure(
        asker,
        metric,
        "now",
        now,
        before,
        series=(*series, (label(as_of, "day"), now.values[metric])),
        start=None,
        end=as_of,
        compared_start=None,
        compared_end=earlier[-1] if earlier else None,
    )


def quarterly(asker: _Asker, metric: str) -> Headline:
    """Return what is measured against a quarter's target, against as many days of the quarter before; the series are the weeks of the quarter."""
    as_of = asker.view.as_of
    quarter = bucket(as_of, "quarter")
    before = previous(quarter, as_of)
    by_week = asker.by(metric, "week", quarter.to_date(as_of))
    series = tuple((week, row.values[metric]) for week, row in by_week.items() if week is not None)
    return _figure(
        asker,
        metric,
        "quarter",
        asker.one(metric, quarter),
        asker.one(metric, before),
        series=series,
        start=quarter.start,
        end=as_of,
        compared_start=before.start,
        compared_end=before.end,
        partial=quarter.end > as_of,
    )


def headline(asker: _Asker, metric: str, view_at: Callable[[date], View], dates: Sequence[date]) -> Headline:
    """Return a metric's headline figure over the window that suits its kind: what stands now, the quarter, the week, or the last days."""
    declared = asker.metric(metric)
    if metric == "target_attainment":
        return attainment(asker)
    if declared.stock or metric == "collection_rate":
        return standing(asker, metric, view_at, dates)
    if declared.adds_up and declared.default_period != "this-quarter":
        return weekly(asker, metric)
    if declared.default_period == "this-quarter":
        return quarterly(asker, metric)
    return rolling(asker, metric, asker.settings.metrics.closed_win_rate_days)


def headlines(
    view: View, settings: Settings, where: Where, view_at: Callable[[date], View], import_dates: Sequence[date]
) -> tuple[Headline, ...]:
    """Return the headline figures the settings show, in their order; by themselves: new leads and sales of the week, attainment of the quarter, win rate
    and cycle of the last 90 days, collection, risk.

    ``view_at`` gives the same viewer's view of another date; a stock is compared with what was known a week ago, which needs an import of then.
    """
    asker = _Asker(view, settings, where)
    return tuple(headline(asker, metric.name, view_at, import_dates) for metric in shown(settings, "cards"))
