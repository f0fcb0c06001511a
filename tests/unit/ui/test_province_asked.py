"""Which province is open until another is chosen: the best of those with a sample, not one deal's 100 %."""

from dataclasses import replace

from salesanalytics.insight.cross_lines import CrossCell, Line
from salesanalytics.insight.provinces import Tile, Tiles, provinces
from salesanalytics.ui.heatmap.tiles_panel import asked_tile


def test_a_small_sample_is_not_what_opens():
    known = list(provinces().values())[:2]
    one_deal, many = (
        Tile(province, Line(("x",)), CrossCell(share, n, share * n))
        for province, share, n in zip(known, (1.0, 0.4), (1, 80), strict=True)
    )
    tiles = Tiles("region", (one_deal, many), CrossCell(0.41, 81, 33.0))
    assert asked_tile(tiles, 30) is many
    assert asked_tile(tiles) is one_deal
    alone = replace(tiles, tiles=(one_deal,))
    assert asked_tile(alone, 30) is one_deal
    assert asked_tile(replace(tiles, tiles=()), 30) is None
