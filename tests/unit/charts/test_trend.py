"""A trend's geometry: heights are shares of the axis, bars stand on each other, names stand at the ends of their lines."""

from __future__ import annotations

import pytest

from salesanalytics.charts.tokens import LIGHT
from salesanalytics.charts.trend import Axis, Series, bar_spans, end_labels, line_colour

TEN = Axis([0, 5, 10], ["0", "5", "10"])


def test_a_value_stands_at_its_share_of_the_axis() -> None:
    assert [TEN.rise(value) for value in (0, 2.5, 10)] == [0, 0.25, 1]
    losses = Axis([-5, 0, 5, 10, 15], [""] * 5)
    assert [losses.rise(value) for value in (-5, 0, 15)] == [0, 0.25, 1]


def test_bars_stand_on_zero_or_on_each_other_and_losses_hang_below() -> None:
    series = [Series("actual", [3.0, None, -1.0], "a"), Series("actual", [2.0, 4.0, -2.0], "b")]
    assert bar_spans(series, stacked=False) == [[(0, 3), None, (0, -1)], [(0, 2), (0, 4), (0, -2)]]
    assert bar_spans(series, stacked=True) == [[(0, 3), None, (0, -1)], [(3, 5), (0, 4), (-1, -3)]]


def test_names_stand_at_the_ends_of_their_lines() -> None:
    series = [Series("actual", [5, 10], "ten"), Series("past", [5, None], "five"), Series("target", [10, 10], "aim")]
    at = {one.series.end_label: one.at for one in end_labels(series, TEN, 190)}  # a name takes a tenth
    assert at["five"] == pytest.approx(0.5)
    assert abs(at["ten"] - at["aim"]) == pytest.approx(0.1)
    assert max(at.values()) <= 1
    assert end_labels([Series("actual", [None], "x")], TEN, 190) == []


def test_names_of_two_lines_stand_further_apart() -> None:
    series = [Series("actual", [10], "a name as long as two lines of it"), Series("past", [10], "short")]
    first, second = (one.at for one in end_labels(series, TEN, 190))
    assert abs(first - second) == pytest.approx(0.2)


def test_a_part_of_a_stack_is_named_in_its_middle() -> None:
    parts = [Series("actual", [1.0], "low", label_at=0.5), Series("actual", [9.0], "high", label_at=5.5)]
    assert [one.at for one in end_labels(parts, TEN, 300)] == pytest.approx([0.0633, 0.55], abs=0.02)


def test_each_kind_of_line_has_its_colour() -> None:
    assert line_colour(Series("actual", [], ""), LIGHT) == LIGHT.primary
    assert line_colour(Series("target", [], ""), LIGHT) == LIGHT.target
    assert line_colour(Series("actual", [], "", colour="#123456"), LIGHT) == "#123456"
