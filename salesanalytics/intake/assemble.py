"""TypedSheets → the frames, issues and quarantine of a Batch: same table put together, checked, and cleared of rows with errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from salesanalytics.intake.duplicates import find_duplicates
from salesanalytics.intake.findings import Cell, finding, headers_of, to_issues
from salesanalytics.intake.quarantine import hold_back
from salesanalytics.intake.spelling_variants import KnownValues, spelling_variants
from salesanalytics.intake.types import Issue, QuarantinedRow
from salesanalytics.intake.typing_sheet import PRINTED, TypedSheet
from salesanalytics.intake.validate import check_columns
from salesanalytics.intake.validate_companions import check_contracts, check_targets
from salesanalytics.intake.validate_followups import check_followups
from salesanalytics.intake.validate_funnels import check_conversion, check_funnel
from salesanalytics.intake.validate_leads import check_leads, fill_closing_dates
from salesanalytics.settings import Settings
from salesanalytics.tables import BY_NAME, TABLES


@dataclass(frozen=True)
class Assembled:
    """What the typed sheets of an upload amount to."""

    tables: Mapping[str, pl.DataFrame]
    issues: tuple[Issue, ...]
    quarantine: tuple[QuarantinedRow, ...]
    identical_rows: Mapping[str, int]


def assemble(
    sheets: Sequence[TypedSheet],
    settings: Settings,
    as_of: date,
    known_customers: Collection[str] | None,
    about_columns: Sequence[Issue] = (),
    known_values: KnownValues = None,
) -> Assembled:
    """Put the sheets of each table together, check them, and part good rows from bad ones."""
    frames = {table.name: frame for table in TABLES if (frame := _together(table.name, sheets, settings)) is not None}
    customers = _customers(frames, known_customers)
    tables: dict[str, pl.DataFrame] = {}
    issues: list[Issue] = [*about_columns, *(issue for sheet in sheets for issue in sheet.issues)]
    quarantine: list[QuarantinedRow] = []
    identical: dict[str, int] = {}
    issues += spelling_variants(frames, sheets, settings, known_values)
    told = _told(sheets, issues)
    for name, frame in frames.items():
        own = [sheet for sheet in sheets if sheet.table == name]
        copies = find_duplicates(name, frame)
        findings = _all_findings(name, frame, own, settings, as_of, customers, frames)
        findings = pl.concat(
            [
                findings,
                _duplicate_findings(name, frame, copies.conflicting, "duplicate-conflicting"),
                _duplicate_findings(name, frame, copies.identical, "duplicate-identical"),
            ]
        )
        issues += to_issues(name, frame, findings, headers_of(own), settings, told)
        spare = (
            frame.with_row_index("_index")
            .filter(~pl.col("_index").is_in(copies.identical["index"].to_list()))
            .drop("_index")
        )
        identical[name] = frame.height - spare.height
        good, held = hold_back(name, frame, spare, own, issues)
        tables[name] = good.drop([column for column in good.columns if column.startswith(PRINTED)])
        quarantine += held
    return Assembled(tables, tuple(issues), tuple(quarantine), {name: n for name, n in identical.items() if n})


def _told(sheets: Sequence[TypedSheet], issues: Sequence[Issue]) -> frozenset[Cell]:
    """The cells typing has spoken about already."""
    held = {(s.matched.raw.file, s.matched.raw.sheet, row, field) for s in sheets for row, field in s.held}
    return frozenset((each.file, each.sheet, each.row, each.field) for each in issues) | held


def _together(table: str, sheets: Sequence[TypedSheet], settings: Settings) -> pl.DataFrame | None:
    own = [sheet.frame for sheet in sheets if sheet.table == table]
    if not own:
        return None
    frame = own[0] if len(own) == 1 else pl.concat(own, how="diagonal")
    return fill_closing_dates(frame, settings) if table == "leads" else frame


def _customers(frames: Mapping[str, pl.DataFrame], known: Collection[str] | None) -> frozenset[str] | None:
    """Every customer there is, blocked rows included; None if nobody can tell."""
    if "leads" not in frames and known is None:
        return None
    uploaded = frames["leads"]["customer_id"].drop_nulls().to_list() if "leads" in frames else []
    return frozenset(uploaded) | frozenset(known or ())


def _all_findings(
    name: str,
    frame: pl.DataFrame,
    sheets: Sequence[TypedSheet],
    settings: Settings,
    as_of: date,
    customers: frozenset[str] | None,
    frames: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    present = frozenset(m.column for sheet in sheets for m in sheet.matched.columns if m.column)
    found = [check_columns(name, frame, present).drop("suggestion")]
    match name:
        case "leads":
            found += check_leads(frame, settings, as_of, present)
        case "followups":
            found += check_followups(frame, as_of, customers, settings)
        case "conversion":
            found += check_conversion(frame, settings.stages)
        case "funnel":
            found += check_funnel(frame, settings.stages)
        case "targets":
            found += check_targets(frame)
        case "contracts":
            found += check_contracts(frame, customers)
    return pl.concat(found)


def _duplicate_findings(table: str, frame: pl.DataFrame, copies: pl.DataFrame, kind: str) -> pl.DataFrame:
    if copies.is_empty():
        return finding(frame.head(0), pl.lit(value=False), kind, "", None)
    return copies.select(
        "index",
        pl.lit(kind).alias("kind"),
        pl.lit(BY_NAME[table].key[0]).alias("field"),
        "found",
        pl.lit(None, dtype=pl.String).alias("expected"),
    )
