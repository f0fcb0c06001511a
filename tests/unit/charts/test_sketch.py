"""Every kind of figure passes plotly's own validation: what is sketched as plain data misspells nothing."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from salesanalytics.charts.heat_cells import HeatCell
from salesanalytics.charts.sketch import Sketch
from salesanalytics.charts.theme import Figure, bare_figure
from salesanalytics.charts.tiles import PlacedTile, tile_figure
from salesanalytics.charts.tokens import DARK, LIGHT
from salesanalytics.charts.waterfall import WaterfallBar, waterfall_figure


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
