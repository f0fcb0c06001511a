"""Channels: page, command and a plain pandas reading of the week's workbook tell the same numbers; every number opens its rows."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from salesanalytics.access.view import View
from salesanalytics.cli import main
from salesanalytics.i18n import format
from salesanalytics.insight.channels import channels
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.channels.answers import filters_of
from salesanalytics.ui.channels.opened import open_number
from salesanalytics.ui.channels.table_panel import download_rows
from salesanalytics.ui.data import own_workspace


@pytest.fixture
def shown(open_page):
    return partial(open_page, "channels")


def answered(filters: Filters):
    workspace = own_workspace()  # the app holds it open
    view = View(workspace.state(max(record.as_of for record in workspace.imports())))
    return view, workspace.settings(), channels(view, workspace.settings(), filters)


@pytest.fixture(scope="session")
def told(small_exports: Path) -> pd.DataFrame:
    """By source: what pandas counts in the newest workbook, a full export, read cell by cell and by nothing of ours."""
    newest = max(small_exports.glob("*.xlsx"))
    leads = pd.read_excel(newest, sheet_name="销售数据基础录入表", dtype=str)
    as_of = pd.Timestamp(newest.name[:10])
    first, won = (pd.to_datetime(leads[name]) for name in ("首次接触时间", "成交日期"))
    is_won = leads["当前跟进阶段"] == "成交"
    old = (as_of - first).dt.days >= 30
    amount = pd.to_numeric(leads["实际成交金额(元)"]).fillna(pd.to_numeric(leads["预计成交金额(元)"]))
    frame = pd.DataFrame(
        {
            "source": leads["线索来源"],
            "leads": 1,
            "old_enough": old.astype(int),
            "won_within": (old & is_won & ((won - first).dt.days <= 30)).astype(int),
            "sales_amount": amount.where(is_won, 0.0),
            "open_amount": pd.to_numeric(leads["预计成交金额(元)"]).where(
                ~leads["当前跟进阶段"].isin(["成交", "流失"]), 0.0
            ),
            "won": is_won.astype(int),
        }
    )
    costs = pd.read_excel(newest, sheet_name="渠道费用表", dtype=str)
    by_source = frame.groupby("source").sum()
    by_source["channel_cost"] = pd.to_numeric(costs["费用(元)"]).groupby(costs["线索来源"]).sum()
    return by_source


def test_page_command_and_pandas_agree(shown, told, full_workspace, tmp_path, capsys):
    _, markup = shown(period="all", lang="zh")
    _, settings, found = answered(Filters())
    copied = shutil.copytree(full_workspace, tmp_path / "copied")  # the app holds the other open
    capsys.readouterr()
    assert main(["channels", "--workspace", str(copied), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    command = {row["source"]: row for row in document["channels"]}
    page = {row["source"]: row for row in download_rows(found, settings, "zh")}
    assert set(command) == set(told.index) == set(page) - {"合计"}
    for source, row in told.iterrows():
        for name in ("leads", "old_enough", "won_within", "sales_amount", "open_amount", "channel_cost"):
            assert command[source][name] == pytest.approx(row[name]), (source, name)
            assert page[source][name] == pytest.approx(row[name]), (source, name)
        assert command[source]["reached"]["won"] == row["won"]
        share = row["won_within"] / row["old_enough"]
        assert command[source]["win_rate_30d"] == pytest.approx(share)
        # and it stands on the page, as people read it
        assert f">{format.share(float(share))}</a>" in markup
        assert f"{format.number(int(row['won_within']))} / {format.number(int(row['old_enough']))}" in markup
    assert document["total"]["leads"] == told["leads"].sum()
    assert document["total"]["sales_amount"] == pytest.approx(told["sales_amount"].sum())


def test_lines_add_up_and_every_number_opens_as_many_rows_as_it_counts(shown):
    shown(period="all")
    view, settings, found = answered(Filters())
    *lines, total = download_rows(found, settings, "en")
    for name in ("leads", "won_customers", "sales_amount", "open_amount", "channel_cost", "stage:won", "old_enough"):
        assert sum(row[name] or 0 for row in lines) == pytest.approx(total[name]), name
    for one in (*found.channels, found.total):
        filters = filters_of(one, Filters())
        for name in ("leads", "lead_conversion", "win_rate_30d", "sales_amount", "open_amount", "sales_cycle_median"):
            rows = rows_behind(view, name, filters, settings)
            assert sum(row["counted"] for row in rows) == one.figures.n[name], (one.sources, name)
            assert all(row["file"] and row["sheet"] and row["row"] for row in rows)
    # an id that names no number opens nothing
    for number in ("", "x:leads", "99:leads", "0:nonsense", "0:stage/nowhere", "-1:leads", "[broken"):
        open_number(type("F", (), {"lang": "en"})(), found, Filters(), number)


def test_two_channels_are_chosen_and_kept_in_the_url(shown, switches_of, choose, page_text):
    app, markup = shown(period="all", a="展会", b="官网表单")
    assert "展会" in markup
    lists = switches_of(markup)
    assert (lists["a"].chosen, lists["b"].chosen) == ("展会", "官网表单")
    assert "展会" not in lists["b"].options
    other = next(option for option in lists["b"].options if option != "官网表单")
    choose(app, "b", other)
    lists = switches_of(page_text(app))
    assert (lists["a"].chosen, lists["b"].chosen) == ("展会", other)


def test_until_a_period_is_chosen_channels_are_judged_over_180_days(shown, page_text, choose, switches_of):
    app, markup = shown()
    as_of = date(2026, 11, 8)
    assert f"{as_of - timedelta(days=180)} 至 {as_of}" in markup
    assert switches_of(markup)["span"].chosen == "window"
    choose(app, "span", "period")
    assert switches_of(page_text(app))["span"].chosen == "period"
    assert "2026-10-01 至 2026-11-08" in page_text(app)


@pytest.mark.parametrize(("lang", "params"), [("en", {"period": "all"}), ("zh", {"period": "week"})])  # fmt: skip
def test_it_opens_whatever_is_filtered(shown, lang, params):
    _, markup = shown(lang=lang, **params)
    assert "sa-table" in markup or "sa-empty" in markup


def test_costs_that_cannot_be_divided_say_so_and_are_no_zero(shown):
    _, markup = shown(period="all", team="华东")
    assert "渠道费用不分团队" in markup


LEADS = "客户编号,线索来源,首次接触时间,当前跟进阶段\n1,官网,2026-09-01,线索\n2,官网,2026-09-02,线索\n"


def test_without_costs_one_line_says_what_to_upload(shown, tmp_path):
    (tmp_path / "2026-11-08 leads.csv").write_text(LEADS, encoding="utf-8")
    own = tmp_path / "small"
    assert main(["import", str(tmp_path / "2026-11-08 leads.csv"), "--workspace", str(own)]) == 0
    _, markup = shown(own=own, period="all")
    assert "渠道费用表" in markup
    assert "只有一个渠道" in markup


def test_leads_without_a_source_say_what_to_fill_in(shown, tmp_path):
    text = LEADS.replace("线索来源,", "").replace("官网,", "")
    (tmp_path / "2026-11-08 leads.csv").write_text(text, encoding="utf-8")
    own = tmp_path / "none"
    assert main(["import", str(tmp_path / "2026-11-08 leads.csv"), "--workspace", str(own)]) == 0
    assert "都没有填来源" in shown(own=own, period="all")[1]


def test_an_empty_workspace_says_what_to_upload(shown, tmp_path):
    assert "还没有数据" in shown(own=tmp_path / "nothing")[1]
