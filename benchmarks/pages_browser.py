"""Filter change to stable page in Chromium at 100,000 leads, every page, beside the floor of the same run: ``python -m benchmarks.pages_browser``.

The floor is an empty Streamlit page served the same way, plus the SQL of the page's change run bare over the same states in the same process.
*Cold*: a selection nobody asked for yet; *warm*: one the server remembers. Times are read in the page: from the click on a value of the filter bar to the
last change of the DOM, when the script has ended and neither the DOM nor the server has stirred for 300 ms. ``--pages overview,trends --changes 20 --leads 100000``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks._measure import ROOT, table
from benchmarks._weeks import workspace_folder
from salesanalytics.ui.sections import HOME, SECTIONS
from tools.get_browser import installed

MOST_OVERVIEW, MOST_OTHERS, MOST_FIRST_LOAD, MOST_COLD_START = 4.0, 3.0, 1.6, 3.0
"""times the floor; seconds"""
QUIET = 10
"""half seconds"""
PILL = ".st-key-filter-industry button, .sa-fb-pill[data-id=industry]"
PILLS = "[data-testid=stPopoverBody] [data-testid=stButtonGroup] button, .sa-fb-body:popover-open button[aria-pressed]"
"""the filter, on the empty page and on ours; its own values: pages have button groups besides, and a click on the chosen one of these changes nothing"""
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
WATCH = """(() => {
  window.__last = 0; window.__heard = 0; window.__clicked = 0;
  new MutationObserver(() => { window.__last = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  document.addEventListener('click', () => { window.__clicked = performance.now(); }, true);
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...words) {
      super(...words);
      this.addEventListener('message', () => { window.__heard = performance.now(); });
    }
  };
})()"""
STABLE = """() => new Promise((done, failed) => {
  const start = performance.now();
  const look = () => {
    const app = document.querySelector('[data-testid=stApp]');
    const rests = app && app.getAttribute('data-test-script-state') === 'notRunning';
    const quiet = performance.now() - Math.max(window.__last, window.__heard) > 300;
    if (rests && quiet && window.__heard > window.__clicked) done(window.__last - window.__clicked);
    else if (performance.now() - start > 120000) failed('never at rest');
    else setTimeout(look, 20);
  };
  look();
})"""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each change, and the milliseconds of their SQL run bare."""

    page: str
    cold: tuple[float, ...]
    warm: tuple[float, ...]
    bare: tuple[float, ...] = ()
    queries: int = 0


