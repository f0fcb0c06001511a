"""The customer page: the story, the search, hidden contact data, and its empty states."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.data import own_workspace
from tests.oracle.loaded import load_uploads
from tests.oracle.uploads import Upload


def _lead(customer: str, name: str, stage: str, **more):
    return {
        "customer_id": customer,
        "customer_name": name,
        "stage": stage,
        "owner": "王芳",
        "first_contact_on": date(2026, 10, 1),
        **more,
    }


@pytest.fixture
def told(tmp_path):
    """Two customers over two weeks, one of whom goes missing."""
    call = {
        "followup_id": "F1",
        "customer_id": "01",
        "followed_up_at": datetime(2026, 10, 6, 9),
        "summary": "电话13812345678，<b>聊过</b>",
        "stage_after": "prospect",
    }
    first = [
        _lead("01", "甲公司", "lead", expected_amount=50_000.0, contact_phone="13812345678"),
        _lead("02", "乙公司", "lead"),
    ]
    second = [_lead("01", "甲公司", "quote", expected_amount=80_000.0, contact_phone="13812345678")]
    uploads = [
        Upload(date(2026, 10, 4), "full", {"leads": first}),
        Upload(date(2026, 10, 11), "full", {"leads": second, "followups": [call]}),
    ]
    with open_workspace(tmp_path / "own") as workspace:
        load_uploads(workspace, uploads)
    return tmp_path / "own"


@pytest.fixture
def shown(open_page, told):
    return lambda **params: open_page("customer", told, **params)[0]


def test_the_whole_story(shown, page_text) -> None:
    page = page_text(shown(customer="01"))
    for words in ("甲公司", "当前在报价阶段，进入日期未知", "跳过，至迟 10-11", "2026-10-06 09:00", "预计金额从 ¥5.0万 升到 ¥8.0万", "线索</span> → <b>报价"):  # fmt: skip
        assert words in page
    assert "&lt;b&gt;聊过" in page  # what a user typed stays text
    english = page_text(shown(lang="en", customer="01"))
    assert "Now in Quote, since an unknown day" in english
    assert "Skipped, by 10-11" in english


def test_contact_data_are_hidden_until_asked_for_and_that_is_on_record(shown, page_text) -> None:
    app = shown(customer="01")
    assert "13812345678" not in page_text(app)
    assert "138****5678" in page_text(app)
    app.button(key="customer-contacts").click().run()
    assert "13812345678" in page_text(app)
    assert [(entry.action, entry.detail) for entry in own_workspace().audit_log(1)] == [
        ("contact-data-shown", {"customer_id": "01"})
    ]
    app.button(key="customer-contacts").click().run()
    assert "13812345678" not in page_text(app)


def test_search_by_name_and_number(shown, page_text) -> None:
    app = shown()
    app.text_input(key="customer-search").set_value("公司").run()
    page = page_text(app)
    assert 'data-customer="01"' in page
    assert "已消失" in page  # 02, not in the newest export, is found too
    app.text_input(key="customer-search").set_value("乙").run()
    assert "自 2026-10-11 起不在导出中" in page_text(app)
    app.text_input(key="customer-search").set_value("nobody").run()
    assert "没有客户的名称或编号包含“nobody”。" in page_text(app)


def test_an_unknown_customer_and_an_empty_workspace_are_one_sentence(shown, page_text) -> None:
    page = page_text(shown(customer="<99>"))
    assert "截至 2026-10-11 没有编号为“&lt;99&gt;”的客户" in page
