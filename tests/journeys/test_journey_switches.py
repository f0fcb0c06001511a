"""A page's switches are clicked, typed at and clicked fast: the page shows what was chosen, the address has it, and the keyboard stays where it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import OpenPage, StartServer

pytestmark = pytest.mark.browser


def segment(page: Page, switch: str, value: str) -> Locator:
    return page.locator(f'[data-choice="{switch}"] button[value="{value}"]')


def opened(page: Page) -> None:
    expect(page.locator("[data-choice]").first).to_be_visible(timeout=60_000)
    at_rest(page)


def test_switches_by_mouse_by_keyboard_and_fast(
    start_server: StartServer, open_page: OpenPage, small_workspace: Path
) -> None:
    server = start_server(own=small_workspace)
    page = open_page(f"{server.url}/trends?lang=zh&metric=leads&period=year")
    opened(page)
    segment(page, "grain", "month").click()
    expect(page.locator(".st-key-panel-trend .sa-sub")).to_contain_text("按月")
    page.locator('select[data-choice="split"]').select_option("industry")
    expect(segment(page, "top", "3")).to_be_visible()
    expect(page).to_have_url(re.compile("grain=month.*split=industry|split=industry.*grain=month"))
    # by keyboard: the markup is drawn anew, and who chose stays on what was chosen
    segment(page, "shape", "bar").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-panel-trend .sa-lines .bar").first).to_be_visible()
    at_rest(page)
    expect(segment(page, "shape", "bar")).to_be_focused()
    # faster than the server answers: none of them is lost, and the usual choice leaves the address
    for switch, value in (("grain", "week"), ("shape", "line"), ("top", "3")):
        segment(page, switch, value).click(no_wait_after=True)
    for switch, value in (("grain", "week"), ("shape", "line"), ("top", "3")):
        expect(segment(page, switch, value)).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"top=3"))
    expect(page).not_to_have_url(re.compile(r"grain=|shape="))
    expect(page).to_have_url(re.compile(r"period=year"))
    at_rest(page)
    sound(page)

    # where there is no filter bar
    page.goto(f"{server.url}/settings?lang=zh")
    opened(page)
    segment(page, "section", "analysis").click()
    expect(segment(page, "surface", "cards")).to_be_visible()
    segment(page, "surface", "heatmap").click()
    expect(segment(page, "surface", "heatmap")).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"section=analysis.*surface=heatmap|surface=heatmap.*section=analysis"))
    at_rest(page)
    sound(page)


def test_several_metrics_are_ticked_in_the_picker_one_after_the_other(
    start_server: StartServer, open_page: OpenPage, small_workspace: Path
) -> None:
    """A button with other words is another one to Streamlit: the picker once closed with the first tick."""
    page = open_page(f"{start_server(own=small_workspace).url}/trends?lang=zh&metric=leads")
    opened(page)
    button = page.locator(".st-key-trends-metrics button").first
    button.click()
    for name, n in (("销售额", 2), ("关单赢单率", 3)):
        page.locator("[data-testid=stPopoverBody]").get_by_role("button", name=name, exact=True).click()
        expect(page.locator(".sa-trends-grid > section")).to_have_count(n)
        expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_contain_text("+2")
    at_rest(page)
    sound(page)
