"""One huge cell does not flatten a heatmap, small samples are pale, and labels stay on their axis."""

from __future__ import annotations

from salesanalytics.charts.heat_cells import HeatCell, ink_of, robust_steps, step_of
from salesanalytics.charts.label_places import kept_inside
from salesanalytics.charts.tokens import LIGHT


def test_one_huge_cell_leaves_the_others_apart() -> None:
    values = [100.0, 150, 200, 250, 300, 350, 400, 450, 500, 5000]
    bounds = robust_steps(values, 9)
    assert len(bounds) == 9
    assert bounds == sorted(bounds)
    assert len({step_of(value, bounds) for value in values}) >= 7
    assert step_of(5000, bounds) == 8


def test_even_values_run_to_the_largest() -> None:
    assert robust_steps([0, 90], 9) == [0, 10, 20, 30, 40, 50, 60, 70, 80]
    assert robust_steps([], 3) == [0, 0, 0]
    assert step_of(7, robust_steps([7, 7], 9)) == 0


def test_given_bounds_colour_the_cells() -> None:
    bounds = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    assert ink_of(HeatCell(5.0, "5"), bounds, LIGHT).fill == LIGHT.heat[5]
    assert ink_of(HeatCell(5.0, "5", small=True), bounds, LIGHT).fill == LIGHT.inset
    assert ink_of(HeatCell(None, ""), bounds, LIGHT).words == LIGHT.muted


def test_end_labels_stay_on_the_axis_in_their_order() -> None:
    assert kept_inside([-20, -10, 0], 10, 0, 100) == [0, 10, 20]
    assert kept_inside([95, 105, 50], 10, 0, 100) == [90, 100, 50]
    assert kept_inside([5, 5, 5], 50, 0, 10) == [0, 5, 10]
