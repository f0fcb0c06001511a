"""What changed, as a manager looks at it: open, choose the two dates, open a bar's deals, download the list."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import OpenPage, StartServer

pytestmark = pytest.mark.browser


def _choose(page: Page, pill: str, label: str, option: re.Pattern[str]) -> None:
    """Open a pill of the filter bar and choose from its list."""
    page.locator(f".sa-fb-pill[data-id={pill}]").click()
    page.get_by_role("dialog", name=label).get_by_role("button", name=option).first.click()
    page.keyboard.press("Escape")


def _ends(page: Page) -> list[str]:
    return [name.strip()[:5] for name in page.locator(".sa-bar-names > div > b").all_inner_texts()]


def test_two_dates_are_chosen_once_and_a_bar_opens_its_deals(
    start_server: StartServer, open_page: OpenPage, small_workspace: Path, tmp_path: Path
) -> None:
    page = open_page(f"{start_server(own=small_workspace).url}/changes?lang=zh")
    expect(page.locator(".sa-bar-names")).to_be_visible(timeout=60_000)
    at_rest(page)
    first, last = _ends(page)
    assert first < last

    _choose(page, "against", "与哪一天对比", re.compile("一个月前"))
    expect(page.locator(".sa-bar-names > div > b").first).not_to_contain_text(first)
    at_rest(page)
    assert _ends(page)[1] == last
    assert _ends(page)[0] < first
    assert parse_qs(urlsplit(page.url).query)["against"] == ["month"]
    expect(page.locator(".sa-fb-pill[data-id=against]")).to_contain_text("还原")

    page.locator(".sa-bar-names a.sa-open").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("table.sa-table tbody tr").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    with page.expect_download() as downloading:
        page.locator(".st-key-changes-xlsx button").click()
    saved = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(saved)
    rows = CalamineWorkbook.from_path(str(saved)).get_sheet_by_index(1).to_python()
    assert len(rows) > 1

    # the bar above was not drawn again with the choice: its links still carry the view as it is now
    overview = page.locator(".sa-nav").get_by_text("概览", exact=True)
    overview.focus()
    assert parse_qs(urlsplit(overview.get_attribute("href") or "").query)["against"] == ["month"]
    overview.click()
    expect(page.locator(".sa-dates")).to_contain_text("对比", timeout=30_000)
    at_rest(page)
    sound(page)
    assert parse_qs(urlsplit(page.url).query)["against"] == ["month"]
