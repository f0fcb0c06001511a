"""Figures say what they were given: no legend, honest axis, part-periods apart, one mark a row."""

from __future__ import annotations

import pytest

from salesanalytics.charts.heat_cells import heat_steps, step_of
from salesanalytics.charts.tokens import DARK, LIGHT
from salesanalytics.charts.trend import Series, nice_ticks, spread_labels, trend_figure


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (488, [0, 200, 400, 600]),
        (0.63, [0, 0.2, 0.4, 0.6, 0.8]),
        (5, [0, 2, 4, 6]),
        (0, [0, 1]),
        (1, [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_ticks_are_round_and_cover(largest: float, ticks: list[float]) -> None:
    assert nice_ticks(largest) == ticks


def test_ticks_reach_below_zero() -> None:
    assert min(nice_ticks(10, -7)) <= -7


def test_labels_do_not_overlap_and_keep_their_order() -> None:
    placed = spread_labels([100, 101, 50], 10)
    assert placed[1] - placed[0] == pytest.approx(10)
    assert placed[2] == 50


def test_trend_axis_starts_at_zero_and_part_period_is_dotted() -> None:
    figure = trend_figure(["W1", "W2", "W3"], [Series("actual", [5, 6, 2], "now")], LIGHT, whole=2)
    assert figure.layout.yaxis.range[0] == 0
    dotted = [trace for trace in figure.data if trace.line.dash == "dot"]
    assert len(dotted) == 1
    assert list(dotted[0].y) == [None, 6, 2]
    solid = [trace for trace in figure.data if trace.mode == "lines" and trace.line.dash is None]
    assert list(solid[0].y) == [5, 6, None]
    assert figure.layout.showlegend is False


def test_trend_with_gaps_and_nothing_at_all() -> None:
    figure = trend_figure(["W1", "W2"], [Series("actual", [None, None], "x")], DARK)
    assert not figure.layout.annotations


def test_a_part_period_bar_is_hatched() -> None:
    figure = trend_figure(["W1", "W2"], [Series("actual", [5, 2], "now")], LIGHT, whole=1, bars=True)
    assert list(figure.data[0].marker.pattern.shape) == ["", "/"]


def test_heat_classes() -> None:
    bounds = heat_steps([0, 90], 9)
    assert [step_of(value, bounds) for value in (0, 9.9, 10, 89, 90)] == [0, 0, 1, 8, 8]
    assert step_of(5, heat_steps([5], 9)) == 0
