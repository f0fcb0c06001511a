"""What stands on Overview, Funnel, Heatmap and Channels is what the oracle counts in the uploaded files: read from the markup, figure by figure."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from salesanalytics.cli import main
from tests.counts import SOAK, counted
from tests.oracle.book import FORWARD, ORDER, Book, Row
from tests.oracle.files import maven_upload, sample_upload
from tests.oracle.pages import told
from tests.oracle.questions import Question, bucket_of
from tests.oracle.rendered import cards, opened, plain, read, says, tables
from tests.oracle.retold import book_of
from tests.real_data import conftest as real_files

ALL = "Total"
maven = real_files.maven  # the fixture of the real files, for this module too
COMPANIES = ["sample", *([pytest.param("real", marks=pytest.mark.real_data)] if SOAK else [])]
HEATMAPS = ["leads", "open_amount", *(["sales_amount", "closed_win_rate"] if SOAK else [])]


@dataclass(frozen=True)
class Company:
    """A workspace to open, and the oracle's book of the same files."""

    folder: Path
    book: Book


@pytest.fixture(scope="module")
def sample(small_exports: Path, full_workspace: Path) -> Company:
    uploads = [sample_upload(path) for path in sorted(small_exports.glob("*.xlsx"))]
    return Company(full_workspace, book_of(uploads, uploads[-1].as_of))


