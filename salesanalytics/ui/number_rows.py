"""The rows behind a number as a table: customer or record, what it gives to the number or why it gives nothing, and where it stands in the uploaded file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Unit
from salesanalytics.settings import Settings
from salesanalytics.ui.tables import Cell, Customer, TableColumn, Toned, table
from salesanalytics.ui.value_names import value_name

Row = Mapping[str, Any]
HEIGHT = 360


def rows_markup(rows: Sequence[Row], label: str, settings: Settings, lang: Lang, metric: Metric | None = None) -> str:
    """Return the table's markup. ``metric``: the part whose rows these are, of which each row says what it gives."""
    unit = format.money_unit([row["amount"] for row in rows], lang)
    amount_name = text("number.column_amount", lang, unit=format.unit_name(unit, lang, settings.currency))
    columns: list[tuple[TableColumn, list[Cell]]] = [
        (_column("record" if any(row.get("label") for row in rows) else "customer", lang), [_who(row) for row in rows])
    ]
    if any(row.get("note") for row in rows):
        noted = TableColumn(text("number.column_note", lang), wrap=True)
        columns.append((noted, [str(row.get("note") or format.DASH) for row in rows]))
    if any(row.get("owner") for row in rows):
        columns.append((_column("owner", lang, wide=True), [row["owner"] or _pool(row, lang) for row in rows]))
    if any(row.get("stage") for row in rows):
        named = [value_name(row["stage"] or "", "stage", lang, settings.stages) for row in rows]
        columns.append((_column("stage", lang, wide=True), [*named]))
    if any(row["amount"] is not None for row in rows):
        amounts: list[Cell] = [format.money_plain(row["amount"], unit) for row in rows]
        columns.append((TableColumn(amount_name, number=True, wide=_gives_more(rows, metric)), amounts))
    if metric is not None and (given := _given(rows, metric, lang)):
        columns.append(given)
    if any(row["on"] is not None for row in rows):
        columns.append((_column("date", lang, wide=True), [format.day(row["on"]) for row in rows]))
    columns.append(
        (TableColumn(text("number.column_source", lang), soft=True, wrap=True), [_place(row) for row in rows])
    )
    return table(
        [column for column, _ in columns],
        [[cells[line] for _, cells in columns] for line in range(len(rows))],
        label,
        height=HEIGHT,
    )


def _column(name: str, lang: Lang, *, wide: bool = False) -> TableColumn:
    return TableColumn(text(f"number.column_{name}", lang), wide=wide)


def _who(row: Row) -> Cell:
    if row["customer_id"] and not row.get("label"):
        return Customer(row["name"] or row["customer_id"], row["customer_id"])
    return " · ".join(part for part in (row["name"] or row["customer_id"], row.get("label")) if part) or format.DASH


def _pool(row: Row, lang: Lang) -> str:
    return text("ui.pool", lang) if row["customer_id"] else format.DASH


def _place(row: Row) -> str:
    return " · ".join(str(row[name]) for name in ("file", "sheet", "row") if row[name] is not None) or format.DASH


def _gives_more(rows: Sequence[Row], metric: Metric | None) -> bool:
    """Whether another column says what a row gives, so that a phone can do without its amount."""
    return metric is not None and _given(rows, metric, "en") is not None


def _given(rows: Sequence[Row], metric: Metric, lang: Lang) -> tuple[TableColumn, list[Cell]] | None:
    """The column of what each row gives: yes or no to a share, days, a part of a line; of rows left out the reason; none where the amount says it."""
    if not any(row["counted"] for row in rows):
        reasons: list[Cell] = [Toned(text(f"number.reason_{row['reason']}", lang), "warn") for row in rows]
        return TableColumn(text("number.column_reason", lang), wrap=True), reasons
    if any(row["hit"] is not None for row in rows):
        hits: list[Cell] = [Toned("✓", "plain") if row["hit"] else format.DASH for row in rows]
        return _column("hit", lang), hits
    as_amount = all(row["amount"] is not None and row["numerator"] == float(row["amount"]) for row in rows)
    plain_below = all(row["denominator"] in (None, 1) for row in rows)
    if (as_amount and plain_below) or (metric.unit is Unit.COUNT and plain_below):
        return None
    words: list[Cell] = [_gift(row, metric, lang) for row in rows]
    return TableColumn(text("number.column_gives", lang), number=True), words


def _gift(row: Row, metric: Metric, lang: Lang) -> str:
    if row["ended"] is not None:
        state = text("number.ended" if row["ended"] else "number.still", lang)
        return f"{format.days(row['numerator'], lang)} · {state}"
    if metric.unit is Unit.DAYS:
        return format.days(row["numerator"], lang)
    words = _figure(row["numerator"])
    return words if row["denominator"] in (None, 1) else f"{words} / {_figure(row['denominator'])}"


def _figure(value: float | None) -> str:
    return format.number(value, 0 if value is None or value == round(value) else 2)
