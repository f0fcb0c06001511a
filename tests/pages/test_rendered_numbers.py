"""What stands on Overview, Funnel, Heatmap and Channels is what the CLI says and what the oracle counts in the files: read from the markup, figure by figure.

No figure of a panel remains unread: what is not compared is named in ``PASSED`` of the page's reader (``tests/oracle/shown``), with the reason.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lifelines import KaplanMeierFitter

from salesanalytics.cli import main
from tests.counts import SOAK, counted
from tests.oracle import dwell
from tests.oracle.book import FORWARD, Book
from tests.oracle.files import maven_upload, sample_upload
from tests.oracle.rendered import read, says
from tests.oracle.retold import book_of
from tests.oracle.shown import channels, funnel, heatmap, overview
from tests.oracle.shown.channels import read_channels
from tests.oracle.shown.funnel import read_funnel
from tests.oracle.shown.heatmap import read_heatmap
from tests.oracle.shown.overview import read_overview
from tests.oracle.shown.reading import Reading
from tests.oracle.shown.sheet import Sheet
from tests.real_data import conftest as real_files

maven = real_files.maven  # the fixture of the real files, for this module too
REAL = [pytest.mark.real_data]
HEATMAPS = ["leads", "open_amount", *(["sales_amount", "closed_win_rate"] if SOAK else [])]
REAL_CHANNELS = [pytest.param("real_channels", marks=REAL)] if SOAK else []
COMPANIES = ["sample", *([pytest.param("real", marks=REAL)] if SOAK else [])]


@dataclass(frozen=True)
class Company:
    """A workspace to open, a copy of it for the CLI (the page has the first open), the oracle's book of the same files, and the dates of its imports."""

    name: str
    folder: Path
    copy: Path
    book: Book
    imports: tuple[date, ...]
    said: dict[tuple[str, ...], Any] = field(default_factory=dict)


def _company(name: str, folder: Path, uploads: list[Any], tmp: Path) -> Company:
    copy = Path(shutil.copytree(folder, tmp / "copy"))
    return Company(name, folder, copy, book_of(uploads, uploads[-1].as_of), tuple(one.as_of for one in uploads))