class Server:
    """A server of ours in a process of its own, and the words it obeys."""

    def __init__(self, kind: str, workspace: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.started = time.perf_counter()
        environment = os.environ | {"SALESANALYTICS_SAMPLE_WORKSPACE": str(workspace.parent / "sample")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks._watched_server", kind, str(self.port), str(workspace)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def say(self, word: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def wait(self) -> None:
        while socket.socket().connect_ex(("127.0.0.1", self.port)):
            time.sleep(0.01)

    def settle(self) -> None:
        """Wait until nothing is done in the background any more: five seconds, in each half second of which less than 0.1 s of CPU was used. What is prepared for
        looking back rests between two dates, so one such half second is not the end of it.
        """
        stat, tick = Path(f"/proc/{self.process.pid}/stat"), os.sysconf("SC_CLK_TCK")

        def used() -> float:
            return sum(int(field) for field in stat.read_text().rpartition(")")[2].split()[11:13]) / tick

        before, quiet = used(), 0
        for _ in range(300):
            time.sleep(0.5)
            now = used()
            quiet = quiet + 1 if now - before < 0.1 else 0
            if quiet == QUIET:
                return
            before = now


@contextmanager
def served(kind: str, workspace: Path) -> Iterator[Server]:
    server = Server(kind, workspace)
    try:
        server.wait()
        yield server
    finally:
        server.process.terminate()
        server.process.wait(20)


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    page.set_default_timeout(90_000)
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_selector(f"{PILL}, .st-key-topbar")
    page.wait_for_selector(AT_REST)
    page.wait_for_timeout(500)
    page.wait_for_selector(AT_REST)
    return page


def walk(count: int, values: int = 5) -> list[int]:
    """Return which value to click each time so that no selection comes twice: the changed bit of a Gray code."""
    return [(step & -step).bit_length() - 1 for step in range(1, min(count, 2**values - 1) + 1)]


def changes(page: Page, places: Sequence[int], server: Server | None = None) -> tuple[list[float], list[float], int]:
    """Click the values at ``places`` one after another; return the milliseconds to the stable page and of the SQL run bare."""
    took, bare, queries = [], [], 0
    for place in places:
        if server:
            server.say("begin")
        page.locator(PILLS).nth(place).click()
        took.append(float(page.evaluate(STABLE)))
        if server:
            found = server.say("bare")
            bare.append(found["seconds"] * 1000)
            queries = max(queries, found["queries"])
    return took, bare, queries


def measured(browser: Browser, server: Server, name: str, path: str, count: int, *, bare: bool = True) -> Timing | None:
    """Measure one page; None where it has no filter bar."""
    page = opened(browser, f"{server.url}{path}")
    popover = page.locator(PILL).first
    if not popover.count():
        page.context.close()
        return None
    server.say("forget")
    server.settle()
    popover.click()
    page.locator(PILLS).first.wait_for()
    places = walk(count)
    cold, alone, queries = changes(page, places, server if bare else None)
    warm, _, _ = changes(page, list(reversed(places[1:])))
    page.context.close()
    print(f"{name}: cold {statistics.median(cold):.0f} ms, warm {statistics.median(warm):.0f} ms", flush=True)
    return Timing(name, tuple(cold), tuple(warm), tuple(alone), queries)


def first_load(browser: Browser, url: str) -> float:
    """Return the seconds from opening Overview in a fresh browser context to its last DOM change."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="commit")
    page.locator(".st-key-panel-ranking").wait_for()
    took = float(page.evaluate(STABLE)) / 1000
    context.close()
    return took


def cold_start(browser: Browser, workspace: Path) -> float:
    """Return the seconds from starting the process to Overview's last DOM change."""
    server = Server("app", workspace)
    try:
        server.wait()
        listening = time.perf_counter() - server.started
        print(f"process start to listening: {listening:.2f} s")
        return listening + first_load(browser, server.url)
    finally:
        server.process.terminate()
        server.process.wait(20)


def p95(found: Sequence[float]) -> float:
    return statistics.quantiles(found, n=20)[-1] if len(found) > 1 else found[0]


def verdict(name: str, found: float, bound: float, unit: str) -> bool:
    print(f"{'PASS' if found <= bound else 'FAIL'}  {name}: {found:.2f}{unit} (bound {bound:g}{unit})", flush=True)
    return found <= bound


def report(empty: Timing, timings: Sequence[Timing]) -> bool:
    """Print the table and the verdicts."""
    floor = statistics.median(empty.cold)
    rows, verdicts = [], []
    for one in (empty, *timings):
        bare = statistics.median(one.bare) if one.bare else 0.0
        under, took = floor + bare, statistics.median(one.cold)
        own = (took, p95(one.cold), statistics.median(one.warm), p95(one.warm))
        rows.append([one.page, *own, one.queries, bare, under, took / under])
        if one is not empty:
            bound = MOST_OVERVIEW if one.page == HOME.name else MOST_OTHERS
            verdicts.append((f"{one.page} ÷ floor", took / under, bound, "x"))
    headers = ("page (ms)", "cold", "p95", "warm", "p95", "queries", "bare SQL", "floor", "cold ÷ floor")
    table(headers, rows)
    judged = [verdict(*one) for one in verdicts]  # every one is printed
    return all(judged)


def main(pages: str, count: int, leads: int, starts: int) -> bool:
    """Measure and print; whether all passes."""
    folder = Path(tempfile.mkdtemp(prefix="pages-browser-"))
    try:
        workspace = folder / "ws"
        shutil.copytree(workspace_folder(leads, leads * 3), workspace)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
            wanted = pages.split(",") if pages else [section.name for section in SECTIONS]
            with served("empty", workspace) as server:
                empty = measured(browser, server, "(empty)", "/", count, bare=False)
            with served("app", workspace) as server:
                start = time.perf_counter()
                opened(browser, server.url).context.close()
                print(f"very first visit, nothing prepared: {time.perf_counter() - start:.2f} s", flush=True)
                server.settle()
                print(f"prepared in the background after {time.perf_counter() - start:.0f} s", flush=True)
                loads = [first_load(browser, server.url) for _ in range(starts)] if starts else []
                print(f"first loads: {', '.join(f'{load:.2f} s' for load in loads)}", flush=True)
                paths = {name: "/" if name == HOME.name else f"/{name}" for name in wanted}
                found = [measured(browser, server, name, path, count) for name, path in paths.items()]
            colds = [cold_start(browser, workspace) for _ in range(starts)] if starts else []
            browser.close()
        assert empty
        passed = report(empty, [one for one in found if one])
        if starts:
            passed &= verdict("first load of Overview, fresh browser", statistics.median(loads), MOST_FIRST_LOAD, " s")
            passed &= verdict("cold start to drawn", statistics.median(colds), MOST_COLD_START, " s")
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        return passed
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--pages", default="", help="names, comma-separated; none: all")
    asked.add_argument("--changes", type=int, default=16, dest="count")
    asked.add_argument("--leads", type=int, default=100_000)
    asked.add_argument("--starts", type=int, default=3)
    sys.exit(0 if main(**vars(asked.parse_args())) else 1)
