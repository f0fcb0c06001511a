"""Settings typed at any speed: no number is lost, whatever the server is busy with; and a reload keeps what is not saved yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import OpenPage, StartServer

pytestmark = pytest.mark.browser
MADE = (
    "Amount at risk, New leads, Collection rate, Sales, Target attainment, Closed win rate, Median sales cycle, Leads"
)


def _place(page: Page, metric: str, place: str) -> None:
    page.get_by_label(f"No.: {metric}", exact=True).click()
    page.keyboard.type(place)
    page.keyboard.press("Enter")


def test_places_typed_faster_than_the_server_answers_are_all_kept(
    start_server: StartServer, open_page: OpenPage, small_workspace: Path
) -> None:
    """Streamlit's own editor was replaced by each answer, and with it went what had been typed meanwhile."""
    server = start_server(own=small_workspace)
    for pause in (0, 300):
        page = open_page(f"{server.url}/settings?lang=en&section=analysis", lang="en", height=1100)
        expect(page.get_by_label("No.: Amount at risk", exact=True)).to_be_visible(timeout=60_000)
        at_rest(page)
        _place(page, "Amount at risk", "1")
        page.wait_for_timeout(pause)
        _place(page, "Collection rate", "3")
        page.wait_for_timeout(pause)
        page.get_by_label("Shown: Leads", exact=True).click()
        page.wait_for_timeout(pause)
        page.get_by_label("Target: Closed win rate", exact=True).fill("35%")
        page.keyboard.press("Tab")
        preview = page.locator(".st-key-panel-settings-preview")
        expect(preview).to_contain_text(MADE)
        expect(preview).to_contain_text("target 35.0%")
        at_rest(page)
        # the table shows what is proposed, and goes on from there
        expect(page.get_by_label("No.: Collection rate", exact=True)).to_have_value("3")
        page.get_by_label("Down: Collection rate", exact=True).click()
        expect(preview).to_contain_text("Amount at risk, New leads, Sales, Collection rate")
        page.reload()
        expect(preview).to_contain_text("Unsaved draft of", timeout=60_000)
        expect(page.get_by_label("No.: Collection rate", exact=True)).to_have_value("4")
        page.get_by_role("button", name="Discard").click()
        expect(preview).to_contain_text("Nothing to save")
        expect(page.get_by_label("No.: Amount at risk", exact=True)).to_have_value("7")
        sound(page)
