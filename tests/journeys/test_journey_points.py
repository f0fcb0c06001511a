"""Points that open: a click on a drawn point of Trends shows the number it stands for with its rows, one on a cell of the Heatmap its customers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Response, expect

from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import OpenPage, StartServer

pytestmark = pytest.mark.browser

_SHOWN = "(link) => getComputedStyle(link, '::after').content"


def test_points_open_what_they_stand_for(start_server: StartServer, open_page: OpenPage, small_workspace: Path) -> None:
    """One visit by a link: nothing it asks for is missing, the second point of the line opens as what it says, and so does a cell."""
    server = start_server(own=small_workspace)
    page = open_page("about:blank")
    missing: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400:
            missing.append(response.url)

    page.on("response", note)
    page.goto(f"{server.url}/trends?lang=en&metric=new_leads&compare=none&grain=month")
    column = page.locator(".st-key-panel-trend .sa-lines .cols > div").nth(1)
    expect(column).to_be_visible()
    at_rest(page)
    point, bucket = column.locator("a.d"), column.locator("a[href]")
    assert bucket.evaluate(_SHOWN) == "none"
    point.hover()
    assert "New leads" in bucket.evaluate(_SHOWN)
    said = re.search(r"New leads ([\d,]+) · n\s=\s", bucket.get_attribute("aria-label") or "")
    assert said is not None
    point.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".sa-card-value")).to_have_text(said[1])
    expect(dialog).to_contain_text("File · sheet · row")
    expect(dialog).to_contain_text(".xlsx")

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    bucket.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert "New leads" in bucket.evaluate(_SHOWN)
    page.keyboard.press("Enter")
    expect(dialog.locator(".sa-card-value")).to_have_text(said[1])

    page.goto(f"{server.url}/heatmap?lang=en&measure=leads&period=all")
    cell = page.locator("[class*=st-key-heat] [data-open^='cell:']:visible").nth(1)
    expect(cell).to_be_visible()
    at_rest(page)
    named = cell.get_attribute("data-open")
    before = page.locator(".st-key-panel-cell").inner_text()
    cell.click()
    expect(page.locator(".st-key-panel-cell")).not_to_have_text(before)
    assert named is not None
    sound(page)
    assert missing == []
