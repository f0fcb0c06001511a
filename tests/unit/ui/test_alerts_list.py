from dataclasses import replace
from datetime import date

import pytest

from salesanalytics.insight.flags import KINDS, Flag
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui.alerts_list import ALL, alerts_headline, csv_row, matches, rule_words
from salesanalytics.ui.flag_words import TO_ACT_ON

FLAG = Flag(
    kind="silent",
    level="manager",
    customer_id="00417",
    customer_name="云帆零售",
    owner="刘洋",
    team="华东",
    stage="quote",
    expected_amount=4_500_000.0,
    tier="churn-risk",
    measure=34.0,
    reference=30.0,
    contacted_on=date(2026, 10, 5),
    file="a.xlsx",
    sheet="leads",
    row=214,
    is_open=True,
)


@pytest.mark.parametrize("sought", ["云帆", "00417", " 刘洋 ", ""])
def test_search_finds_customer_number_and_owner(sought):
    assert matches(FLAG, sought)


def test_search_leaves_out_the_others_and_bears_missing_names():
    assert not matches(replace(FLAG, customer_name=None, owner=None), "云帆")


def test_a_customer_under_two_rules_counts_and_pays_once():
    both = [FLAG, replace(FLAG, kind="stage-stuck"), replace(FLAG, customer_id="2", expected_amount=None)]
    assert alerts_headline(both, ALL, "zh", "CNY") == "3 条提醒，涉及 2 位客户，预计金额 ¥450.0万"


def test_amounts_nobody_entered_are_no_zero():
    assert alerts_headline([replace(FLAG, expected_amount=None)], "silent", "zh", "CNY").endswith("预计金额 —")


@pytest.mark.parametrize("kind", [ALL, *KINDS])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_says_its_rule(kind, lang):
    assert "{" not in rule_words(kind, DEFAULT_SETTINGS, lang)


def test_the_download_has_exact_values_and_where_they_came_from():
    row = csv_row(FLAG, DEFAULT_SETTINGS, "zh")
    assert row["customer_id"] == "00417"
    assert (row["amount_exact"], row["days"], row["stage"]) == (4_500_000.0, 34, "报价")
    assert (row["file"], row["sheet"], row["row"]) == ("a.xlsx", "leads", 214)
    low = csv_row(replace(FLAG, kind="low-amount", measure=5.0), DEFAULT_SETTINGS, "zh")
    assert low["days"] is None  # its measure is money


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_customers_to_act_on_have_a_headline_and_a_rule(lang):
    assert "{" not in rule_words(TO_ACT_ON, DEFAULT_SETTINGS, lang)
    assert alerts_headline([FLAG], TO_ACT_ON, "zh", "CNY") == "需处理：1 位客户，预计金额 ¥450.0万"
