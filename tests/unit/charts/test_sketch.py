"""Every kind of figure passes plotly's own validation: what is sketched as plain data misspells nothing."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from salesanalytics.charts.heat_cells import HeatCell
from salesanalytics.charts.sketch import Sketch
from salesanalytics.charts.theme import Figure, bare_figure
from salesanalytics.charts.tiles import PlacedTile, tile_figure
from salesanalytics.charts.tokens import DARK, LIGHT
from salesanalytics.charts.trend import Series, end_labels, trend_figure
from salesanalytics.charts.waterfall import WaterfallBar, waterfall_figure


def _trend(*, bars: bool) -> Figure:
    series = [
        Series("actual", [5, None, 2], "now", ["a", "b", "c"], small=[True, False, False], ids=["1", "2", "3"]),
        Series("average", [4, 4, 3], "average"),
        Series("target", [6, 6, 6], "target", ["x", "y", "z"]),
        Series("past", [1, 2, 3], "past"),
    ]
    return trend_figure(["W1", "W2", "W3"], series, LIGHT, whole=2, bars=bars, stacked=bars)


def _tiles() -> Figure:
    tiles = [PlacedTile(0, 0, HeatCell(1, "1", small=True)), PlacedTile(1, 0, HeatCell(None, ""), wide=2)]
    return tile_figure(tiles, DARK, chosen=1)


def _waterfall() -> Figure:
    bars = [
        WaterfallBar("end", 90, "90", "was", "start"),
        WaterfallBar("in", 20, "+20", "new", "new"),
        WaterfallBar("missing", -10, "-10", "gone", "missing"),
        WaterfallBar("end", 100, "100", "is", "end"),
    ]
    return waterfall_figure(bars, LIGHT, ticks=[80, 90, 100], tick_text=["80", "90", "100"])


FIGURES = {
    "lines": lambda: _trend(bars=False),
    "bars": lambda: _trend(bars=True),
    "tiles": _tiles,
    "waterfall": _waterfall,
}


@pytest.mark.parametrize("kind", FIGURES)
def test_plotly_finds_nothing_wrong(kind: str) -> None:
    drawn = FIGURES[kind]()
    checked = go.Figure(drawn.to_dict())
    assert len(checked.data) == len(drawn.data) > 0
    assert checked.layout.showlegend is False


def test_a_misspelt_property_would_be_found() -> None:
    sketch = bare_figure(LIGHT, 100)
    assert isinstance(sketch, Sketch)
    sketch.add_annotation(txt="misspelt")
    with pytest.raises(ValueError, match="txt"):
        go.Figure(sketch.figure().to_dict())


def test_names_stand_at_the_ends_of_their_lines() -> None:
    series = [Series("actual", [5, 10], "ten"), Series("past", [5, None], "five"), Series("target", [10, 10], "aim")]
    labels = end_labels(series, [0, 10], 232)  # 190 pixels between the margins: a name takes a tenth
    at = {one.series.end_label: one.at for one in labels}
    assert at["five"] == pytest.approx(5 / 10.4)
    assert abs(at["ten"] - at["aim"]) == pytest.approx(0.1)
    assert max(at.values()) <= 1
    assert end_labels([Series("actual", [None], "x")], [0, 1], 200) == []
