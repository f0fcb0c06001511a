"""The files: the same bytes every time, those committed are those generated, small, and readable by another reader."""

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from salesanalytics.sample import generate
from salesanalytics.sample.exports import weekly_exports
from salesanalytics.tables import BY_NAME

COMMITTED = Path(__file__).parents[3] / "sample_data"


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sample")
    return generate(folder) + generate(folder / "dirty", dirty=True)


def parts(path: Path) -> dict[str, bytes]:
    """Return what is in a workbook: zlib versions may pack the same content differently."""
    if path.suffix != ".xlsx":
        return {path.name: path.read_bytes()}
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_files_are_the_generated_ones(generated):
    committed = sorted(
        path.relative_to(COMMITTED) for path in COMMITTED.rglob("*") if path.suffix in (".xlsx", ".json")
    )
    folder = generated[0].parent
    assert committed == sorted(path.relative_to(folder) for path in generated)
    for path in generated:
        assert parts(path) == parts(COMMITTED / path.relative_to(folder)), f"{path.name}: run `make sample` and commit"


def test_small_enough_to_commit(generated):
    assert sum(path.stat().st_size for path in generated) < 6 * 2**20


def test_equal_arguments_give_equal_bytes(tmp_path):
    once, again, other = (
        generate(tmp_path / name, leads=120, weeks=3, seed=seed) + generate(tmp_path / name, seed=seed, dirty=True)
        for name, seed in (("once", 7), ("again", 7), ("other", 8))
    )
    assert [path.name for path in once] == [path.name for path in again]
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    assert once[0].read_bytes() != other[0].read_bytes()


def test_leads_and_weeks_are_as_asked(tmp_path):
    paths = generate(tmp_path, leads=3_000, weeks=2)
    assert [path.name for path in paths] == ["2026-11-01_销售周报.xlsx", "2026-11-08_销售周报.xlsx"]
    rows = CalamineWorkbook.from_path(str(paths[-1])).get_sheet_by_name("销售数据基础录入表").to_python()
    assert 2_950 <= len(rows) - 1 <= 3_000


def test_one_lead_is_enough_to_run():
    for leads in (0, 1, 5):
        assert len(list(weekly_exports(leads, 2))) == 2


def test_sheets_have_the_template_headers(generated):
    book = CalamineWorkbook.from_path(str(generated[25]))
    assert book.sheet_names == [table.zh for table in BY_NAME.values()]
    for table in BY_NAME.values():
        header, first = book.get_sheet_by_name(table.zh).to_python()[:2]
        own = [column.zh for column in table.columns if column.name != "closed_on"]
        assert header[: len(own)] == own
        assert header[len(own) :] == (["产品线"] if table.name == "leads" else [])
        assert len(first) == len(header)


def test_dates_times_and_numbers_arrive_as_such(generated, sample_exports):
    book = CalamineWorkbook.from_path(str(generated[25]))
    header, *rows = book.get_sheet_by_name("客户跟进记录表").to_python()
    sent = sample_exports[-1].tables["followups"]
    at = header.index("跟进时间")
    assert [row[at] for row in rows] == [row["followed_up_at"] for row in sent]
    assert all(isinstance(row[at], datetime) for row in rows)
    header, *rows = book.get_sheet_by_name("销售数据基础录入表").to_python()
    sent = sample_exports[-1].tables["leads"]
    for name, column in (
        ("first_contact_on", "首次接触时间"),
        ("expected_amount", "预计成交金额(元)"),
        ("won_on", "成交日期"),
    ):
        at = header.index(column)
        assert [row[at] or None for row in rows] == [row.get(name) for row in sent]
    assert isinstance(rows[0][header.index("首次接触时间")], date)