@pytest.fixture(scope="module")
def real(maven: Any, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Maven's 8,800 opportunities; it has neither sources nor targets."""
    folder = tmp_path_factory.mktemp("maven-pages") / "workspace"
    words = ["import", *map(str, maven.files), "--map", str(maven.map), "--as-of", maven.as_of]
    assert main([*words, "--workspace", str(folder), "--quarantine-bad-rows"]) in (0, 1)
    upload = maven_upload(maven.files[0])
    return Company(folder, book_of([upload], upload.as_of))


@pytest.fixture
def company(request: pytest.FixtureRequest) -> Company:
    found: Company = request.getfixturevalue(getattr(request, "param", "sample"))
    return found


@pytest.fixture
def book(company: Company) -> Book:
    return company.book


class Read:
    """Compares what is written with what the oracle says, and counts."""

    def __init__(self, page: str) -> None:
        self.page, self.seen, self.wrong = page, Counter[str](), []

    def one(self, kind: str, what: object, written: str, value: float | None, unit: str = "") -> None:
        self.seen[kind] += 1
        if not says(written, value, unit):
            self.wrong.append(f"{kind} {what}: page {written!r}, oracle {value}")

    def done(self, **at_least: int) -> None:
        assert self.wrong == []
        for kind, number in at_least.items():
            assert self.seen[kind] >= number, (kind, self.seen)
        counted(f"figures read from the markup of {self.page}", self.seen.total())


def unit_in(words: str) -> str:
    """The unit a head names: "Sales (¥M)" → M."""
    found = re.search(r"¥([KMB])?\b", words)
    return (found.group(1) or "") if found else ""


def test_overview(open_page, company: Company, book: Book) -> None:
    app, markup = open_page("", company.folder, lang="en")
    page, day = Read("Overview"), book.as_of
    week, quarter = bucket_of(day, "week"), bucket_of(day, "quarter")
    periods = {"new_leads": week, "sales_amount": week, "target_attainment": quarter}
    periods |= dict.fromkeys(("closed_win_rate", "sales_cycle_median"), (day - timedelta(days=89), day))
    names = [button.key.removeprefix("open-") for button in app.button if (button.key or "").startswith("open-")]
    assert len(names) == len(cards(markup)) == 7
    for name, (large, hover) in zip(names, cards(markup), strict=True):
        value = told(name, book, Question((), (), *periods.get(name, (None, None))))[0]
        page.one("cards", name, large, value)
        page.one("cards", f"{name} on hover", hover, value)
    for monday, label in re.findall(r'data-open="week:([\d-]+)" aria-label="([^"]*)"', markup):
        _week(page, book, date.fromisoformat(monday), label)
    ranked = next(table for table in tables(markup) if 'data-open="owner:' in str(table))
    unit = unit_in(markup[: markup.index('data-open="owner:')].rpartition("Q4 to date")[2])
    for row in ranked[1:]:
        name = plain(row[1])
        won = told("sales_amount", book, Question(("owner",), (), quarter[0], day), (name,))[0]
        # the share attained is of the target for the days gone
        target = told("target_amount", book, Question(("owner",), (), quarter[0], day), (name,))[0]
        page.one("ranking", name, plain(row[3]), won or 0.0, unit)
        page.one("ranking", f"{name} attained", plain(row[4]), (won or 0.0) / target if target else None)
    for number, written in opened(markup):
        if number.startswith("team:"):
            team = number.removeprefix("team:")
            asked = Question(("team",) if team else (), (), *quarter)
            page.one("pace", team, written, told("target_attainment", book, asked, (team,) if team else ())[0])
    page.done(cards=14, weeks=24, ranking=10, pace=4)


def _week(page: Read, book: Book, monday: date, label: str) -> None:
    year, number, _ = monday.isocalendar()
    before = date.fromisocalendar(year - 1, number, 1)
    for part in label.splitlines()[1:]:
        name, _, written = part.rpartition(" ")
        first = before if name == "Last yr" else monday
        metric = "target_amount" if name == "Target" else "sales_amount"
        page.one("weeks", (monday, name), written, told(metric, book, Question((), (), first, first + timedelta(6)))[0])


@pytest.mark.parametrize("period", ["all", *(["quarter"] if SOAK else [])])
def test_funnel(open_page, company: Company, book: Book, period: str) -> None:
    _, markup = open_page("funnel", company.folder, lang="en", period=period)
    page = Read("Funnel")
    start, end = (date.min, date.max) if period == "all" else (bucket_of(book.as_of, "quarter")[0], book.as_of)
    everyone = [row for row in book.all() if _met(row, start, end, undated=period == "all")]
    for number, written in opened(markup):
        match json.loads(number):
            case [*_, "dwell"]:
                continue  # a median of stays: test_opened_numbers reckons it from its rows
            case ["stage", stage, part]:
                if re.match(r"^[\d,.]+%?$", written):
                    page.one("stages", number, written, _part(everyone, stage, part))
            case ["reason", stage, reason]:
                page.one("reasons", number, written.partition(" ")[0], _lost_for(everyone, stage, reason))
            case ["split", by, values, stage, part]:
                mine = [row for row in everyone if not values or (row[by] or "") in values]
                share = part == "customers" and written.endswith("%")  # how many were won of all that came
                page.one("split", number, written, _part(mine, stage, "reached" if share else part))
            case ["cohort", grain, name, stage, part]:
                first, last = _bucket(name, grain)
                mine = [row for row in book.all() if _met(row, max(first, start), min(last, end))]
                share = part == "customers" and written.endswith("%")
                page.one("cohorts", number, written, _part(mine, stage, "reached" if share else part))
    page.done(stages=14, reasons=3, split=20, cohorts=6)


def _met(row: Row, start: date, end: date, *, undated: bool = False) -> bool:
    met = row["first_contact_on"]
    return undated if met is None else start <= met <= end


def _bucket(name: str, grain: str) -> tuple[date, date]:
    if grain == "quarter":
        return bucket_of(date(int(name[:4]), 3 * int(name[5:]) - 2, 1), grain)
    if grain == "week":
        return bucket_of(date.fromisocalendar(int(name[:4]), int(name[6:]), 1), grain)
    return bucket_of(date.fromisoformat(f"{name}-01"), grain)


def _part(rows: list[Row], stage: str, part: str) -> float | None:
    here = [row for row in rows if row["reached"] >= ORDER[stage]]
    on = [row for row in here if row["reached"] > ORDER[stage]]
    lost = [row for row in here if row["stage"] == "lost" and row["reached"] == ORDER[stage]]
    if part == "share":
        return len(on) / len(here) if here else None
    if part == "reached":
        return len(here) / len(rows) if rows else None
    still = len(here) - len(on) - len(lost)
    return float(
        {"customers": len(here), "advanced": len(on), "behind": len(here) - len(on), "lost": len(lost), "still": still}[
            part
        ]
    )


def _lost_for(rows: list[Row], stage: str, reason: str) -> float:
    lost = [row for row in rows if row["stage"] == "lost" and row["reached"] == ORDER[stage]]
    return float(
        sum(reason in re.split("[、，,;；/]", re.sub(r"[（(].*?[）)]", "", row["lost_reason"] or "")) for row in lost)
    )


@pytest.mark.parametrize("company", COMPANIES, indirect=True)
@pytest.mark.parametrize("measure", HEATMAPS)
def test_heatmap(open_page, company: Company, book: Book, measure: str) -> None:
    _, markup = open_page("heatmap", company.folder, lang="en", period="all", measure=measure)
    page = Read("Heatmap")
    before, _, rest = markup.partition('class="sa-heat"')
    grid, unit = rest.partition("</table>")[0], unit_in(plain(before.rpartition('class="sa-sub"')[2]))
    cells = {
        (int(row), int(column)): words
        for row, column, words in re.findall(r'data-open="cell:(\d+):(\d+)"[^>]*>(.*?)</a>', grid, re.S)
    }
    # the names in full stand on hover: industry × region, then the figure
    told_of = {place: words.partition('class="told">')[2] for place, words in cells.items() if "told" in words}
    names = {place: plain(words.partition("<br>")[0]).split(" × ") for place, words in told_of.items()}
    rows, columns = (1 + max(place[axis] for place in names) for axis in (0, 1))
    for place, words in cells.items():
        lines = [("industry", names[place[0], 0][0])] if place[0] < rows else []
        lines += [("region", names[0, place[1]][1])] if place[1] < columns else []
        where = tuple((cut, ("" if name.startswith(("No ", "Not ")) else name,)) for cut, name in lines)
        value, n = told(measure, book, Question((), where))
        if place in names and not n:
            value = None  # nobody is in the cell: a dash
        page.one(
            "cells", where, re.findall(r"<b>([^<]*)</b>", words)[0] if place in names else plain(words), value, unit
        )
    page.done(cells=(rows + 1) * (columns + 1))


def test_channels(open_page, company: Company, book: Book) -> None:
    _, markup = open_page("channels", company.folder, lang="en", period="all")
    page = Read("Channels")
    sources: dict[str, str] = {}
    for table in tables(markup):
        heads = [plain(cell) for cell in table[0]]
        for row in table[1:]:
            line = next((number.partition(":")[0] for cell in row for number, _ in opened(cell)), "")
            source = sources.setdefault(line, plain(row[0]))  # the table of costs names them by the same line numbers
            by, dims = ((), ()) if source == ALL else (("source",), (source or None,))
            for head, cell in zip(heads, row, strict=True):
                for number, written in opened(cell):
                    if re.match(r"^\d+:", number):
                        metric = number.partition(":")[2]
                        value = (
                            _reached(book, source, metric)
                            if "/" in metric
                            else told(metric, book, Question(by), dims)[0]
                        )
                        page.one("figures", (source, metric), written, value, unit_in(head))
                share = re.match(r"^([\d,]+) / ([\d,]+) · ([\d.]+)–([\d.]+)%$", plain(cell))
                if share:
                    _interval(page, book, Question(by), dims, share.groups())
    for number, written in opened(markup):
        if not number.startswith("["):
            continue
        if len(named := json.loads(number)) == 4:
            _difference(page, book, named, written)
            continue
        source, industry = named
        where = (("source", (source,)), *((("industry", (industry,)),) if industry else ()))
        value, n = told("win_rate_30d", book, Question((), where))
        page.one("compared", (source, industry), written.partition(" / ")[0], round((value or 0.0) * n))
        page.one("compared", (source, industry), written.partition(" / ")[2], n)
    page.done(figures=60, intervals=12, compared=8, differences=4)


def _difference(page: Read, book: Book, named: list[str], written: str) -> None:
    """One share less another, in points; within industries it is Mantel and Haenszel's, which ``two_shares`` is tested for."""
    a, b, kind, industry = named
    if kind == "within":
        return
    narrowed = (("industry", (industry,)),) if kind == "in" else ()
    shares = [told("win_rate_30d", book, Question((), (("source", (one,)), *narrowed)))[0] for one in (a, b)]
    assert shares[0] is not None
    assert shares[1] is not None
    page.one("differences", tuple(named), written.replace("−", "-").removesuffix(" pts"), 100 * (shares[0] - shares[1]))


def _reached(book: Book, source: str, metric: str) -> float:
    least = ORDER[metric.partition("/")[2]]
    assert metric.partition("/")[2] in FORWARD
    return float(sum(row["reached"] >= least and source in (ALL, row["source"] or "") for row in book.all()))


def _interval(page: Read, book: Book, question: Question, dims: tuple[Any, ...], written: tuple[str, ...]) -> None:
    """Won of how many, and Wilson's 95 % interval, reckoned here."""
    share, n = told("win_rate_30d", book, question, dims)
    won, z = round((share or 0.0) * n), 1.959963984540054
    middle, spread = (won + z * z / 2) / (n + z * z), z * sqrt(won * (n - won) / n + z * z / 4) / (n + z * z)
    page.one("intervals", dims, written[0], won)
    page.one("intervals", dims, written[1], n)
    page.one("intervals", dims, written[2] + "%", max(0.0, middle - spread))
    page.one("intervals", dims, written[3] + "%", middle + spread)


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
