"""The customers behind a restated number as a table and as a file: what changed in their rows, and what they give to the number."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import HIDDEN
from salesanalytics.insight.restated.gives import Given
from salesanalytics.insight.restated.lines import Line
from salesanalytics.insight.restated.restated import Restatement
from salesanalytics.insight.restated.row_changes import CellChange, RowChange
from salesanalytics.metrics.parts import parts_of
from salesanalytics.metrics.types import Unit
from salesanalytics.reports.words import in_words
from salesanalytics.tables import BY_NAME, LEADS
from salesanalytics.ui.customer.words import cell_words, column_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.tables import Cell, Customer, TableColumn, Tag, Tone, table

MOST_LINES = 200
MOST_CELLS = 4
FILE_COLUMNS = (
    "customer_id",
    "customer",
    "owner",
    "what",
    "table",
    "row_key",
    "column",
    "then",
    "now",
    "file",
    "sheet",
    "row",
)
_TONES: dict[str, Tone] = {"corrected": "warn", "new": "good", "gone": "bad", "moved": "neutral"}


def lines_table(frame: Frame, found: Restatement, lines: Sequence[Line], *, height: int) -> str:
    """Return the table of the first lines."""
    lang = frame.lang
    columns = [
        TableColumn(text("restated.column_customer", lang)),
        TableColumn(text("restated.column_what", lang)),
        TableColumn(text("restated.column_happened", lang), wrap=True),
        TableColumn(text("restated.column_given", lang), number=True, wide=True),
        TableColumn(text("restated.column_place", lang), soft=True, wide=True),
    ]
    units = {part.side: part.metric.unit for part in parts_of(frame.desk.metric(found.metric), frame.desk.settings)}
    rows: list[list[Cell]] = [
        [
            Customer(line.name or line.customer_id, line.customer_id) if line.customer_id else _label(line),
            Tag(text(f"restated.what.{line.what}", lang), _TONES[line.what]),
            _happened(line, frame) or text("restated.nobody", lang),
            _given(line, units, frame),
            _place(line),
        ]
        for line in lines[:MOST_LINES]
    ]
    return table(columns, rows, text("restated.column_customer", lang), height=height)


def _label(line: Line) -> str:
    """A line that is nobody's (a target, a cost) by its own label."""
    labels = [side.partition(":")[2] for side, _, _ in line.parts]
    return ", ".join(dict.fromkeys(label for label in labels if label)) or format.DASH


def _happened(line: Line, frame: Frame) -> str:
    said = []
    for row in line.rows:
        if row.kind == "corrected":
            cells = [_cell(row, one, frame) for one in row.cells]
            said += cells[:MOST_CELLS] + (["…"] if len(cells) > MOST_CELLS else [])
        else:
            what = text(f"restated.what.{row.kind}", frame.lang)
            said.append(text("restated.of", frame.lang, name=BY_NAME[row.table].title(frame.lang), told=what))
    return " · ".join(dict.fromkeys(said))


def _cell(row: RowChange, cell: CellChange, frame: Frame) -> str:
    before, after = (_words(row.table, cell.column, value, frame) for value in (cell.before, cell.after))
    told = text("restated.gave", frame.lang, before=before, after=after)
    if HIDDEN in (cell.before, cell.after):
        told = text("customer.changed_hidden", frame.lang)
    return text("restated.of", frame.lang, name=column_title(row.table, cell.column, frame.lang), told=told)


def column_title(table_name: str, column: str, lang: Lang) -> str:
    """Return a column's header in its own table; the columns of the user's own are named together."""
    if column == "custom":
        return text("restated.own_columns", lang)
    return column_name(column, lang) if table_name == LEADS.name else BY_NAME[table_name].column(column).header(lang)


def _words(table_name: str, column: str, value: object, frame: Frame) -> str:
    known = table_name == LEADS.name and column != "custom"
    if known:
        return cell_words(column, value, frame.desk.settings, frame.lang)
    return format.DASH if value in (None, "") else str(value)


def _given(line: Line, units: dict[str, Unit], frame: Frame) -> str:
    """What they give above the line, then and now; only the part of a ratio that differs most is named here, the file has all."""
    side, then, now = max(line.parts, key=lambda part: abs(_above(part[1]) - _above(part[2])))
    unit = units.get(side.partition(":")[0], Unit.NUMBER)
    # of a share a row gives 0 or 1, of a mean of days its days
    unit = Unit.COUNT if unit is Unit.SHARE else unit
    currency = frame.desk.settings.currency
    before, after = (
        format.DASH if one is None or one.above is None else in_words(one.above, unit, frame.lang, currency)
        for one in (then, now)
    )
    return text("restated.gave", frame.lang, before=before, after=after)


def _above(given: Given | None) -> float:
    return (given.above or 0.0) if given else 0.0


def _place(line: Line) -> str:
    return f"{line.rows[-1].file} · {line.rows[-1].row}" if line.rows and line.rows[-1].file else format.DASH


def file_rows(frame: Frame, lines: Sequence[Line]) -> list[dict[str, object]]:
    """Return one row a changed cell (of a row that came or went, one a row) for the download, values as they are."""
    rows: list[dict[str, object]] = []
    for line in lines:
        who = {"customer_id": line.customer_id, "customer": line.name, "owner": line.owner}
        if not line.rows:
            rows.append({**who, "what": text(f"restated.what.{line.what}", frame.lang)})
        for row in line.rows:
            told: dict[str, object] = {
                **who,
                "what": text(f"restated.what.{row.kind}", frame.lang),
                "table": BY_NAME[row.table].title(frame.lang),
                "row_key": " · ".join(row.key),
                "file": row.file,
                "sheet": row.sheet,
                "row": row.row,
            }
            cells = [
                {
                    **told,
                    "column": column_title(row.table, one.column, frame.lang),
                    "then": one.before,
                    "now": one.after,
                }
                for one in row.cells
            ]
            rows += cells or [told]
    return rows


def file_headers(lang: Lang) -> dict[str, str]:
    """Return the headers of the download."""
    return {name: text(f"restated.file.{name}", lang) for name in FILE_COLUMNS}
