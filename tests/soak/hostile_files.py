"""Files that mean harm, or look as if, made on the spot; each holds one good lead where its kind allows one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

HEADERS = ["客户编号", "客户名称(脱敏)", "行业", "线索来源", "首次接触时间", "当前跟进阶段", "负责人", "备注"]
LEAD = ["A001", "甲公司", "制造业", "官网", "2026-11-01", "线索", "王芳", "无"]
LONGEST_CELL = 32_767
Row = list[str]


def lead(**cells: str) -> Row:
    """The good lead with some cells replaced, by header."""
    return [cells.get(header, cell) for header, cell in zip(HEADERS, LEAD, strict=True)]


def csv_of(*rows: Row, headers: Row = HEADERS) -> str:
    """Rows as a csv whose cells are all quoted."""
    return "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in (headers, *rows))


def workbook(*rows: Row, sheets: int = 1) -> bytes:
    """Rows as text in the last of ``sheets`` sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    for _ in range(sheets):
        sheet = book.add_worksheet()
    for place, row in enumerate((HEADERS, *rows)):
        sheet.write_row(place, 0, row)
    book.close()
    return out.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes], *, rename: Callable[[str], str] = str) -> bytes:
    """The zip with its parts renamed, and further ones of any name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(rename(name), before.read(name))
        for name, part in parts.items():
            after.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A workbook whose sheet would be 600 MB of spaces."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(LEAD))) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))
        with after.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * 2**20)
    return out.getvalue()


def blank_cells(rows: int, columns: int = 50) -> bytes:
    """A lead, and below it ``rows`` × ``columns`` cells that have a format and nothing else."""
    letters = [chr(65 + at) if at < 26 else "A" + chr(39 + at) for at in range(columns)]
    good = workbook(LEAD)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after,
    ):
        for name in before.namelist():
            if name != "xl/worksheets/sheet1.xml":
                after.writestr(name, before.read(name))
        head, tail = before.read("xl/worksheets/sheet1.xml").decode().split("</sheetData>")
        with after.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(head.encode())
            for row in range(3, rows + 3):
                cells = "".join([f'<c r="{letter}{row}" s="0"/>' for letter in letters])
                part.write(f'<row r="{row}">{cells}</row>'.encode())
            part.write(f"</sheetData>{tail}".encode())
    return out.getvalue()
