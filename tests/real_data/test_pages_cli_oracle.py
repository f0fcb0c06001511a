"""For every number on Overview, Funnel, Heatmap and Channels, page = CLI = a second telling from the raw files: on Maven's opportunities and on the sample."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesanalytics.access import View
from salesanalytics.cli import main
from salesanalytics.metrics import Filters
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.oracle import pages
from tests.oracle.book import Book
from tests.oracle.files import maven_upload, sample_upload
from tests.oracle.retold import book_of

ROOT = Path(__file__).parents[2]
HEATMAPS = [
    ("leads", ("industry", "region")),
    ("open_amount", ("owner", "tier")),
    ("sales_amount", ("region", "team")),
    ("closed_win_rate", ("industry", "owner")),
]


_SAID: dict[tuple[Path, tuple[str, ...]], Any] = {}
"""What the CLI said to the same words: each call opens the workspace anew."""


@dataclass(frozen=True)
class Imported:
    """A workspace imported by the CLI, a copy of it for the CLI to ask while the page has the other open, and the oracle's book of the same files."""

    folder: Path
    copy: Path
    book: Book
    period: Filters


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """The last two weekly exports of the committed sample."""
    folder = tmp_path_factory.mktemp("sample-cli") / "workspace"
    files = sorted((ROOT / "sample_data").glob("*.xlsx"))[-2:]
    for path in files:
        assert main(
            ["import", str(path), "--workspace", str(folder), "--as-of", path.name[:10], "--quarantine-bad-rows"]
        ) in (0, 1)
    uploads = [sample_upload(path) for path in files]
    return Imported(
        folder, _copied(folder), book_of(uploads, uploads[-1].as_of), Filters((), date(2026, 10, 1), date(2026, 11, 8))
    )


@pytest.fixture(scope="module")
def maven_import(maven: Any, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = tmp_path_factory.mktemp("maven-cli") / "workspace"
    words = [
        "import",
        *map(str, maven.files),
        "--map",
        str(maven.map),
        "--as-of",
        maven.as_of,
        "--workspace",
        str(folder),
    ]
    assert main([*words, "--quarantine-bad-rows"]) in (0, 1)
    upload = maven_upload(maven.files[0])
    return Imported(
        folder, _copied(folder), book_of([upload], upload.as_of), Filters((), date(2017, 7, 1), date(2017, 12, 31))
    )


def _copied(folder: Path) -> Path:
    return Path(shutil.copytree(folder, folder.with_name("copy")))


@pytest.fixture(params=["sample", pytest.param("maven_import", marks=pytest.mark.real_data)])
def imported(request: pytest.FixtureRequest) -> Imported:
    found: Imported = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def cli(imported: Imported, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def run(*words: str) -> Any:
        if (imported.copy, words) not in _SAID:
            capsys.readouterr()
            assert main([*words, "--workspace", str(imported.copy), "--json"]) == 0
            _SAID[imported.copy, words] = json.loads(capsys.readouterr().out)
        return _SAID[imported.copy, words]

    return run


@pytest.fixture
def opened(imported: Imported) -> Iterator[Workspace]:
    with open_workspace(imported.folder, read_only=True) as workspace:
        yield workspace


def test_overview(imported: Imported, opened: Workspace, cli: Callable[..., Any]) -> None:
    view = View(opened.state(imported.book.as_of))
    assert not pages.overview(view, lambda day: View(opened.state(day)), opened.as_of_dates(), imported.book, cli)


@pytest.mark.parametrize("by", [None, "region"])
def test_funnel(imported: Imported, opened: Workspace, cli: Callable[..., Any], by: str | None) -> None:
    view = View(opened.state(imported.book.as_of))
    for filters in (Filters(), imported.period):
        assert not pages.funnel(view, imported.book, cli, filters, by)


@pytest.mark.parametrize(("metric", "by"), HEATMAPS)
def test_heatmap(
    imported: Imported, opened: Workspace, cli: Callable[..., Any], metric: str, by: tuple[str, str]
) -> None:
    view = View(opened.state(imported.book.as_of))
    assert not pages.heatmap(view, imported.book, cli, metric, by, imported.period)


def test_channels(imported: Imported, opened: Workspace, cli: Callable[..., Any]) -> None:
    """Maven names no sources: its whole stands in one channel without a name."""
    view = View(opened.state(imported.book.as_of))
    for filters in (Filters(), imported.period):
        assert not pages.channel_table(view, imported.book, cli, filters)
