"""A target that is a setting says which one, its value, and where to change it."""

from datetime import date

import pytest

from salesanalytics.analysis import Threshold
from salesanalytics.insight.aims import aims_of
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui.settings.sections import SECTIONS
from salesanalytics.ui.trends.opened_setting import setting_behind

WEEK = [Period(date(2026, 11, 2), date(2026, 11, 8))]
SET = {"sales_amount": 2_500_000.0, "new_leads": 40.0, "closed_win_rate": 0.3}
SETTINGS = DEFAULT_SETTINGS.model_copy(
    update={
        "analysis": DEFAULT_SETTINGS.analysis.model_copy(
            update={"thresholds": {name: Threshold(target=target) for name, target in SET.items()}}
        ),
        "metrics": DEFAULT_SETTINGS.metrics.model_copy(update={"first_response_hours": 12, "followups_per_week": 4.0}),
    }
)


@pytest.mark.parametrize(
    ("lang", "metric", "section", "says"),
    [
        ("zh", "sales_amount", "analysis", "“销售额”的目标设为每周 ¥250.0万"),
        ("en", "new_leads", "analysis", "the target of “New leads” is set to 40 a week"),
        ("zh", "closed_win_rate", "analysis", "“关单赢单率”的目标设为 30.0%"),
        ("en", "first_response", "metrics", "“First response within” is set to 12 hours"),
        ("zh", "followups_per_week", "metrics", "“每周跟进次数目标”设为 4"),
        ("en", "proposals_on_time", "analysis", "delivered with, 95.0%"),
    ],
)
def test_it_names_the_setting_and_its_value(lang, metric, section, says):
    declared = metrics_of(SETTINGS)[metric]
    aims = aims_of(declared, WEEK, SETTINGS)
    found = setting_behind(declared, aims, SETTINGS, lang)
    assert says in found.sentence
    assert found.section == section
    assert section in SECTIONS
