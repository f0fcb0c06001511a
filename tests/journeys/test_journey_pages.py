"""Every page, reached directly, by link and in the other language: always in its frame, and never by way of the net."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from salesanalytics.ui.sections import SECTIONS
from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import ROOT, OpenPage, StartServer

pytestmark = pytest.mark.browser
PAGES = [section.name for section in SECTIONS if (ROOT / section.file).exists()]
FIRST = ("alerts", "glossary")
"""One page with figures and one without. The other journeys' fresh servers show first: overview, trends, changes, data, settings; the imports of each page alone are held by tests/pages/test_first_page.py."""


def in_its_frame(page: Page) -> None:
    """At rest in the frame, with its own entry of the navigation marked."""
    expect(page.locator(".st-key-topbar")).to_be_visible(timeout=60_000)
    at_rest(page)
    sound(page)
    expect(page.locator(".sa-nav [aria-current]")).not_to_have_count(0)


@pytest.mark.parametrize("name", FIRST)
def test_a_fresh_server_deep_linked(
    name: str, start_server: StartServer, open_page: OpenPage, small_workspace: Path
) -> None:
    """Before the first st.navigation of a process Streamlit could run a file of pages/ without app.py: no frame, no sign-in."""
    in_its_frame(open_page(f"{start_server(own=small_workspace).url}/{name}?lang=zh"))


def test_no_request_leaves_the_machine(start_server: StartServer, open_page: OpenPage, small_workspace: Path) -> None:
    server = start_server(own=small_workspace)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page = open_page("about:blank")
    page.on("request", note)
    page.on("websocket", lambda socket: asked.append(socket.url))
    for name in PAGES:
        page.goto(f"{server.url}/{name}?lang=zh")
        in_its_frame(page)
    hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme in ("http", "https", "ws", "wss")}
    assert hosts == {"127.0.0.1"}
    assert any(url.startswith("ws://") for url in asked)


def _params(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_language_and_theme_keep_the_view(
    start_server: StartServer, open_page: OpenPage, small_workspace: Path
) -> None:
    """The filters stay in the address, and on the page, whatever else is switched."""
    server = start_server(own=small_workspace)
    page = open_page(f"{server.url}/overview?lang=zh&period=month&team=%E5%8D%8E%E4%B8%9C%E5%9B%A2%E9%98%9F")
    expect(page.locator(".st-key-filterbar")).to_be_visible(timeout=60_000)
    at_rest(page)
    before = _params(page)
    assert before["period"] == ["month"]

    page.locator("button[data-language=en]").click()
    expect(page.locator(".sa-brand")).to_have_text("Sales analytics")
    at_rest(page)
    assert _params(page) == before | {"lang": ["en"]}

    # the system's colours are followed while a page is open, by our parts as by Streamlit's
    for scheme, colour in (("dark", "rgb(22, 30, 45)"), ("light", "rgb(255, 255, 255)")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("[class*=st-key-card-]").first).to_have_css("background-color", colour)
    at_rest(page)

    page.locator("button[data-theme]").first.click()
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(14, 20, 32)")
    expect(page.locator(".st-key-filterbar")).to_be_visible(timeout=60_000)
    at_rest(page)
    assert _params(page) == before | {"lang": ["en"]}
    sound(page)
