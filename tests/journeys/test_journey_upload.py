"""The main job in a browser: upload the four templates, correct a duplicate and a missing stage, load, see the figures change."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from salesanalytics.i18n import Lang, text
from salesanalytics.stages import DEFAULT_STAGES
from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import OpenPage, StartServer
from tests.journeys.filled_templates import NEW_LEADS, filled_templates

pytestmark = pytest.mark.browser


def _card(page: Page, key: str) -> str:
    value = page.locator(f".st-key-card-{key} .sa-card-value")
    expect(value).to_be_visible()
    return value.inner_text()


def _upload(page: Page, folder: Path, lang: Lang) -> None:
    page.locator("input[type=file]").set_input_files(filled_templates(folder, lang))
    expect(page.locator(".st-key-panel-data-issues")).to_be_visible()
    at_rest(page)


def _group(page: Page, kind: str, lang: Lang) -> None:
    page.locator(f"[class*='st-key-data-group-{kind}-'] button").click()
    expect(page.locator(f"[class*='st-key-issue-here-{kind}-']")).to_be_visible()
    at_rest(page)


def _choose(page: Page, option: str) -> None:
    page.locator(".st-key-data-fix-all [data-testid=stSelectbox] input").click()
    page.get_by_role("option", name=option, exact=True).click()
    at_rest(page)


def test_upload_correct_load_and_see(
    start_server: StartServer, open_page: OpenPage, tmp_path: Path, sample_workspace: Path
) -> None:
    server = start_server(sample=sample_workspace)
    page = open_page(f"{server.url}/overview?lang=zh")
    of_sample = _card(page, "new_leads")
    expect(page.locator(".st-key-sample-banner")).to_be_visible()

    page.goto(f"{server.url}/data?lang=zh")
    _upload(page, tmp_path, "zh")
    sound(page)
    expect(page.locator(".st-key-panel-data-impact")).to_contain_text("3 行进隔离区")

    page.reload()  # nothing is lost
    expect(page.locator(".st-key-panel-data-issues")).to_be_visible()

    _group(page, "empty-stage", "zh")
    _choose(page, "商机")
    expect(page.locator(".sa-issue-rows td.new")).to_have_text("商机")
    page.locator(".st-key-data-set-all button").click()
    expect(page.locator("[class*='st-key-data-done-']")).to_have_count(1)
    expect(page.locator("[class*='st-key-issue-'][class*='empty-stage']")).to_have_count(0)

    _group(page, "duplicate-conflicting", "zh")
    expect(page.locator(".sa-issue-rows td.new")).to_have_text(["不导入", "保留"])
    page.locator(".st-key-data-keep-apply button").click()
    expect(page.locator("[class*='st-key-data-done-']")).to_have_count(2)
    expect(page.locator(".sa-issue-head.sa-bad")).to_have_count(0)
    at_rest(page)

    page.locator(".st-key-data-to-preview button").click()
    expect(page.locator(".st-key-panel-data-preview")).to_contain_text("新增 14")  # 5 + 4 + 3 + 2 rows
    expect(page.locator(".st-key-panel-data-impact")).to_contain_text("✓ 平")
    at_rest(page)
    page.locator(".st-key-data-load button").click()
    expect(page.locator(".st-key-panel-data-result")).to_contain_text("已载入")
    expect(page.locator(".st-key-panel-data-history")).to_contain_text("2026-11-15")
    sound(page)

    page.locator(".st-key-panel-data-result a").click()
    expect(page.locator(".st-key-card-new_leads .sa-card-value")).to_have_text(str(NEW_LEADS))
    assert of_sample != str(NEW_LEADS)
    assert _card(page, "sales_amount") == "¥12.0万"
    expect(page.locator(".st-key-sample-banner")).to_have_count(0)
    sound(page)


def test_upload_and_take_the_suggestions_in_english(
    start_server: StartServer, open_page: OpenPage, tmp_path: Path, small_workspace: Path
) -> None:
    server = start_server(own=small_workspace)
    page = open_page(f"{server.url}/data?lang=en", lang="en")
    _upload(page, tmp_path, "en")
    _group(page, "empty-stage", "en")
    _choose(page, DEFAULT_STAGES.get("opportunity").name("en"))
    page.locator(".st-key-data-set-all button").click()
    expect(page.locator("[class*='st-key-data-done-']")).to_have_count(1)
    expect(page.get_by_role("button", name=text("data_page.use_and_preview", "en"))).to_be_visible()
    at_rest(page)
    page.get_by_role("button", name=text("data_page.use_and_preview", "en")).click()
    expect(page.locator(".st-key-panel-data-preview")).to_contain_text("14 new")
    at_rest(page)
    page.locator(".st-key-data-load button").click()
    expect(page.locator(".st-key-panel-data-result")).to_contain_text("Loaded")

    # the same files again change nothing, and the page says so
    page.locator("input[type=file]").set_input_files(filled_templates(tmp_path, "en"))
    expect(page.locator(".st-key-panel-data-issues")).to_be_visible()
    sound(page)

    page.goto(f"{server.url}/overview?lang=en")
    assert _card(page, "new_leads") == str(NEW_LEADS)
    sound(page)
