"""The funnel as HTML: widths in proportion, one tinted step, what users wrote escaped, nothing where nobody is."""

from __future__ import annotations

import re

from salesanalytics.ui.funnel.funnel_markup import FunnelRow, funnel_markup
from salesanalytics.ui.tables import Opens


def row(name: str, size: float, *, worst: bool = False) -> FunnelRow:
    return FunnelRow(
        name, size, Opens(f"{size:.0f}", name), "", ("50%", "+1", "3 d"), ("not advanced", "5"), worst=worst
    )


def markup(*rows: FunnelRow, slopes: bool = True) -> str:
    return funnel_markup(rows, ("share", "change", "dwell"), "a funnel", slopes=slopes, wide=(1,))


def test_bars_are_in_proportion_and_only_the_worst_step_is_tinted() -> None:
    found = markup(row("a", 100), row("b", 30, worst=True), row("c", 10))
    assert re.findall(r'style="width:([\d.]+)%"', found) == ["100.00", "30.00", "10.00"]
    assert found.count("step worst") == 1
    # a bar too narrow for its number has it beside
    assert re.findall(r'<b class="(in|out)"', found) == ["in", "in", "out"]
    # a slope leads from one bar's corners to the next one's
    assert "polygon(0.00% 0%, 100.00% 0%, 65.00% 100%, 35.00% 100%)" in found


def test_a_snapshot_has_no_slopes() -> None:
    assert "polygon" not in markup(row("a", 10), row("b", 90), slopes=False)


def test_nothing_and_hostile_names() -> None:
    assert re.findall(r'style="width:([\d.]+)%"', markup(row("a", 0), row("b", 0))) == ["0.60", "0.60"]
    assert "<script>" not in markup(row('<script>"', 1))
