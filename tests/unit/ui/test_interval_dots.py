"""Interval dots: where they stand on the axis, what a small sample looks like, and names that stay text."""

from __future__ import annotations

from salesanalytics.charts.tokens import LIGHT
from salesanalytics.ui.channels.dots import IntervalDot, interval_dots


def test_dot_line_and_overall_stand_on_one_axis() -> None:
    dot = IntervalDot("Web", 0.2, 0.1, 0.3, "within", "20.0%", "20.0%", "20 / 100", "Web: 20.0%", "0:win_rate_30d")
    markup = interval_dots([dot], 0.25, "overall 25.0%", LIGHT, "win rates")
    assert ">30%</span>" in markup  # where the axis ends
    assert 'class="dot" href="#" data-open="0:win_rate_30d"' in markup
    assert 'style="left:66.67%">20.0%</a>' in markup
    assert 'style="left:33.33%;right:calc(100% - 100.00%)"' in markup
    assert "--overall:83.33%" in markup


def test_a_small_sample_is_hollow_and_grey() -> None:
    dot = IntervalDot("<x>", 0.0, 0.0, 0.19, "small", "0.0%", "small", "0 / 16", "", "")
    markup = interval_dots([dot], 0.08, "all", LIGHT, "")
    assert 'class="track small"' in markup
    assert f"--tone:{LIGHT.muted}" in markup
    assert "&lt;x&gt;" in markup
