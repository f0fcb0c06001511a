"""What figures stand on: round ticks from zero, labels apart, classes of a heatmap."""

from __future__ import annotations

import pytest

from salesanalytics.charts.heat_cells import heat_steps, step_of
from salesanalytics.charts.label_places import spread_labels
from salesanalytics.charts.ticks import nice_ticks


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


def test_heat_classes() -> None:
    bounds = heat_steps([0, 90], 9)
    assert [step_of(value, bounds) for value in (0, 9.9, 10, 89, 90)] == [0, 0, 1, 8, 8]
    assert step_of(5, heat_steps([5], 9)) == 0
