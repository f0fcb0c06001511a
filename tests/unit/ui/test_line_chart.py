import base64
import re

from salesanalytics.charts.tokens import LIGHT
from salesanalytics.ui.line_chart import Bucket, Line, line_chart

WEEKS = [Bucket(f"W{n}", (f"W{n}", f"¥{n}"), f"week:{n}") for n in (1, 2, 3, 4)]


def svg(markup: str) -> str:
    return base64.b64decode(re.search(r"base64,([^\"]+)", markup)[1]).decode()


def test_points_stand_at_their_share_of_the_axis_and_open_their_week():
    markup = line_chart(WEEKS, [Line("actual", (0.0, 100.0, 200.0, 400.0), "Actual")], LIGHT, "sales", whole=4)
    assert re.findall(r'class="dot[^"]*" style="bottom:([\d.]+)%', markup) == ["0.00", "25.00", "50.00", "100.00"]
    assert re.findall(r'data-open="([^"]+)"', markup) == ["week:1", "week:2", "week:3", "week:4"]
    assert "M125.0 1000.0L375.0 750.0L625.0 500.0L875.0 0.0" in svg(markup)


def test_a_part_period_is_dotted_and_its_point_hollow():
    lines = svg(line_chart(WEEKS, [Line("actual", (1.0, 2.0, 3.0, 4.0), "A")], LIGHT, "sales", whole=3))
    assert lines.count("<path") == 2
    dotted = re.search(r'<path d="([^"]+)"[^>]*stroke-dasharray="2 5"', lines)
    assert dotted
    assert dotted[1].startswith("M625.0")


def test_unknown_values_leave_a_gap_and_negative_ones_stay_inside():
    lines = svg(line_chart(WEEKS, [Line("actual", (-5.0, None, 5.0, 10.0), "A")], LIGHT, "x", whole=4))
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", lines)]
    assert all(0 <= height <= 1000 for height in heights)


def test_a_user_s_words_are_escaped():
    markup = line_chart(
        [Bucket("<b>", ("<i>",), 'x"y')] * 2, [Line("actual", (1.0, 2.0), "<u>")], LIGHT, "<s>", whole=2
    )
    assert not re.search(r"<(u|s)>|<i>", markup)
    assert 'data-open="x&quot;y"' in markup
