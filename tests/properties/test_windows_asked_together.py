"""Windows asked in one query are the windows asked one by one: every metric, every figure of every row, with a cut and without."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from random_companies import COMPANIES, Company, Opened, opened

from salesanalytics.insight.series_asked import Stretch
from salesanalytics.insight.split_averages import over_windows
from salesanalytics.insight.time_series import window
from salesanalytics.metrics import METRICS, Filters, MetricQuery, ask
from salesanalytics.metrics.dimensions import DIMENSIONS, expression
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import MetricRow
from salesanalytics.settings import DEFAULT_SETTINGS

FEWER = settings(
    max_examples=max(1, settings().max_examples // 20), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
"""Not shrunk: a hundred metrics over a smaller and smaller company take minutes, and the first failure names metric and figure already."""


def _windows(found: Opened, days: int) -> tuple[tuple[date, date], ...]:
    """Four windows of four weeks' length and more, overlapping, the last of them over D and the first long before anything."""
    last = found.as_of + timedelta(days=3)
    ends = [last - timedelta(days=days * at) for at in reversed(range(3))]
    return (
        (date(2001, 1, 1), date(2001, 1, 31)),
        *((end - timedelta(days=27 + days), end) for end in ends),
    )


def _same(one: MetricRow, other: MetricRow, names: tuple[str, ...]) -> None:
    for name in names:
        for figure in ("values", "n", "k", "left_out", "uncertain"):
            mine, yours = getattr(one, figure).get(name), getattr(other, figure).get(name)
            assert mine == (yours if yours is None else pytest.approx(yours, rel=1e-12)), (name, figure)


@FEWER
@given(COMPANIES, st.integers(3, 40))
def test_every_metric_over_every_window(company: Company, days: int) -> None:
    with opened(company) as found:
        view, windows, names = found.view(), _windows(found, days), tuple(METRICS)
        together = ask(view, MetricQuery(names, (), Filters(), windows), DEFAULT_SETTINGS).rows
        assert [row.dims["window"] for row in together] == [str(at) for at in range(len(windows))]
        for row, (start, end) in zip(together, windows, strict=True):
            alone = ask(view, MetricQuery(names, (), Filters((), start, end)), DEFAULT_SETTINGS).total
            _same(row, alone, names)


@FEWER
@given(COMPANIES, st.sampled_from(("source", "owner")), st.integers(3, 40))
def test_every_value_of_a_cut_over_every_window(company: Company, by: str, days: int) -> None:
    with opened(company) as found:
        view, windows = found.view(), _windows(found, days)
        names = tuple(name for name, one in METRICS.items() if not one.ratio_of and expression(one, DIMENSIONS[by]))
        where = (("source", ("", "展会")),)
        together = ask(view, MetricQuery(names, (by,), Filters(where), windows), DEFAULT_SETTINGS).rows
        for place, (start, end) in enumerate(windows):
            alone = ask(view, MetricQuery(names, (by,), Filters(where, start, end)), DEFAULT_SETTINGS).rows
            mine = {row.dims[by]: row for row in together if row.dims["window"] == str(place)}
            for row in alone:
                # of a value without a row in the window the other question has a line of nothing
                if row.dims[by] in mine or any(row.n.values()) or any(row.left_out.values()):
                    _same(mine[row.dims[by]], row, names)


def test_an_average_is_one_question() -> None:
    """Ten windows over thirteen weeks, of all metrics that need it, in the same question."""
    asked: list[MetricQuery] = []
    as_of = date(2026, 11, 8)
    shown = window("week", None, None, as_of)
    stretch = Stretch("week", shown, (), as_of, as_of)
    metrics = [metrics_of(DEFAULT_SETTINGS)[name] for name in ("sales_cycle_median", "collection_rate")]

    class _Nothing:
        rows = ()

    def _ask(query: MetricQuery) -> _Nothing:
        asked.append(query)
        return _Nothing()

    over = over_windows(_ask, metrics, stretch, 4, metrics[0])  # type: ignore[arg-type]
    for at in range(3, len(shown)):
        over(Period(shown[at - 3].start, shown[at].end))
    assert len(set(asked)) == 1
    assert len(asked[0].windows) == len(shown) - 3
