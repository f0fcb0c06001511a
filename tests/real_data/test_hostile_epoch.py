"""Real workbooks that count days from 1904 are known by what they say of themselves, and no other is taken for one."""

import hashlib
from pathlib import Path

import pytest

from salesanalytics.intake.read import read_file
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import Limits

pytestmark = pytest.mark.real_data


@pytest.mark.parametrize(
    ("name", "from_1904"),
    [
        ("ExcelDataReader__src~TestData~ExcelLibrary_newdoc.xls", True),
        ("calamine__tests~date_1904.xls", True),
        ("messytables__horror~simple.xlsx", True),
        ("messytables__horror~excel_properties.xls", False),
        ("messytables__horror~libreoffice.xlsx", False),
    ],
)
def test_which_workbooks_count_from_1904(shared_data: Path, name: str, from_1904: bool) -> None:
    content = (shared_data / "hostile" / name).read_bytes()
    sheets = read_file(UploadedFile(name, content, hashlib.sha256(content).hexdigest()), Limits())
    assert {sheet.from_1904 for sheet in sheets} == {from_1904}
