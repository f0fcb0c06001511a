"""A chart over time as markup: heights, what is told of a bucket and what it opens, part-periods, gaps, losses, bars and names."""

import base64
import re

import pytest

from salesanalytics.charts.tokens import DARK, LIGHT
from salesanalytics.charts.trend import Axis, Series
from salesanalytics.ui.time_chart.chart import Bucket, time_chart
from salesanalytics.ui.time_chart.picture import strokes

WEEKS = [Bucket(f"W{n}", f"W{n}", f"0/a/{n - 1}") for n in (1, 2, 3, 4)]
AXIS = Axis([0, 100, 200, 300, 400], ["0", "100", "200", "300", "400"])


def line(values=(0.0, 100.0, 200.0, 400.0), role="actual", **more):
    return Series(role, values, more.pop("end_label", "Actual"), ids=[f"0/{role[0]}/{at}" for at in range(4)], **more)


def chart(*series, buckets=WEEKS, axis=AXIS, tokens=LIGHT, **more):
    return time_chart(buckets, series, axis, tokens, "sales", **more)


def svg(markup):
    return base64.b64decode(re.search(r"base64,([^\"]+)", markup)[1]).decode()


def columns(markup):
    return re.findall(r"<div(?: class=l)?><a href=\"#\".*?</div>", markup, re.S)


def test_points_stand_at_their_share_of_the_axis_and_open_their_number():
    markup = chart(line())
    marks = re.findall(r'<a data-open="([^"]+)" class="d s0[^"]*" style="bottom:([\d.]+)%"', markup)
    assert marks == [("0/a/0", "0"), ("0/a/1", "25"), ("0/a/2", "50"), ("0/a/3", "100")]
    assert re.findall(r'<a href="#" data-open="([^"]+)"', markup) == [f"0/a/{at}" for at in range(4)]
    assert 'd="M5 1000 15 750 25 500 35 0"' in svg(markup)


def test_a_bucket_says_all_its_values_in_words_and_is_one_stop_of_the_keyboard():
    told = chart(
        line(words=["Sales ¥0", "Sales ¥100 · n = 3", "Sales ¥200", "Sales ¥400"]),
        line(role="target", words=["Target ¥9"] * 4),
        line((None,) * 4, "past", words=["", "Last year ¥7", "", ""]),
    )
    labels = re.findall(r'aria-label="([^"]*)"', told)[1:]
    assert labels[1].splitlines() == ["W2", "Sales ¥100 · n = 3", "Target ¥9", "Last year ¥7"]
    assert labels[0].splitlines() == ["W1", "Sales ¥0", "Target ¥9"]
    assert told.count("href=") == 4
    assert len(re.findall(r'data-open="0/t/\d" style="bottom:', told)) == 4


def test_a_part_period_is_dotted_and_its_point_hollow():
    buckets = [*WEEKS[:3], Bucket("W4", "W4 · 3 of 7 days", "x", partial=True)]
    markup = chart(line(), buckets=buckets)
    dotted = re.findall(r'<path d="([^"]+)"[^>]*stroke-dasharray="0 6"', svg(markup))
    assert dotted == ["M25 500 35 0"]
    assert 'd="M5 1000 15 750 25 500"' in svg(markup)
    assert "d s0 last part" in markup
    bars = chart(line(), buckets=buckets, bars=True)
    assert re.findall(r'class="bar s0( part)?"', bars) == ["", "", " part"]  # nothing is drawn of a zero


def test_a_gap_breaks_the_line_and_a_value_between_two_gaps_is_seen():
    assert strokes([1, None, 2, None, 3, 4], [False] * 6) == ([[(0, 1)], [(2, 2)], [(4, 3), (5, 4)]], [])
    assert strokes([1, 2, 3, 4, 5], [True, False, False, False, True]) == (
        [[(1, 2), (2, 3), (3, 4)]],
        [[(0, 1), (1, 2)], [(3, 4), (4, 5)]],
    )
    assert 'd="M15 750h0"' in svg(chart(line((None, 100.0, None, None))))
    assert "<img" not in chart(line((None,) * 4))


def test_losses_hang_below_zero():
    axis = Axis([-200, 0, 200], ["-200", "0", "200"])
    markup = chart(line((-200.0, 100.0, -100.0, 200.0)), axis=axis, bars=True)
    assert re.findall(r'style="bottom:([\d.]+)%;height:([\d.]+)%"', markup) == [
        ("0", "50"),
        ("50", "25"),
        ("25", "25"),
        ("50", "50"),
    ]
    assert re.findall(r'class="grid zero" style="bottom:([\d.]+)%', markup) == ["50"]


