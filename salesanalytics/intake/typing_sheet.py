"""MatchedSheet → TypedSheet: every column typed, and an issue for each cell that could not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from salesanalytics.intake.issues import severity_of
from salesanalytics.intake.mapping import ColumnMap
from salesanalytics.intake.types import ColumnMatch, DateOrder, Issue, KnownSign, MatchedSheet
from salesanalytics.intake.typing_cells import NOTHING, NOTHING_TOO, Cells, Problem, Typed
from salesanalytics.intake.typing_choices import to_choice, type_boolean, type_stage
from salesanalytics.intake.typing_columns import column_cells, custom_dimensions
from salesanalytics.intake.typing_dates import serials_from_1904, type_date, type_timestamp
from salesanalytics.intake.typing_numbers import type_count, type_money, type_number
from salesanalytics.intake.typing_period import type_period
from salesanalytics.intake.typing_share import type_share
from salesanalytics.intake.typing_text import type_id, type_text
from salesanalytics.settings import Settings
from salesanalytics.stages import StageModel
from salesanalytics.tables import BY_NAME, Column, Kind

DTYPES: dict[Kind, pl.DataType] = {
    Kind.ID: pl.String(),
    Kind.TEXT: pl.String(),
    Kind.STAGE: pl.String(),
    Kind.PERIOD: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.TIMESTAMP: pl.Datetime("us"),
    Kind.MONEY: pl.Float64(),
    Kind.NUMBER: pl.Float64(),
    Kind.SHARE: pl.Float64(),
    Kind.COUNT: pl.Int64(),
    Kind.BOOLEAN: pl.Boolean(),
}
PRINTED = "_printed_"  # a share's column + this: half its last printed digit


def type_cells(
    column: Column, cells: Cells, stages: StageModel, order: DateOrder | None, decimal: KnownSign | None = None
) -> Typed:
    """Type the cells of one column as its kind says; the one place that knows which kind is typed how."""
    match column.kind:
        case Kind.ID:
            return type_id(cells)
        case Kind.STAGE:
            return type_stage(cells, stages)
        case Kind.DATE:
            return type_date(cells, order)
        case Kind.TIMESTAMP:
            return type_timestamp(cells, order)
        case Kind.MONEY:
            return type_money(cells, decimal)
        case Kind.COUNT:
            return type_count(cells, decimal)
        case Kind.NUMBER:
            return type_number(cells, decimal)
        case Kind.SHARE:
            return type_share(cells)
        case Kind.BOOLEAN:
            return type_boolean(cells)
        case Kind.PERIOD:
            return type_period(cells)
    typed = type_text(cells)
    return replace(typed, values=to_choice(typed.values, column.choices or {})) if column.name == "grade" else typed


@dataclass(frozen=True)
class TypedSheet:
    """A matched sheet, typed. ``frame``: every column of its table, then ``_digest _file _sheet _row`` (and ``_custom`` for leads).

    ``issues`` are those of typing; ``held`` the cells that wait for a decision about their column: (Excel row, field) → kind.
    """

    matched: MatchedSheet
    table: str
    frame: pl.DataFrame
    issues: tuple[Issue, ...]
    held: Mapping[tuple[int, str], str]


def type_sheet(
    matched: MatchedSheet,
    settings: Settings,
    chosen: ColumnMap | None = None,
    orders: Mapping[str, DateOrder] | None = None,
    progress: Callable[[float], None] | None = None,
    decimals: Mapping[str, KnownSign] | None = None,
    spellings: Mapping[str, Mapping[str, str]] | None = None,
) -> TypedSheet:
    """Type every matched column. ``orders``, ``decimals``: a column's date order and decimal sign where the file as a whole, or the user, has decided it.
    ``spellings``: our column → spelling → value, as users confirmed them before.

    ``progress`` is told the share of the sheet that is typed, column by column.
    """
    return _Typing(matched, settings, chosen, orders or {}, decimals or {}, spellings or {}).result(
        progress or (lambda share: None)
    )


class _Typing:
    def __init__(
        self,
        matched: MatchedSheet,
        settings: Settings,
        chosen: ColumnMap | None,
        orders: Mapping[str, DateOrder],
        decimals: Mapping[str, KnownSign],
        spellings: Mapping[str, Mapping[str, str]],
    ) -> None:
        assert matched.table is not None  # noqa: S101 - the pipeline types recognised sheets only
        self.matched, self.settings, self.chosen, self.orders = matched, settings, chosen, orders
        self.decimals, self.spellings = decimals, spellings
        self.table = BY_NAME[matched.table]
        self.indices = matched.data_indices
        self.row_numbers = [matched.raw.row_numbers[index] for index in self.indices]
        self.issues: list[Issue] = []
        self.held: dict[tuple[int, str], str] = {}

    def result(self, progress: Callable[[float], None]) -> TypedSheet:
        """Type all columns and put the frame together."""
        by_column = {match.column: match for match in self.matched.columns if match.column}
        series: list[pl.Series] = []
        for done, column in enumerate(self.table.columns, start=1):
            match = by_column.get(column.name)
            series += self._column(column, match) if match else [self._nulls(column)]
            progress(done / len(self.table.columns))
        raw = self.matched.raw
        frame = pl.DataFrame(series).with_columns(
            pl.lit(raw.digest).alias("_digest"),
            pl.lit(raw.file).alias("_file"),
            pl.lit(raw.sheet).alias("_sheet"),
            pl.Series("_row", self.row_numbers, dtype=pl.Int64),
        )
        if self.table.allows_custom:
            frame = frame.with_columns(custom_dimensions(self.matched))
        return TypedSheet(self.matched, self.table.name, frame, tuple(self.issues), self.held)

    def _nulls(self, column: Column) -> pl.Series:
        return pl.Series(column.name, [None], dtype=DTYPES[column.kind]).new_from_index(0, len(self.indices))

    def _column(self, column: Column, match: ColumnMatch) -> list[pl.Series]:
        nothing = NOTHING if column.kind in (Kind.TEXT, Kind.ID) else NOTHING_TOO
        values = column_cells(self.matched, match, self.chosen, self.spellings.get(column.name))
        if self.matched.raw.from_1904 and column.kind in (Kind.DATE, Kind.TIMESTAMP):
            values = serials_from_1904(values)
        cells = Cells(values, nothing, match.header)
        order, decimal = self.orders.get(column.name), self.decimals.get(column.name)
        typed = type_cells(column, cells, self.settings.stages, order, decimal)
        damaged = self._damaged(column, match)
        for problem in (*damaged, *(each for each in typed.problems if each.index not in {d.index for d in damaged})):
            self._report(problem, column, match)
        if typed.undecided:
            self._hold(typed, column, match)
        result = typed.values
        if damaged:
            result = result.scatter([each.index for each in damaged], None)
        extra = [each.alias(f"_{name}_{column.name}") for name, each in typed.extra.items()]
        return [result.cast(DTYPES[column.kind]).alias(column.name), *extra]

    def _damaged(self, column: Column, match: ColumnMatch) -> list[Problem]:
        """Find cells whose formula failed or was never computed; such a text is only missing, a date or an amount is not readable."""
        raw = self.matched.raw
        if not raw.uncomputed and not raw.error_cells:
            return []
        soft = column.kind is Kind.TEXT and not column.required
        place = {index: at for at, index in enumerate(self.indices)}
        at_column = match.position
        shown = [
            Problem(place[index], "error-text" if soft else "error-cell", sign)
            for (index, position), sign in raw.error_cells.items()
            if position == at_column and index in place
        ]
        blank = [
            Problem(place[index], "uncomputed-text" if soft else "uncomputed-formula", None)
            for index, position in sorted(raw.uncomputed)
            if position == at_column and index in place
        ]
        return shown + blank

    def _report(self, problem: Problem, column: Column, match: ColumnMatch) -> None:
        raw = self.matched.raw
        self.issues.append(
            Issue(
                kind=problem.kind,
                severity=severity_of(problem.kind, self.settings, required=column.required),
                file=raw.file,
                sheet=raw.sheet,
                row=self.row_numbers[problem.index],
                column=match.header,
                field=column.name,
                table=self.table.name,
                found=problem.found,
                expected=problem.expected,
                suggestion=problem.suggestion,
            )
        )

    def _hold(self, typed: Typed, column: Column, match: ColumnMatch) -> None:
        undecided = typed.undecided
        assert undecided is not None  # noqa: S101 - asked by the caller
        raw = self.matched.raw
        severity = severity_of(undecided.kind, self.settings)
        self.issues.append(
            Issue(undecided.kind, severity, raw.file, raw.sheet, None, match.header, column.name, self.table.name,
                  undecided.found, undecided.expected, undecided.suggestion)
        )  # fmt: skip
        if severity == "error":
            self.held |= {(self.row_numbers[index], column.name): undecided.kind for index in undecided.indices}
