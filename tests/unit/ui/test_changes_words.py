"""Amounts in the sentences of What changed."""

from decimal import Decimal

import pytest

from salesanalytics.i18n import format
from salesanalytics.ui.changes.words import Money


@pytest.mark.parametrize(("lang", "whole", "small"), [("zh", "¥4.0亿", "−¥2.0万"), ("en", "¥400.0M", "−¥20K")])
def test_sentences_write_nothing_bare_and_what_the_unit_would_hide_in_its_own(lang, whole, small):
    money = Money(format.money_unit([4e8], lang), "CNY", lang)
    assert money.full(Decimal(0)) == "¥0"
    assert money.full(Decimal(0), signed=True) == "¥0"
    assert money.full(Decimal(-20_000), signed=True) == small
    assert money.full(Decimal(4 * 10**8)) == whole
    assert money.plain(Decimal(-20_000), signed=True) == "0.0"  # in a table the head names one unit for all
