"""A large upload given up while it is being worked out: the processes end, the upload step is back, nothing was loaded."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from benchmarks._big_file import AS_OF, write_csv
from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import OpenPage, StartServer

pytestmark = pytest.mark.browser
ROWS = 60_000


def _at_work(server: int) -> list[list[str]]:
    """The command lines of the server's intake processes."""
    found = []
    for child in psutil.Process(server).children(recursive=True):
        with contextlib.suppress(psutil.Error):  # ended while we look
            words = child.cmdline()
            if "intake" in " ".join(words):
                found.append(words)
    return found


def test_cancelled_while_it_is_worked_out(
    start_server: StartServer, open_page: OpenPage, tmp_path: Path, small_workspace: Path
) -> None:
    file = tmp_path / f"{AS_OF} leads.csv"
    write_csv(file, ROWS)
    server = start_server(own=small_workspace)  # data of their own: no sample is being read meanwhile
    page = open_page(f"{server.url}/data?lang=zh")
    at_rest(page)
    page.locator("input[type=file]").set_input_files(file)
    cancel = page.locator(".st-key-data-cancel button")
    cancel.click()
    expect(page.locator(".st-key-panel-data-upload")).to_be_visible()
    expect(page.locator("body")).to_contain_text("已取消")
    at_rest(page)
    sound(page)
    expect(cancel).to_have_count(0)
    expect(page.locator(".st-key-data-load")).to_have_count(0)
    assert "draft=" not in page.url
    until = time.monotonic() + 15  # it is ended between two pieces of its answer
    while working := _at_work(server._process.pid):
        assert time.monotonic() < until, working
        time.sleep(0.1)
    page.reload()
    at_rest(page)
    expect(page.locator(".st-key-panel-data-upload")).to_be_visible()
    expect(page.locator(".st-key-data-unfinished")).to_have_count(0)
