"""The waterfall: bars stand where the sum has come to, a cut axis is drawn as cut and never hides a bar, names line up."""

from __future__ import annotations

import pytest

from salesanalytics.charts.tokens import TOKENS
from salesanalytics.charts.waterfall import WaterfallBar, axis_ticks, levels, waterfall_figure

LIGHT = TOKENS["light"]


def bars(start: float, *moves: float) -> list[WaterfallBar]:
    middle = [WaterfallBar("in" if move >= 0 else "out", move, f"{move:+}", "", "x") for move in moves]
    end = start + sum(moves)
    return [WaterfallBar("end", start, "", "", ""), *middle, WaterfallBar("end", end, "", "", "")]


def test_each_bar_begins_where_the_one_before_ended() -> None:
    found = levels(bars(100.0, 20.0, -50.0))
    assert found == [(0.0, 100.0), (100.0, 120.0), (120.0, 70.0), (0.0, 70.0)]


@pytest.mark.parametrize("moves", [(642.4, 38.0, 25.5, 214.2, -156.3, -472.0, -318.6, -64.2), (0.1,), (5.0, -5.0)])
def test_a_cut_axis_starts_under_everything_that_moves(moves: tuple[float, ...]) -> None:
    drawn = bars(12251.0, *moves)
    ticks = axis_ticks(drawn, from_zero=False)
    assert 0 < ticks[0] < min(end for _, end in levels(drawn))
    assert ticks[-1] >= max(end for _, end in levels(drawn))
    figure = waterfall_figure(drawn, LIGHT, ticks=ticks, tick_text=[str(tick) for tick in ticks])
    assert len(figure.layout.shapes) == 2, "both ends are drawn as cut"


def test_from_zero_and_small_pipelines_are_not_cut() -> None:
    assert axis_ticks(bars(12251.0, 642.4), from_zero=True)[0] == 0
    assert axis_ticks(bars(100.0, 900.0), from_zero=False)[0] == 0
    assert axis_ticks(bars(0.0), from_zero=False)[0] == 0
    drawn = bars(100.0, 900.0)
    ticks = axis_ticks(drawn, from_zero=False)
    assert not waterfall_figure(drawn, LIGHT, ticks=ticks, tick_text=[""] * len(ticks)).layout.shapes


def test_missing_is_hatched_and_in_and_out_are_blue_and_orange() -> None:
    drawn = [
        *bars(100.0, 10.0, -5.0)[:-1],
        WaterfallBar("missing", -3.0, "", "", "gone"),
        WaterfallBar("end", 102.0, "", "", ""),
    ]
    ticks = axis_ticks(drawn, from_zero=True)
    trace = waterfall_figure(drawn, LIGHT, ticks=ticks, tick_text=[""] * len(ticks)).data[0]
    assert list(trace.marker.pattern.shape) == ["", "", "", "/", ""]
    assert list(trace.marker.color)[1:3] == [LIGHT.primary, LIGHT.target]
    assert [opens for _, opens in trace.customdata] == ["", "x", "x", "gone", ""]