@pytest.fixture(scope="module")
def sample(small_exports: Path, full_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    uploads = [sample_upload(path) for path in sorted(small_exports.glob("*.xlsx"))]
    return _company("sample", full_workspace, uploads, tmp_path_factory.mktemp("sample-cli"))


def _real(maven: Any, source: str | None, tmp: Path) -> Company:
    """Maven's 8,800 opportunities; one of their columns may stand for the lead source they lack."""
    mapping = json.loads(maven.map.read_text(encoding="utf-8"))
    if source:
        mapping["columns"][source] = "source"
    (tmp / "map.json").write_text(json.dumps(mapping), encoding="utf-8")
    words = ["import", *map(str, maven.files), "--map", str(tmp / "map.json"), "--as-of", maven.as_of]
    assert main([*words, "--workspace", str(tmp / "workspace"), "--quarantine-bad-rows"]) in (0, 1)
    name = f"Maven by {source}" if source else "Maven"
    return _company(name, tmp / "workspace", [maven_upload(maven.files[0], source)], tmp)


@pytest.fixture(scope="module")
def real(maven: Any, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """As it is: it has neither sources nor targets, contracts or follow-ups."""
    return _real(maven, None, tmp_path_factory.mktemp("maven-pages"))


@pytest.fixture(scope="module")
def real_channels(maven: Any, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """With the product series as the lead source, so that Channels has a table."""
    return _real(maven, "product", tmp_path_factory.mktemp("maven-channels"))


@pytest.fixture
def company(request: pytest.FixtureRequest) -> Company:
    found: Company = request.getfixturevalue(getattr(request, "param", "sample"))
    return found


@pytest.fixture
def opened(open_page: Any, company: Company, capsys: pytest.CaptureFixture[str]) -> Callable[..., Reading]:
    """Return a function that opens a page and gives it to be read."""

    def cli(*words: str) -> Any:
        if words not in company.said:
            capsys.readouterr()
            assert main([*words, "--workspace", str(company.copy), "--json"]) == 0
            company.said[words] = json.loads(capsys.readouterr().out)
        return company.said[words]

    def open_it(page: str, **params: str) -> Reading:
        app, _ = open_page(page.lower() if page != "Overview" else "", company.folder, lang="en", **params)
        return Reading(page, company.name, Sheet(app), company.book, cli, company.imports)

    return open_it


@pytest.mark.parametrize("company", COMPANIES, indirect=True)
def test_overview(opened: Callable[..., Reading], company: Company) -> None:
    page = opened("Overview")
    read_overview(page)
    if company.name == "sample":
        page.done(overview.PASSED, cards=15, changes=6, notes=6, weeks=27, ranking=24, pace=9, flagged=11, flags=4, titles=9)  # fmt: skip
    else:  # no targets, no contracts: neither pace nor shares attained
        page.done(overview.PASSED, cards=15, changes=4, notes=5, weeks=13, ranking=16, flagged=12, flags=3, movers=13, titles=3)  # fmt: skip


@pytest.mark.parametrize("company", COMPANIES, indirect=True)
@pytest.mark.parametrize("period", ["all", *(["quarter"] if SOAK else [])])
def test_funnel(opened: Callable[..., Reading], company: Company, period: str) -> None:
    page = opened("Funnel", period=period)
    read_funnel(page, period=period)
    passed = funnel.PASSED | (funnel.PASSED_THEN if period != "all" else {})
    page.done(passed, stages=26, dwell=7, split=60, intervals=24, compared=25, cohorts=150, titles=8, notes=3)


@pytest.mark.parametrize("company", COMPANIES, indirect=True)
@pytest.mark.parametrize("measure", HEATMAPS)
def test_heatmap(opened: Callable[..., Reading], company: Company, measure: str) -> None:
    page = opened("Heatmap", period="all", measure=measure)
    read_heatmap(page, measure=measure)
    page.done(heatmap.PASSED, cells=40, totals=14, list=20, titles=4, picked=8)


@pytest.mark.parametrize("company", [*COMPANIES, *REAL_CHANNELS], indirect=True)
def test_channels(opened: Callable[..., Reading], company: Company) -> None:
    page = opened("Channels", period="all")
    read_channels(page)
    if company.name == "Maven":  # its files name no lead source: the page says so, in one sentence without any figure
        page.done(channels.PASSED)
        return
    costs = {"costs": 30} if company.name == "sample" else {}
    page.done(channels.PASSED, figures=70, intervals=28, dots=80, compared=24, differences=40, titles=14, **costs)


@pytest.mark.parametrize("by", [["industry"], ["source", "region"], []])
def test_a_stay_lasts_by_the_definition_as_long_as_by_another_library(sample: Company, by: list[str]) -> None:
    """The oracle's Kaplan-Meier median beside lifelines', stage by stage and group by group."""
    compared = 0
    for stage in FORWARD[:-1]:
        groups: dict[Any, list[Any]] = {}
        for row in sample.book.all():
            groups.setdefault(tuple(row[cut] for cut in by), []).append(row)
        for rows in groups.values():
            known = dwell.stays(rows, stage, sample.book.as_of)
            if known:
                fitted = KaplanMeierFitter().fit([days for days, _ in known], [over for _, over in known])
                curve = fitted.survival_function_.iloc[:, 0]
                # exactly half is half, which floats may miss
                half = next((day for day, left in curve.items() if left <= 0.5 + 1e-9), None)
                assert dwell.median(known) == half
                compared += 1
    counted("medians of stays compared with lifelines'", compared)
    assert compared >= 4


@pytest.mark.parametrize(
    ("written", "value", "unit", "right"),
    [
        ("¥6.8M", 6_813_000, "", True),
        ("¥6.8M", 6_863_000, "", False),
        ("−7.5 pts", -0.0751, "", True),
        ("34.9%", 0.3488, "", True),
        ("34.9%", 0.3484, "", False),
        ("776", 776_400, "K", True),
        ("¥12.3万", 123_456, "", True),
        ("47 d", 47.4, "", True),
        ("—", None, "", True),
        ("—", 0.0, "", False),
        ("0", None, "", False),
    ],
)
def test_the_reader_reads_as_people_do(written: str, value: float | None, unit: str, right: bool) -> None:
    assert says(written, value, unit) is right
    assert (read(written) is None) is (written == "—")
