"""The marks of an annotated workbook: a cell's colour and comment, set, and taken away again before new ones are set."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from salesanalytics.i18n import LANGS, Lang, text
from salesanalytics.intake import workbook_style as style
from salesanalytics.intake.annotated_sheet import is_issue_list
from salesanalytics.intake.types import RawSheet
from salesanalytics.intake.workbook_issues import FILLS
from salesanalytics.intake.workbook_marks import Mark

_WIDTH = 300


def paint(cell: Any, mark: Mark, lang: Lang, *, comment: bool, header: bool) -> None:
    """Colour a cell and, with ``comment``, say there what is wrong, below the user's own comment if there is one."""
    cell.fill = style.filled(FILLS[mark.severity])
    if header:  # a header's own letters may be white
        font = copy(cell.font)
        font.color = style.TEXT
        cell.font = font
    if not comment:
        return
    lines = [text("annotated.comment_head", lang)]
    lines += [text(f"annotated.comment_{severity}", lang, message=sentence) for severity, sentence in mark.sentences]
    own = [cell.comment.text, ""] if cell.comment else []
    said = "\n".join([*own, *lines])
    rows = sum(1 + style.display_width(line) // 40 for line in said.splitlines())
    author = cell.comment.author if cell.comment else text("annotated.author", lang)
    cell.comment = Comment(said, author, height=22 + 19 * rows, width=_WIDTH)


def clear_marks(book: Workbook) -> None:
    """Take away what an earlier annotation left: its list, colours and comments. The user's own comments stay."""
    lists = [sheet for sheet in book.worksheets if _is_our_list(sheet)]
    if not lists:
        return
    for sheet in lists:
        book.remove(sheet)
    heads = tuple(text("annotated.comment_head", lang) for lang in LANGS)
    tints = tuple(FILLS.values())
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                _clear(cell, heads, tints)


def _clear(cell: Any, heads: tuple[str, ...], tints: tuple[str, ...]) -> None:
    if cell.has_style and str(cell.fill.fgColor.rgb)[-6:] in tints:
        cell.fill = PatternFill()
    if cell.comment and any(head in cell.comment.text for head in heads):
        own = cell.comment.text
        for head in heads:
            own = own.split(head)[0]
        cell.comment = Comment(own.rstrip(), cell.comment.author) if own.strip() else None


def _is_our_list(sheet: Any) -> bool:
    return is_issue_list(RawSheet("", "", sheet.title, [[sheet.cell(1, 1).value]], [1]))
