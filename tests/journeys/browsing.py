"""What every journey does: wait until the app is at rest, and see that nothing broke."""

from __future__ import annotations

from playwright.sync_api import Page, expect

AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"


def at_rest(page: Page) -> None:
    """Wait until the script has run. Assert changed content first: before a click reaches the server it is at rest too."""
    page.wait_for_selector(AT_REST, timeout=90_000)


def sound(page: Page) -> None:
    """The page stands in its frame, and shows neither a traceback nor an apology."""
    expect(page.locator(".sa-brand")).to_be_visible()
    assert page.locator("[data-testid=stException]").count() == 0
    text = page.inner_text("body")
    assert "Traceback" not in text
    assert "抱歉，出了点问题" not in text
    assert "Sorry, something went wrong" not in text
