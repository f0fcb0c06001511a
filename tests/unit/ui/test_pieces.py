import csv
import io
import re
import tomllib
from base64 import b64decode
from pathlib import Path

import pytest

from salesanalytics.charts.tokens import TOKENS
from salesanalytics.metrics.types import Good
from salesanalytics.ui.bars import Bar, bars
from salesanalytics.ui.cards import Card, card_markup, change_of
from salesanalytics.ui.csv_file import csv_bytes, harmless
from salesanalytics.ui.html import sentence
from salesanalytics.ui.sparkline import sparkline
from salesanalytics.ui.styles import style_sheet
from salesanalytics.ui.tables import TableColumn, Tag, table

ROOT = Path(__file__).parents[3]
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_streamlit_s_theme_is_the_design_s(theme):
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"][theme]
    tokens = TOKENS[theme]
    assert config["primaryColor"] == tokens.primary
    assert config["backgroundColor"] == tokens.background
    assert config["textColor"] == tokens.text
    assert config["chartCategoricalColors"] == list(tokens.categories)
    assert len(config["chartCategoricalColors"]) == 10


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_every_ground(theme):
    tokens = TOKENS[theme]
    for ground in (tokens.background, tokens.surface, tokens.inset):
        for words in (tokens.text, tokens.muted, tokens.primary, tokens.good, tokens.bad, tokens.warn, tokens.target):
            assert contrast(words, ground) >= 4.5, (words, ground)
    pairs = [
        (tokens.good, tokens.good_tint),
        (tokens.bad, tokens.bad_tint),
        (tokens.warn, tokens.warn_tint),
        (tokens.muted, tokens.neutral_tint),
        (tokens.on_primary, tokens.primary),
        (tokens.primary, tokens.primary_tint),
    ]
    for words, ground in pairs:
        assert contrast(words, ground) >= 4.5, (words, ground)


def test_every_colour_the_rules_use_is_a_token():
    sheet = style_sheet(TOKENS["light"])
    assert set(re.findall(r"var\((--sa-[a-z-]+)\)", sheet)) <= set(re.findall(r"(--sa-[a-z-]+):", sheet))
    assert "http" not in sheet


@pytest.mark.parametrize(
    ("difference", "figure", "good", "markup"),
    [
        (8, "+6.8%", Good.UP, ("▲ +6.8% 向好", "sa-good")),
        (8, "+6.8%", Good.DOWN, ("▲ +6.8% 变差", "sa-bad")),
        (-3, "−3 天", Good.DOWN, ("▼ −3 天 向好", "sa-good")),
        (-3, "−3 天", Good.NEITHER, ("▼ −3 天", "sa-muted")),
        (0.0001, "+0.0%", Good.UP, ("0.0% 持平", "sa-muted")),
    ],
)
def test_a_change_has_arrow_sign_and_word(difference, figure, good, markup):
    change = change_of(difference, figure, good, "zh")
    words, css = markup
    assert words in change.markup
    assert css in change.markup


def test_nothing_to_compare_with_is_no_change():
    assert change_of(None, "—", Good.UP, "en") is None


def test_what_a_user_typed_is_never_markup():
    pieces = [
        table([TableColumn(HOSTILE)], [[HOSTILE], [Tag(HOSTILE)]], HOSTILE),
        bars([Bar(HOSTILE, 0.5, 0.4, cells=(HOSTILE,))], HOSTILE, tick_label=HOSTILE, tick_at=0.4),
        card_markup(Card("k", HOSTILE, HOSTILE, note=HOSTILE), "#000000"),
    ]
    for piece in pieces:
        assert "<img src=x" not in piece
        assert "&lt;img" in piece


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("自 2026-10-16。", ["2026-10-16"]),
        ("2025-12 至 2026-11，11-01时", ["2025-12", "2026-11", "11-01"]),
        ("电话外呼 3 / 102；区间 25.3-32.4，13800-12-345", ["3 / 102"]),
    ],
)
def test_a_date_in_a_sentence_stays_on_one_line(words, kept):
    markup = sentence(words)
    assert re.findall(r'<span class="sa-whole">(.*?)</span>', markup) == kept
    assert re.sub(r"<[^>]*>", "", markup) == words
    assert HOSTILE not in sentence(HOSTILE)


def test_a_sparkline_ends_on_its_last_value_and_leaves_gaps():
    svg = b64decode(re.search(r"base64,([^\"]+)", sparkline([1, None, 3, 2], "s", "#1D5FC2"))[1]).decode()
    assert svg.count("M") == 2  # the gap lifts the pen
    assert 'cx="80.0"' in svg
    assert "<svg" not in sparkline([5], "s", "#1D5FC2")


def test_bars_stay_within_their_track():
    markup = bars([Bar("a", 1.7, -0.2)], "x")
    assert "width:100.00%" in markup
    assert "left:0.00%" in markup


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-1+1", "@cmd", "\t=1", "  =A1", "\r=1"])
def test_text_a_spreadsheet_would_calculate_is_set_off(text):
    assert harmless(text) == f"'{text}"


def test_csv_keeps_numbers_and_chinese():
    content = csv_bytes([{"name": "=HYPERLINK(1)", "amount": -5.5}], {"name": "客户", "amount": "金额"})
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["客户", "金额"], ["'=HYPERLINK(1)", "-5.5"]]
