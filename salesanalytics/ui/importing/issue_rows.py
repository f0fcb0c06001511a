"""The middle card's table: the rows of a group, the bad cell tinted, and beside it what it is to become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesanalytics.i18n import Lang, text
from salesanalytics.intake.types import Issue
from salesanalytics.tables import BY_NAME, Kind
from salesanalytics.ui.html import escape
from salesanalytics.ui.importing.groups import IssueGroup
from salesanalytics.ui.importing.rows import Place, UploadRow, UploadRows, context_columns

SHOWN = 50
DIFFERING = 5
NUMERIC = (Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.SHARE)


@dataclass(frozen=True)
class IssueLine:
    """One row of the table: its issue, its cells, and what the bad one is to become (None: nothing yet)."""

    issue: Issue
    row: UploadRow
    becomes: str | None


def issue_lines(group: IssueGroup, rows: UploadRows, becomes: Mapping[Place, str]) -> list[IssueLine]:
    """Return the lines of a group that are about rows, in the order of the files."""
    return [
        IssueLine(issue, row, becomes.get((issue.file, issue.sheet, row.number)))
        for issue, row in rows.of(group.issues)
    ]


def column_letter(position: int) -> str:
    """Return Excel's name of the column at ``position`` (0-based): A, B … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def rows_markup(group: IssueGroup, lines: list[IssueLine], rows: UploadRows, lang: Lang, *, decision: bool) -> str:
    """Return the table of the first lines. ``decision``: the change is a decision about the row, not a value for its cell."""
    table = BY_NAME[group.table or "leads"]
    bad = group.field if group.field in table.names else None
    before, after = context_columns(table.name, bad, rows.sheets)
    if decision:
        after = differing_columns(lines) or after
    heads = [("num", text("data_page.column_row", lang))]
    heads += [
        (_classes(table.name, name, wide=at > 0), table.column(name).header(lang)) for at, name in enumerate(before)
    ]
    heads += [("bad", table.column(bad).header(lang))] if bad else []
    heads += [("new", text("data_page.column_copy" if decision else "data_page.column_new", lang))]
    heads += [(_classes(table.name, name, wide=True), table.column(name).header(lang)) for name in after]
    head = "".join(f'<th scope="col" class="{classes}">{escape(words)}</th>' for classes, words in heads)
    several = len({line.row.place[:2] for line in lines}) > 1
    body = "".join(_line(line, bad, before, after, group, lang, several=several) for line in lines[:SHOWN])
    label = escape(text("data_page.rows_title_column", lang, title=group.kind))
    return (
        f'<div class="sa-table-wrap sa-issue-rows" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="sa-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def differing_columns(lines: list[IssueLine]) -> list[str]:
    """Return our columns in which copies of the same key differ: what a decision between them rests on."""
    by_key: dict[str | None, list[UploadRow]] = {}
    for line in lines:
        by_key.setdefault(line.issue.found, []).append(line.row)
    names = dict.fromkeys(match.column for line in lines for match in line.row.sheet.columns if match.column)
    differ = [name for name in names if any(len({row.cell(name) for row in copies}) > 1 for copies in by_key.values())]
    return differ[:DIFFERING]


def _classes(table: str, name: str, *, wide: bool) -> str:
    number = BY_NAME[table].column(name).kind in NUMERIC
    return " ".join(word for word, on in (("num", number), ("wide", wide)) if on)


def _line(
    line: IssueLine,
    bad: str | None,
    before: list[str],
    after: list[str],
    group: IssueGroup,
    lang: Lang,
    *,
    several: bool,
) -> str:
    table, row = line.row.sheet.table or "leads", line.row
    empty = text("data_page.value_empty", lang)
    tone = "bad" if group.severity == "error" else "warn"
    sign = "✕" if group.severity == "error" else "▲"
    number = f"{row.place[1]} · {row.number}" if several else str(row.number)
    cells = [f'<td class="num soft">{escape(number)}</td>']
    cells += [_cell(table, name, row, wide=at > 0, lead=at == len(before) - 1) for at, name in enumerate(before)]
    if bad:
        found = row.cell(bad) or empty
        cells.append(f'<td class="bad {tone}" title="{escape(found)}">{sign} {escape(found)}</td>')
    becomes = line.becomes
    cells.append(f'<td class="new">{escape(becomes)}</td>' if becomes else '<td class="new none">—</td>')
    cells += [_cell(table, name, row, wide=True) for name in after]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(table: str, name: str, row: UploadRow, *, wide: bool, lead: bool = False) -> str:
    words = escape(row.cell(name) or "—")
    shown = f"<b>{words}</b>" if lead else words
    return f'<td class="{_classes(table, name, wide=wide)}" title="{words}">{shown}</td>'
