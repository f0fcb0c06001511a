"""Sheets with amounts written out exactly must not be headed with the unit of the rounded ones."""

from datetime import date

from salesanalytics.i18n import format
from salesanalytics.insight.flags import Flag
from salesanalytics.reports.sections import flag_section
from salesanalytics.settings import DEFAULT_SETTINGS


def test_exact_amounts_are_headed_in_single_units(monkeypatch):
    flag = Flag(
        kind="silent",
        level="manager",
        customer_id="1",
        customer_name="A",
        owner=None,
        team=None,
        stage="quote",
        is_open=True,
        expected_amount=4_500_000.0,
        tier=None,
        measure=40.0,
        reference=30.0,
        contacted_on=date(2026, 10, 1),
        file="a.xlsx",
        sheet="s",
        row=2,
    )
    monkeypatch.setattr("salesanalytics.reports.sections.flags", lambda *_: [flag])
    found = flag_section(None, DEFAULT_SETTINGS, (), "zh")
    assert found.headers[4] == "预计（万元）"
    assert found.exact_amount_header == f"预计（{format.unit_name(format.ONE, 'zh')}）" == "预计（元）"
