"""What gathers all that did not fit, or stands for nothing, is counted and opens, but no headline names it as a winner or loser."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from salesanalytics.insight.cross_lines import CrossCell, Line
from salesanalytics.insight.cross_table import CrossTable
from salesanalytics.insight.series_split import Part
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.lost_reasons import LostReason
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui import styles
from salesanalytics.ui.funnel.reasons_panel import reasons_words
from salesanalytics.ui.heatmap.words import map_headline
from salesanalytics.ui.trends.words import split_headline

DESK = SimpleNamespace(metric=METRICS.__getitem__, settings=DEFAULT_SETTINGS)
REST = Line(tuple(f"rep {at}" for at in range(19)))
ONE, NONE = Line(("Ann",)), Line(("",))


def cross(metric: str, rows: list[Line], cells: dict[tuple[int, int], CrossCell]) -> CrossTable:
    columns = (Line(("retail",)),)
    totals = tuple(cells[at, 0] for at in range(len(rows)))
    whole = CrossCell(0.4, 500, 200)
    return CrossTable(metric, tuple(rows), columns, cells, totals, (whole,), whole, {})


def heat_title(metric: str, table: CrossTable, lang: str) -> str:
    frame = SimpleNamespace(lang=lang, desk=DESK, filters=None)
    chosen = SimpleNamespace(measure=metric, rows="owner", columns="industry", by=("owner", "industry"))
    return map_headline(frame, chosen, table, table.largest(METRICS[metric].min_sample(DEFAULT_SETTINGS)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_heatmaps_win_rate_names_no_remainder(lang):
    small, many = CrossCell(0.2, 5, 1), CrossCell(0.9, 400, 360)
    title = heat_title("closed_win_rate", cross("closed_win_rate", [ONE, REST], {(0, 0): small, (1, 0): many}), lang)
    assert "19" not in title
    assert "40.0%" in title  # the whole instead
    title = heat_title("closed_win_rate", cross("closed_win_rate", [REST, NONE], {(0, 0): many, (1, 0): many}), lang)
    assert "19" not in title
    assert "90" not in title
    big = CrossCell(0.3, 60, 18)
    assert "Ann" in heat_title("closed_win_rate", cross("closed_win_rate", [ONE, REST], {(0, 0): big, (1, 0): many}), lang)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_split_trend_names_no_remainder(lang):
    chosen = SimpleNamespace(metric=METRICS["sales_amount"], split="owner")
    unknown, rest = Part("未知", (), 100.0, 9), Part("", (), 900.0, 90, rest=19)
    title = split_headline((unknown, rest), chosen, None, DEFAULT_SETTINGS, lang)
    assert "19" not in title
    assert "未知" not in title
    first = split_headline((unknown, Part("Ann", (), 500.0, 9), rest), chosen, None, DEFAULT_SETTINGS, lang)
    assert "Ann" in first
    assert "33.3%" in first


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_main_reason_says_something(lang):
    def title(*reasons: LostReason) -> str:
        source = SimpleNamespace(lost=100, lost_reasons=reasons, not_advanced=100, still=0, stage="lead")
        step = SimpleNamespace(source=source, arrived=SimpleNamespace(stage="prospect"))
        return reasons_words(step, SimpleNamespace(lang=lang, desk=DESK))[0]

    assert "未知" not in title(LostReason("未知", 70), LostReason("price", 30))
    assert "price" in title(LostReason("未知", 70), LostReason("price", 30))
    assert "未知" not in title(LostReason("未知", 70))


def test_the_remainders_row_is_as_readable_as_the_others():
    rules = (Path(styles.__file__).parent / "assets" / "funnel.css").read_text(encoding="utf-8")
    (own,) = [rule for rule in rules.split("}") if ".sa-split tr.rest td" in rule]
    assert "color" not in own  # the table's text, whose contrast test_pieces holds in both themes
