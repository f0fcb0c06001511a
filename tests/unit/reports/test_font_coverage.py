"""What the report believes its fonts can print is what they can print."""

from fontTools.ttLib import TTFont

from salesanalytics.reports.pdf import FONTS, _glyphs


def test_the_written_coverage_is_that_of_both_fonts() -> None:
    maps = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    assert len(maps) == 2
    assert set(_glyphs()) == maps[0] & maps[1]
    assert {ord("销"), ord("é"), ord("¥"), ord("▼")} <= _glyphs()
