"""A real server on a free port with folders of its own, and a real browser. Without a browser the journeys are skipped, loudly."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.sample.generate import generate
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.sample import SAMPLE_DATA, weekly_exports

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
ONE_LEAD = (
    "客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人\nE1,甲公司,制造业,官网,2026-05-11,线索,王芳\n"
)
expect.set_options(timeout=30_000)


def _installed() -> str | None:
    spec = importlib.util.spec_from_file_location("get_browser", ROOT / "tools" / "get_browser.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.installed()  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _installed()
    if path is None:
        reason = "NO BROWSER: the journeys are not run. Get one with tools/get_browser.py."
        warnings.warn(reason, stacklevel=1)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


class Server:
    """The app served by a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "server.log"
        environment = os.environ | {
            "SALESANALYTICS_WORKSPACE": str(folder / "own"),
            "SALESANALYTICS_SAMPLE_WORKSPACE": str(folder / "sample"),
        }
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "salesanalytics", "serve", "--port", str(port)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> None:
        """Wait until it answers, without visiting a page: the first visitor is the test's."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):  # noqa: S310
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log.read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _fill(folder: Path, weeks: list[tuple[date, list[UploadedFile]]]) -> Path:
    with open_workspace(folder) as workspace:
        for as_of, files in weeks:
            batch = process(files, DEFAULT_SETTINGS, as_of=as_of, known_customers=workspace.known_customers())
            workspace.load(batch, as_of, who="test", accept_errors=True)
    return folder


def _uploaded(paths: list[Path]) -> list[UploadedFile]:
    return [_file(path.name, path.read_bytes()) for path in paths]


def _file(name: str, content: bytes) -> UploadedFile:
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the app takes for its whole sample, built once: the last two exports, and for every date before a single lead; each server gets a copy, since only one process may open a database."""
    weeks = weekly_exports(SAMPLE_DATA)
    earlier = [(as_of, [_file(f"{as_of}.csv", ONE_LEAD.encode())]) for as_of, _ in weeks[:-2]]
    return _fill(
        tmp_path_factory.mktemp("sample") / "workspace",
        earlier + [(as_of, _uploaded(paths)) for as_of, paths in weeks[-2:]],
    )


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's own data: two weeks of a small company."""
    exports = tmp_path_factory.mktemp("exports")
    generate(exports, leads=150, weeks=2)
    weeks = [(as_of, _uploaded(paths)) for as_of, paths in weekly_exports(exports)]
    return _fill(tmp_path_factory.mktemp("small") / "workspace", weeks)


StartServer = Callable[..., Server]


@pytest.fixture
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start servers that nobody has visited, on copies of the given workspaces; they are stopped after the test."""
    started: list[Server] = []

    def start(*, own: Path | None = None, sample: Path | None = None) -> Server:
        folder = tmp_path_factory.mktemp("server")
        for name, filled in (("own", own), ("sample", sample)):
            if filled is not None:
                shutil.copytree(filled, folder / name)
        server = Server(folder)
        started.append(server)
        server.wait()
        return server

    yield start
    for server in started:
        server.stop()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a page in a browser context of its own: nothing is remembered from other tests."""
    contexts = []

    def open_(url: str, *, lang: str = "zh", width: int = 1366, height: int = 900) -> Page:
        locale = "zh-CN" if lang == "zh" else "en-US"
        context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, color_scheme="light")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
