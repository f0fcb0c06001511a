"""Columns of the user's own in the filter bar, on a page and in a link."""

import hashlib
import re
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


def captions(app) -> list[str]:
    return [caption.value for caption in app.caption]


def test_the_filter_bar_offers_the_users_own_columns_by_their_headers(open_app, own_columns):
    app = open_app(own_columns, lang="zh").run()
    assert not app.exception
    assert r"产品\*线" in captions(app)
    assert "客户等级" in captions(app)
    # a value of its own for everyone makes no group
    assert "手机备注" not in captions(app)


def test_a_choice_is_kept_in_the_link_and_filters_the_page(open_app, own_columns, page_text):
    app = open_app(own_columns, lang="zh", period="all").run()
    assert re.search(
        r"新增线索.{0,400}?\b197\b", page_text(app), re.DOTALL
    )  # in the week of D, all 230 but those of Sunday before
    app.button_group(key="filter-custom:产品*线-values").set_value(["硬件"]).run()
    assert not app.exception
    assert app.query_params["custom:产品*线"] in ("硬件", ["硬件"])
    again = open_app(own_columns, lang="zh", period="all", **{"custom:产品*线": "硬件"}).run()
    assert not again.exception
    for shown in (app, again):
        assert re.search(r"新增线索.{0,400}?\b19\b", page_text(shown), re.DOTALL)


def test_a_link_naming_a_column_that_is_gone_still_opens(open_app, own_columns):
    app = open_app(own_columns, lang="en", **{"custom:gone": "x"}).run()
    assert not app.exception
    assert [error.value for error in app.error] == []
