"""High-value cells, worked out by hand."""

from __future__ import annotations

import pytest

from salesanalytics.insight.clusters import Held, clusters, expectation

# row totals 100 and 100, column totals 100 and 100, all 200: each cell is expected to hold 100 × 100 ÷ 200 = 50
CROSSED = {(0, 0): Held(80, 4), (0, 1): Held(20, 4), (1, 0): Held(20, 4), (1, 1): Held(80, 4)}


def test_a_cell_is_expected_to_hold_row_total_times_column_total_over_all() -> None:
    assert expectation(CROSSED, (0, 0)) == 50
    assert expectation({(0, 0): Held(30, 1), (0, 1): Held(10, 1), (1, 0): Held(60, 1)}, (0, 0)) == 40 * 90 / 100
    assert expectation({}, (0, 0)) is None


def test_what_is_a_quarter_over_its_expectation_and_among_the_largest_is_a_cluster() -> None:
    assert clusters(CROSSED) == {(0, 0): 1.6, (1, 1): 1.6}


def test_two_customers_are_no_cluster() -> None:
    few = {**CROSSED, (0, 0): Held(80, 2)}
    assert set(clusters(few)) == {(1, 1)}


def test_the_largest_cell_is_none_when_its_totals_explain_it() -> None:
    # 64 = 80 × 80 ÷ 100: large only because its row and column are
    even = {(0, 0): Held(64, 9), (0, 1): Held(16, 9), (1, 0): Held(16, 9), (1, 1): Held(4, 9)}
    assert clusters(even) == {}


def test_small_cells_far_above_a_tiny_expectation_are_none() -> None:
    cells = {(r, c): Held(100.0, 5) for r in range(3) for c in range(3)}
    cells[3, 3] = Held(5.0, 3)
    assert expectation(cells, (3, 3)) == pytest.approx(25 / 905)
    assert (3, 3) not in clusters(cells)


def test_nothing_is_no_cluster() -> None:
    assert clusters({}) == {}
    assert clusters({(0, 0): Held(0.0, 9)}) == {}
