from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from salesanalytics.insight.flags import KINDS, Flag, FlagList
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui import alerts_table
from salesanalytics.ui.alerts_list import ALL, alerts_headline, csv_row, rule_words
from salesanalytics.ui.alerts_table import ORDERS, URGENT, in_order
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


def test_the_headline_says_alerts_customers_and_money():
    found = FlagList((FLAG,), flags=3, customers=2, amount=4_500_000.0, without_amount=1)
    assert alerts_headline(found, ALL, "zh", "CNY") == "3 条提醒，涉及 2 位客户，预计金额 ¥450.0万"
    assert alerts_headline(replace(found, amount=None), "silent", "zh", "CNY").endswith("预计金额 —")


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
    assert (
        alerts_headline(FlagList((FLAG,), 1, 1, 4_500_000.0, 0), TO_ACT_ON, "zh", "CNY")
        == "需处理：1 位客户，预计金额 ¥450.0万"
    )


def test_the_list_is_ordered_as_asked_and_urgency_decides_among_equals():
    first, second = (
        FLAG,
        replace(FLAG, customer_id="2", expected_amount=None, contacted_on=date(2026, 1, 1), owner=None),
    )
    third = replace(FLAG, customer_id="3", expected_amount=9e6, contacted_on=None, owner="安", stage="lead")
    flags, stages = [first, second, third], DEFAULT_SETTINGS.stages.ids

    def ids(order):
        return [flag.customer_id for flag in in_order(flags, order, stages)]

    assert ids(URGENT) == ids("no such order") == ["00417", "2", "3"]
    assert ids("amount") == ["3", "00417", "2"]  # an unknown amount is the least
    assert ids("contacted") == ["3", "2", "00417"]  # never contacted is the longest ago
    assert ids("owner") == ["00417", "3", "2"]  # the pool last
    assert ids("stage") == ["3", "00417", "2"]
    assert {*ORDERS} == {"amount", "contacted", "owner", "stage"}


def test_the_list_has_a_pager_and_no_scroll_of_its_own(monkeypatch) -> None:
    shown, paged = [], []
    monkeypatch.setattr(alerts_table, "show", shown.append)
    monkeypatch.setattr(alerts_table.st, "container", lambda **_: nullcontext())
    monkeypatch.setattr(alerts_table.st, "pagination", lambda pages, key: paged.append(pages))
    flags = [replace(FLAG, customer_id=f"C{at}") for at in range(120)]
    frame = SimpleNamespace(lang="zh", desk=SimpleNamespace(settings=DEFAULT_SETTINGS))
    alerts_table.alerts_table(flags, ALL, URGENT, frame)
    assert shown[0].count("<tr>") == 1 + 50
    assert paged == [3]
    assert "max-height" not in shown[0]
    rules = (Path(alerts_table.__file__).parent / "assets" / "style.css").read_text(encoding="utf-8")
    assert not [rule for rule in rules.split("}") if "alerts-rows" in rule and "max-height" in rule]
