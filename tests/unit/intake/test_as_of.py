"""The date a file name tells."""

from datetime import date

import pytest

from salesanalytics.intake.as_of import as_of_from_name, as_of_from_names

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-11-08_销售周报.xlsx", date(2026, 11, 8)),
        ("leads 20261108 v2.xlsx", date(2026, 11, 8)),
        ("周报2026年11月8日.xlsx", date(2026, 11, 8)),
        ("report_2026.1.5.csv", date(2026, 1, 5)),
        ("周报1108.xlsx", date(2026, 11, 8)),
        ("周报11-08.xlsx", date(2026, 11, 8)),
        ("周报1220.xlsx", date(2025, 12, 20)),
        ("11月8日周报.xlsx", date(2026, 11, 8)),
        ("sales-2026-W45.xlsx", date(2026, 11, 8)),
        ("W45 leads.xlsx", date(2026, 11, 8)),
        ("第45周.xlsx", date(2026, 11, 8)),
        ("W50.xlsx", date(2025, 12, 14)),
        ("standard-templates.xlsx", None),
        ("report-12345678.xlsx", None),
        ("20261345.xlsx", None),
        ("2026.xlsx", None),
    ],
)
def test_file_names(name, day):
    assert as_of_from_name(name, TODAY) == day


def test_the_newest_of_several():
    assert as_of_from_names(["a 2026-11-01.xlsx", "b.xlsx", "c 2026-11-08.xlsx"], TODAY) == date(2026, 11, 8)
    assert as_of_from_names(["a.xlsx"], TODAY) is None
