"""The colours of changes: one setting, followed by cards, charts, PDF and Excel."""

import re
from dataclasses import replace

import pytest

from salesanalytics.charts.direction import change_colour, flow_colours, judged_colour, with_direction
from salesanalytics.charts.tokens import DARK, LIGHT
from salesanalytics.charts.waterfall import WaterfallBar, waterfall_figure
from salesanalytics.ui.cards import Change
from salesanalytics.ui.channels.dots import IntervalDot, interval_dots
from salesanalytics.ui.styles import style_sheet
from salesanalytics.ui.tables import Toned, cell_markup

DIRECTIONS = ("green-good", "red-up", "blue-orange")


def test_red_up_goes_by_direction_and_the_others_by_judgement():
    """A cycle that falls is better: green where green is good, green where falling is green, blue where better is blue."""
    falls_and_is_better = [change_colour(with_direction(LIGHT, one), rises=False, better=True) for one in DIRECTIONS]
    assert falls_and_is_better == [LIGHT.good, LIGHT.good, LIGHT.primary]
    rises_and_is_worse = [change_colour(with_direction(LIGHT, one), rises=True, better=False) for one in DIRECTIONS]
    assert rises_and_is_worse == [LIGHT.bad, LIGHT.bad, LIGHT.target]
    rises_and_is_better = [change_colour(with_direction(DARK, one), rises=True, better=True) for one in DIRECTIONS]
    assert rises_and_is_better == [DARK.good, DARK.bad, DARK.primary]


def test_what_has_no_direction_is_judged():
    """The worst step is never green: red, or orange where red and green are to be avoided."""
    assert [judged_colour(with_direction(LIGHT, one), better=False) for one in DIRECTIONS] == [
        LIGHT.bad,
        LIGHT.bad,
        LIGHT.target,
    ]


@pytest.mark.parametrize(
    ("direction", "colours"),
    [
        ("green-good", (LIGHT.primary, LIGHT.target)),
        ("blue-orange", (LIGHT.primary, LIGHT.target)),
        ("red-up", (LIGHT.bad, LIGHT.good)),
    ],
)
def test_the_waterfall_draws_what_comes_and_goes_in_them(direction, colours):
    """Bars and their labels alike."""
    tokens = with_direction(LIGHT, direction)
    assert flow_colours(tokens) == colours
    bars = [
        WaterfallBar("end", 10, "10", "", ""),
        WaterfallBar("in", 4, "+4", "", ""),
        WaterfallBar("out", -3, "−3", "", ""),
    ]
    figure = waterfall_figure(bars, tokens, ticks=[0, 10], tick_text=["0", "10"])
    assert figure.data[0].marker.color[1:] == colours
    assert [note.font.color for note in figure.layout.annotations][1:] == list(colours)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_dot_above_the_whole_takes_the_colour_of_a_rise(direction):
    """Its line, its mark and its share."""
    tokens = with_direction(LIGHT, direction)
    dots = [IntervalDot(one, 0.3, 0.2, 0.4, one, "30 %", "30 %", "", "", "") for one in ("above", "below")]
    markup = interval_dots(dots, 0.25, "", tokens, "")
    assert re.findall("--tone:(#[0-9A-F]+)", markup) == [
        change_colour(tokens, rises=True, better=True),
        change_colour(tokens, rises=False, better=False),
    ]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_cards_and_tables_carry_classes_that_the_sheet_colours(direction):
    """A change's classes are its direction and its judgement; the sheet names the colour of each of the four."""
    sheet = style_sheet(with_direction(LIGHT, direction))
    for rises, better in ((True, True), (True, False), (False, True), (False, False)):
        arrow, tone = ("▲" if rises else "▼"), ("good" if better else "bad")
        for markup in (Change(arrow, "3", "", tone).markup, cell_markup(Toned(f"{arrow} 3", tone))):
            assert set(re.search('class="(.*?)"', markup)[1].split()) == {
                "sa-change",
                "up" if rises else "down",
                f"sa-{tone}",
            }
        rule = f".sa-change.{'up' if rises else 'down'}.sa-{tone}{{color:{change_colour(replace(LIGHT, direction=direction), rises=rises, better=better)};}}"
        assert rule in sheet
    assert "sa-change" not in cell_markup(Toned("✕ 3", "bad"))
