"""Names in two lines: broken where they join, whole words kept where there is room, nothing lost but what is too long."""

from __future__ import annotations

from salesanalytics.charts.two_lines import in_two_lines, units_of


def test_names_break_where_they_join() -> None:
    assert in_two_lines("Versie Hillebrand", 12) == "Versie<br>Hillebrand"
    assert in_two_lines("Retail", 12) == "Retail"
    assert in_two_lines("互联网/科技", 8) == "互联网/<br>科技"


def test_one_word_stays_whole_where_it_may_and_is_hyphenated_else() -> None:
    assert in_two_lines("telecommunications", 16, 22) == "telecommunications"
    assert in_two_lines("entertainment", 10) == "entertain-<br>ment"
    assert in_two_lines("政府与公共事业", 8) == "政府与公<br>共事业"
    assert in_two_lines("Rüstungsgüter", 10) == "Rüstungsg-<br>üter"
    assert in_two_lines("Телекоммуникации", 10) == "Телекомму-<br>никации"


def test_what_is_too_long_ends_in_an_ellipsis_and_fits() -> None:
    found = in_two_lines("x" * 60, 12).split("<br>")
    assert len(found) == 2
    assert found[1].endswith("…")
    assert all(units_of(part) <= 12 for part in found)


def test_a_long_name_breaks_between_its_words_and_is_cut_in_the_second() -> None:
    assert in_two_lines("Jonathan Berthelot", 8) == "Jonathan<br>Berthel…"
    assert in_two_lines("Kary Hendrixson", 8) == "Kary<br>Hendrix…"
