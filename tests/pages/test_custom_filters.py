"""Columns of the user's own in the filter bar, on a page and in a link."""

import hashlib
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace

D = date(2026, 11, 8)
HEADER = "客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人,客户等级,产品*线,手机备注\n"


@pytest.fixture(scope="module")
def own_columns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """230 customers: a product line of two values, and a column in which everyone has a value of their own."""
    lines = [
        f"C{i:03d},*司,制造业,官网,2026-11-0{i % 7 + 1},商机,李,{'A' if i % 5 else 'B'},{'云' if i % 10 else '硬件'},n{i}\n"
        for i in range(230)
    ]
    content = (HEADER + "".join(lines)).encode()
    folder = tmp_path_factory.mktemp("own-columns") / "workspace"
    file = UploadedFile("leads_2026-11-08.csv", content, hashlib.sha256(content).hexdigest())
    with open_workspace(folder) as workspace:
        workspace.load(process([file], DEFAULT_SETTINGS, as_of=D), D, who="test", accept_errors=True)
    return folder


def titles(bar) -> list[str]:
    """What the pill for other dimensions offers."""
    return [group["title"] for group in bar["pills"].get("more", {"groups": []})["groups"]]


def test_the_filter_bar_offers_the_users_own_columns_by_their_headers(open_app, own_columns, bar_of):
    app = open_app(own_columns, lang="zh").run()
    assert not app.exception
    assert "产品*线" in titles(bar_of(app))
    assert "客户等级" in titles(bar_of(app))
    # a value of its own for everyone makes no group
    assert "手机备注" not in titles(bar_of(app))


def test_a_link_with_a_choice_filters_the_page_and_says_so(open_app, own_columns, page_text, bar_of):
    app = open_app(own_columns, lang="zh", period="all").run()
    assert re.search(
        r"新增线索.{0,400}?\b197\b", page_text(app), re.DOTALL
    )  # in the week of D, all 230 but those of Sunday before
    group = next(group for group in bar_of(app)["pills"]["more"]["groups"] if group["title"] == "产品*线")
    assert (group["field"], group["many"]) == ("custom:产品*线", True)
    assert ["硬件", "硬件"] in group["options"]
    again = open_app(own_columns, lang="zh", period="all", **{"custom:产品*线": "硬件"}).run()
    assert not again.exception
    assert bar_of(again)["view"]["where"] == {"custom:产品*线": ["硬件"]}
    assert bar_of(again)["pills"]["more"]["label"] == [["更多筛选", ""], ["产品*线", "strong"]]
    assert re.search(r"新增线索.{0,400}?\b19\b", page_text(again), re.DOTALL)


def test_a_link_naming_a_column_that_is_gone_still_opens_and_says_so(open_app, open_page, own_columns, page_text):
    app = open_app(own_columns, lang="en", **{"custom:gone": "x"}).run()
    assert not app.exception
    assert [error.value for error in app.error] == []
    said = "no column “gone”: what this link filters or cuts by it is left out"
    assert said in page_text(app)
    assert "no column" not in page_text(open_app(own_columns, lang="en", **{"custom:产品*线": "云"}).run())
    assert said in open_page("trends", own_columns, lang="en", split="custom:gone")[1]


def ticked(folder, *names):
    with open_workspace(folder) as workspace:
        settings = workspace.settings()
        analysis = settings.analysis.model_copy(update={"dimensions": names})
        workspace.save_settings(settings.model_copy(update={"analysis": analysis}), "test")


def opened(app, page, **params):
    app.switch_page(f"pages/{page}.py")
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert [error.value for error in app.error] == []
    return app


def test_an_own_column_is_ticked_and_ordered_like_any_dimension(
    open_app, own_columns, tmp_path, order_rows, page_text, switches_of
):
    app = open_app(own_columns, lang="en")
    usual = order_rows(opened(app, "settings", section="analysis"), "settings-order-dimensions")
    by_name = {row["name"]: row for row in usual}
    assert (by_name["产品*线"]["shown"], by_name["产品*线"]["note"]) == (True, "your own · 2 values")
    assert not by_name["手机备注"]["shown"]
    assert "230 values, more than 200" in by_name["手机备注"]["note"]
    folder = tmp_path / "ticked"
    shutil.copytree(own_columns, folder)
    ticked(folder, "custom:产品*线", "grade", "custom:旧列", "industry")
    app = open_app(folder, lang="en")
    opened(app, "settings", section="analysis")
    rows = [row for row in order_rows(app, "settings-order-dimensions") if row["shown"]]
    assert [row["name"] for row in rows] == ["产品*线", "Grade", "旧列", "Industry"]
    assert [row["warn"] for row in rows] == [False, False, True, False]
    assert "no longer in the data" in rows[2]["note"]
    # every page that cuts offers it where it was put, with the customers it has
    opened(app, "trends", metric="leads", split="custom:产品*线")
    splits = switches_of(page_text(app))["split"]
    assert list(splits.options.values())[1:4] == ["Split: 产品*线", "Split: Grade", "Split: Industry"]
    assert splits.chosen == "custom:产品*线"
    opened(app, "funnel", by="custom:产品*线")
    cuts = switches_of(page_text(app))["by"].options.values()
    assert [name.endswith("产品*线") for name in cuts] == [True, False, False]
    assert "硬件" in page_text(app)
    heatmap = opened(app, "heatmap", rows="custom:产品*线", columns="grade", measure="leads", period="all")
    rows = switches_of(page_text(heatmap))["rows"].options.values()
    assert list(rows) == ["Rows: 产品*线", "Rows: Grade", "Rows: Industry"]
    assert "硬件" in page_text(heatmap)
    assert ">23<" in page_text(heatmap)
    channels = opened(app, "channels", period="all", **{"custom:产品*线": "硬件"})
    assert re.search(r"\b23\b", page_text(channels))


def test_an_own_column_that_is_not_ticked_leaves_the_filter_bar(open_app, own_columns, tmp_path, bar_of):
    folder = tmp_path / "unticked"
    shutil.copytree(own_columns, folder)
    ticked(folder, "industry", "grade")
    assert "产品*线" not in titles(bar_of(open_app(folder, lang="zh").run()))


def test_a_column_not_known_on_the_date_compared_with_is_said_and_the_rest_shown(open_page, tmp_path):
    folder = tmp_path / "later-column"
    with open_workspace(folder) as workspace:
        for day, header in ((date(2026, 11, 1), HEADER.replace("产品*线,", "")), (D, HEADER)):
            lines = [
                f"C{i:03d},*司,制造业,官网,2026-10-2{i},商机,李,A,{'云,' if '产品' in header else ''}n{i}\n"
                for i in range(9)
            ]
            content = (header + "".join(lines)).encode()
            file = UploadedFile(f"leads_{day}.csv", content, hashlib.sha256(content).hexdigest())
            workspace.load(process([file], DEFAULT_SETTINGS, as_of=day), day, who="test", accept_errors=True)
    _, said = open_page("funnel", folder, lang="en", period="all", against="2026-11-01", **{"custom:产品*线": "云"})
    assert "“产品*线” was not known yet" in said
    assert 'class="sa-funnel"' in said
    _, plain = open_page("funnel", folder, lang="en", period="all", against="2026-11-01")
    assert "was not known yet" not in plain
    assert "not compared with" in plain
