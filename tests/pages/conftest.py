"""Pages are driven through app.py, as a visitor reaches them, on workspaces of their own."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test
from streamlit.util import calc_hash

from salesanalytics.access import EVERYONE
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.sample.generate import generate
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui import data as ui_data
from salesanalytics.ui import frame as ui_frame
from salesanalytics.ui import sample as ui_sample
from salesanalytics.ui.data import Desk, Source, effective_imports
from salesanalytics.ui.filter_bar import filter_bar
from salesanalytics.ui.sections import HOME, SECTIONS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def small_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three weekly exports of a small company."""
    folder = tmp_path_factory.mktemp("exports")
    generate(folder, leads=150, weeks=3)
    return folder


@pytest.fixture(scope="session")
def full_workspace(small_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with those exports loaded, closed again. Only for reading."""
    folder = tmp_path_factory.mktemp("full") / "workspace"
    with open_workspace(folder) as workspace:
        for path in sorted(small_exports.glob("*.xlsx")):
            content = path.read_bytes()
            file = UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())
            as_of = date.fromisoformat(path.name[:10])
            workspace.load(process([file], DEFAULT_SETTINGS, as_of=as_of), as_of, who="test", accept_errors=True)
    return folder


@pytest.fixture(scope="session")
def desk(full_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """What a page of that workspace asks, without the page. Only for reading."""
    st.cache_data.clear()
    folder = tmp_path_factory.mktemp("numbers") / "workspace"
    shutil.copytree(full_workspace, folder)  # the app of an earlier test may still hold the first
    with open_workspace(folder, DEFAULT_SETTINGS) as workspace:
        imports = tuple(effective_imports(workspace))
        source = Source(workspace, False, workspace.version(), imports, workspace.version())
        yield Desk(source, imports[0].as_of, EVERYONE, DEFAULT_SETTINGS)
    st.cache_data.clear()


class ServedPagesManager(PagesManager):
    """What ``serve`` starts: AppTest would fall back to Streamlit's old pages/ layout, where a page runs without app.py."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        PagesManager.uses_pages_directory = False
        super().__init__(*args, **kwargs)


def pages_by_hash() -> dict[str, dict[str, str]]:
    """The pages as ``st.navigation`` registers them, so that ``switch_page`` also reaches one that is opened by its link, before any other."""
    return {
        calc_hash(section.name): {
            "script_path": str(ROOT / section.file),
            "url_pathname": "" if section == HOME else section.name,
        }
        for section in SECTIONS
    }


@pytest.fixture
def open_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return a function that opens the app: ``own`` the user's workspace (default: an empty one), ``exports`` the sample's files."""
    st.cache_data.clear()  # all AppTests share one session id

    def opened(
        own: Path | None = None, exports: Path | None = None, sample: Path | None = None, **params: str
    ) -> AppTest:
        monkeypatch.setenv(ui_data.WORKSPACE_VARIABLE, str(own or tmp_path / "own"))
        monkeypatch.setenv(ui_data.SAMPLE_VARIABLE, str(sample or tmp_path / "sample"))
        monkeypatch.setattr(ui_sample, "SAMPLE_DATA", exports or tmp_path / "no-exports")
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app._registered_pages = pages_by_hash()
        for name, value in params.items():
            app.query_params[name] = value
        return app

    monkeypatch.setattr(app_test, "PagesManager", ServedPagesManager)
    # as ``serve`` has it: each AppTest would read the metadata of every installed package, a quarter of a second of each test
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", lambda *_: [])
    monkeypatch.chdir(ROOT)
    return opened


@pytest.fixture
def page_text() -> Callable[[AppTest], str]:
    """Return a function that gives all markup and text a page put out."""

    def everything(app: AppTest) -> str:
        found: list[str] = []

        def walk(node: Any) -> None:
            for child in getattr(node, "children", {}).values():
                walk(child)
            proto = getattr(node, "proto", None)
            body = getattr(proto, "body", "") or getattr(getattr(proto, "html", None), "body", "")
            if isinstance(body, str):
                found.append(re.sub(r'<span class="sa-whole">(.*?)</span>', r"\1", body))

        walk(app._tree)
        return "\n".join(found)

    return everything


@pytest.fixture
def order_rows() -> Callable[[AppTest, str], list[dict[str, Any]]]:
    """Return a function that gives the rows of a table to order (``ui.settings.analysis.order_table``), which the browser draws."""

    def rows(app: AppTest, key: str) -> list[dict[str, Any]]:
        tables = [table.proto for table in app.get("bidi_component") if table.proto.id.endswith(f"-{key}")]
        return list(json.loads(tables[0].json)[0]["rows"])

    return rows


@pytest.fixture
def bar_of() -> Callable[[AppTest], dict[str, Any]]:
    """Return a function that gives what the filter bar was told to draw (``ui.filter_bar``), its pills by id: the browser draws it."""

    def bar(app: AppTest) -> dict[str, Any]:
        told = next(one.proto for one in app.get("bidi_component") if one.proto.id.endswith("-filter-bar"))
        (data,) = json.loads(told.json)
        return {**data, "pills": {pill["id"]: pill for pill in data["pills"]}}

    return bar


@dataclass(frozen=True)
class Drawn:
    """A switch as drawn (``ui.choices``): id → words, in their order, and the id that is chosen."""

    options: dict[str, str]
    chosen: str


@pytest.fixture
def switches_of() -> Callable[[str], dict[str, Drawn]]:
    """Return a function that gives the switches in a page's markup by their URL parameter."""

    def drawn(markup: str) -> dict[str, Drawn]:
        found = {}
        for of, body in re.findall(r'data-choice="([^"]+)"[^>]*>(.*?)</(?:div|select)>', markup, re.S):
            options = re.findall(r'<(?:button|option)[^>]*? value="([^"]*)"([^>]*)>([^<]*)<', body)
            (chosen,) = [name for name, given, _ in options if "selected" in given or 'aria-pressed="true"' in given]
            found[of] = Drawn({unescape(name): unescape(words) for name, _, words in options}, unescape(chosen))
        return found

    return drawn


@pytest.fixture
def choose() -> Callable[[AppTest, str, str], None]:
    """Return a function that chooses on a switch: the browser tells it (``ui.clicks``), which AppTest cannot, and the URL has it."""

    def chosen(app: AppTest, of: str, value: str) -> None:
        app.query_params[of] = value
        app.run()
        assert not app.exception

    return chosen


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function after which a page is drawn as when the number with this id was clicked."""

    def clicked(number: str) -> None:
        def drawn(*args: Any, **more: Any) -> str:
            filter_bar(*args, **more)
            return number

        monkeypatch.setattr(ui_frame, "filter_bar", drawn)

    return clicked


@pytest.fixture
def open_page(
    open_app: Callable[..., AppTest], full_workspace: Path, page_text: Callable[[AppTest], str]
) -> Callable[..., tuple[AppTest, str]]:
    """Return a function that opens a page by name ("" = the Overview) on a workspace by its link: with choices as in its address, in Chinese unless ``lang`` says else; it gives the app and its markup."""

    def opened(page: str, own: Path | None = None, **params: str) -> tuple[AppTest, str]:
        app = open_app(own or full_workspace, **{"lang": "zh", **params})
        if page not in ("", HOME.name):
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == []
        return app, page_text(app)

    return opened
