"""The heatmap's table: every cell and total opens its place, marks are drawn, and what users wrote stays text."""

from __future__ import annotations

from salesanalytics.charts.heat_cells import HeatCell
from salesanalytics.charts.tokens import LIGHT
from salesanalytics.ui.heatmap.grid import Totals, heat_grid

CELLS = [
    [HeatCell(1, "1", "n = 4"), HeatCell(None, "—")],
    [HeatCell(3, "3", cluster=True), HeatCell(2, "2", small=True)],
]
TOTALS = Totals("all", ["1", "5"], ["4", "2"], "6")


def test_marks_and_places() -> None:
    markup = heat_grid(["r1", "r2"], ["c1", "c2"], CELLS, TOTALS, LIGHT, label="Leads", chosen=(1, 0))
    for row in range(3):
        for column in range(3):
            assert f'data-open="cell:{row}:{column}"' in markup
    assert markup.count("★") == 1
    assert markup.count('class="cell ring"') == 1
    assert markup.count('class="cell small"') == 1
    assert f"background-color:{LIGHT.heat[-1]}" in markup
    assert f"background-color:{LIGHT.heat[0]}" in markup
    assert "<small>n = 4</small>" in markup


def test_a_total_can_be_chosen() -> None:
    markup = heat_grid(["r1", "r2"], ["c1", "c2"], CELLS, TOTALS, LIGHT, label="Leads", chosen=(2, 2))
    assert markup.count("ring") == 1
    assert 'class="total whole ring"' in markup


def test_names_are_text_and_told_in_full_where_they_are_cut() -> None:
    long = "Telecommunications and everything about it & more"
    cells, totals = [[HeatCell(1, "1")] * 6], Totals("all", ["6"], ["1"] * 6, "6")
    markup = heat_grid(["<b>x</b>"], [long] * 6, cells, totals, LIGHT, label="L")
    assert "&lt;b&gt;x&lt;/b&gt;" in markup
    assert 'title="Telecommunications and everything about it &amp; more"' in markup