def test_stacked_bars_stand_on_each_other_in_the_colours_of_their_lines():
    parts = [line((100.0,) * 4, colour="#111111"), line((300.0, None, 0.0, 100.0), colour="#222222")]
    markup = chart(*parts, bars=True, stacked=True)
    first = re.findall(r'class="bar (s\d)" style="bottom:([\d.]+)%;height:([\d.]+)%"', columns(markup)[0])
    assert first == [("s0", "0", "25"), ("s1", "25", "75")]
    assert "--c0:#111111;--c1:#222222;" in markup


def test_small_samples_are_grey_and_a_dense_line_has_no_marks_but_its_last():
    assert chart(line(small=[True, False, False, True])).count('class="d s0 small"') == 2
    many = [Bucket(f"{n}", f"{n}", f"0/a/{n}") for n in range(120)]
    values = Series("actual", [float(n) for n in range(120)], "x", ids=[f"0/a/{n}" for n in range(120)])
    markup = chart(values, buckets=many)
    assert re.findall(r'class="(d[^"]*)"', markup) == ["d s0 last"]
    assert len(re.findall(r'<a data-open="0/a/\d+"', markup)) == 120


@pytest.mark.parametrize("n", [1, 4, 13, 92, 120])
def test_the_last_bucket_is_always_named_and_few_are_on_a_phone(n):
    many = [Bucket(f"11-{at:02}", "", "x") for at in range(n)]
    markup = chart(Series("actual", [1.0] * n, ""), buckets=many)
    everywhere = re.findall(r"<b>([^<]+)</b>", markup)
    assert everywhere[-1] == f"11-{n - 1:02}"
    assert len(everywhere) <= 6
    assert len(re.findall(r"<b", markup)) <= 18


def test_one_bucket_alone_shows_its_point_and_its_target_across():
    markup = chart(Series("actual", [200.0], "now"), Series("target", [300.0], "aim"), buckets=WEEKS[:1])
    assert 'd="M1 250H9"' in svg(markup)
    assert '<i class="d s0 last" style="bottom:50%"></i>' in markup


def test_names_stand_at_the_ends_or_above():
    beside = chart(line(end_label="Actual 400"), line((200.0,) * 4, "target", end_label="Target 200"), height=338)
    assert re.findall(r'<span class=bold style="bottom:([\d.]+)%;color:([^"]+)">([^<]+)', beside) == [
        ("100", LIGHT.primary, "Actual 400"),
        ("50", LIGHT.target, "Target 200"),
    ]
    assert "bottom" not in re.search(r'<div class="names">.*?</div>', chart(line(), names="above"))[0]


def test_the_dark_theme_has_its_own_colours():
    assert f"--c0:{DARK.primary};" in chart(line(), tokens=DARK)
    assert DARK.primary in svg(chart(line(), tokens=DARK))


def test_the_largest_chart_stays_small():
    """Two years of weeks in six parts: every point opens its number, every bucket says all of them."""
    weeks = [Bucket(f"2026-W{n:02}", f"2026-W{n:02}\nAll ¥1,234,567 · n = 210", f"0/a/{n}") for n in range(104)]
    parts = [
        Series("actual", [float((n * 7 + part * 31) % 90) for n in range(104)], "",
               [f"Sales rep {part} ¥234,567 · n = 35"] * 104, ids=[f"0/{part}/{n}" for n in range(104)])
        for part in range(6)
    ]  # fmt: skip
    markup = chart(*parts, buckets=weeks, axis=Axis([0, 50, 100], ["0", "50", "100"]))
    assert len(markup) < 75_000
    assert markup.count("<a ") == 104 * 7


def test_a_user_s_words_are_escaped():
    markup = time_chart(
        [Bucket("<b>", "<i>", 'x"y')] * 4,
        [Series("actual", (1.0, 2.0, 3.0, 4.0), "<u>", ["<q>"] * 4, ids=["<z>"] * 4)],
        Axis([0, 5], ["<s>", "5"]),
        LIGHT,
        "<em>",
    )
    assert not re.search(r"<(u|s|q|z|em)>|<b><b>|<i>", markup)
    assert 'data-open="x&quot;y"' in markup
