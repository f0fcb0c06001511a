"""The one composition of an import: files → RawSheets → MatchedSheets → TypedSheets → Batch. Nothing else puts the steps together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesanalytics.errors import FileRefused
from salesanalytics.intake.annotated_sheet import is_issue_list
from salesanalytics.intake.answers import Answer, spellings
from salesanalytics.intake.as_of import as_of_from_names
from salesanalytics.intake.assemble import assemble
from salesanalytics.intake.column_issues import column_issues
from salesanalytics.intake.correct import corrected
from salesanalytics.intake.derived_ids import with_derived_ids
from salesanalytics.intake.mapping import ColumnMap, map_for
from salesanalytics.intake.match import Remembered, match_sheet
from salesanalytics.intake.read import read_files
from salesanalytics.intake.spelling_variants import KnownValues
from salesanalytics.intake.types import Batch, Correction, FileReport, Issue, MatchedSheet, RawSheet, UploadedFile
from salesanalytics.intake.typing_decimals import decide_decimals
from salesanalytics.intake.typing_orders import decide_orders
from salesanalytics.intake.typing_sheet import TypedSheet, type_sheet
from salesanalytics.settings import Settings

Progress = Callable[[str, float, int], None]
"""Told the step (``read``, ``match``, ``type``, ``check``), the share of it done, 0-1, and how many rows that is. What it raises ends the work."""
KnownCustomers = Callable[[], Collection[str]] | Collection[str] | None


@dataclass(frozen=True)
class ReadFiles:
    """Files after reading: their raw sheets, and a report of each that was refused. Kept, so that corrections need no second reading."""

    sheets: tuple[RawSheet, ...]
    names: tuple[tuple[str, str], ...]
    """(file name, digest), in the order of upload, refused ones too"""
    refused: tuple[FileReport, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows were read, headers and blanks too."""
        return sum(len(sheet.rows) for sheet in self.sheets)

    @property
    def cells(self) -> int:
        """About how many cells were read."""
        return sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in self.sheets if sheet.rows)


def process(
    files: Sequence[UploadedFile],
    settings: Settings,
    *,
    maps: Sequence[ColumnMap] = (),
    corrections: Sequence[Correction] = (),
    as_of: date | None = None,
    remembered: Remembered | None = None,
    progress: Progress | None = None,
    known_customers: KnownCustomers = None,
    known_values: KnownValues = None,
    answers: Sequence[Answer] = (),
) -> Batch:
    """Turn uploaded files into a Batch. A file that cannot be read, or holds no table, is refused in its report; the others go on.

    ``as_of`` (else the date in the file names, else today) is what "in the future" is measured by. ``known_customers``: ids the store holds already.
    ``known_values``: vocabulary (industry, source, region, team, owner) → the spellings it holds. ``answers``: what users confirmed before about spellings, date orders and decimal signs.
    """
    return reprocess(
        read_all(files, settings, progress),
        settings,
        maps=maps,
        corrections=corrections,
        as_of=as_of,
        remembered=remembered,
        progress=progress,
        known_customers=known_customers,
        known_values=known_values,
        answers=answers,
    )


def read_all(files: Sequence[UploadedFile], settings: Settings, progress: Progress | None = None) -> ReadFiles:
    """Read files without interpreting them. The same file handed in twice is read once."""
    files = _distinct(files)
    sheets: list[RawSheet] = []
    refused: list[FileReport] = []
    sizes = [len(file.content) for file in files]
    done = rows_before = 0

    def rows_read(rows: int, expected: int) -> None:
        of_file = rows / expected if expected else 0.0
        share = (sum(sizes[:done]) + sizes[done] * min(of_file, 1.0)) / max(1, sum(sizes))
        _tell(progress, "read", share, rows_before + rows)

    for result in read_files(files, settings.limits, rows_read):
        done += 1
        sheets += result.sheets
        if result.refused is not None:
            refused.append(_refusal(result.file.name, result.file.digest, result.refused))
        rows_before = sum(len(sheet.rows) for sheet in sheets)
    read = ReadFiles(tuple(sheets), tuple((file.name, file.digest) for file in files), tuple(refused))
    _tell(progress, "read", 1.0, read.rows)
    return read


def _distinct(files: Sequence[UploadedFile]) -> list[UploadedFile]:
    """Leave out repeated contents, and tell apart different files of one name: a row is found again by its file's name."""
    kept: dict[str, UploadedFile] = {}
    names: dict[str, int] = {}
    for file in files:
        if file.digest in kept:
            continue
        names[file.name] = names.get(file.name, 0) + 1
        stem, dot, ending = file.name.rpartition(".")
        again = f"{stem} ({names[file.name]}){dot}{ending}" if dot else f"{ending} ({names[file.name]})"
        kept[file.digest] = file if names[file.name] == 1 else replace(file, name=again)
    return list(kept.values())


def reprocess(
    read: ReadFiles | Iterable[RawSheet],
    settings: Settings,
    *,
    maps: Sequence[ColumnMap] = (),
    corrections: Sequence[Correction] = (),
    as_of: date | None = None,
    remembered: Remembered | None = None,
    progress: Progress | None = None,
    known_customers: KnownCustomers = None,
    known_values: KnownValues = None,
    answers: Sequence[Answer] = (),
) -> Batch:
    """Run everything but the reading: the same steps for the first time and after each correction."""
    read = read if isinstance(read, ReadFiles) else _as_read(tuple(read))
    as_of_found = as_of_from_names((name for name, _ in read.names), date.today())
    sheets_read = [raw for raw in read.sheets if not is_issue_list(raw)]
    matched = [each for raw in sheets_read for each in match_sheet(raw, maps, remembered)]
    _tell(progress, "match", 1.0, read.rows)
    sheets = [corrected(each, corrections) for each in matched if each.table is not None]
    typed = _typed(sheets, settings, maps, progress, answers)
    known = known_customers() if callable(known_customers) else known_customers
    about_columns = [issue for each in matched for issue in column_issues(each, settings)]
    assembled = assemble(typed, settings, as_of or as_of_found or date.today(), known, about_columns, known_values)
    _tell(progress, "check", 1.0, sum(sheet.frame.height for sheet in typed))
    return Batch(
        tables=assembled.tables,
        quarantine=assembled.quarantine,
        issues=_in_order(assembled.issues, read),
        files=_reports(read, matched),
        as_of_found=as_of_found,
        identical_rows=assembled.identical_rows,
    )


def _typed(
    sheets: Sequence[MatchedSheet],
    settings: Settings,
    maps: Sequence[ColumnMap],
    progress: Progress | None,
    answers: Sequence[Answer],
) -> list[TypedSheet]:
    decided = zip(sheets, decide_orders(sheets, maps, answers), decide_decimals(sheets, maps, answers), strict=True)
    typed: list[TypedSheet] = []
    total = sum(len(sheet.data_indices) for sheet in sheets)
    done = 0
    for sheet, order, decimals in decided:
        chosen = map_for(maps, sheet.raw, [match.header for match in sheet.columns])
        own = len(sheet.data_indices)

        def typed_so_far(share: float, before: int = done, rows: int = own) -> None:
            _tell(progress, "type", (before + share * rows) / max(1, total), before + int(share * rows))

        known = spellings(answers, str(sheet.table))
        one = type_sheet(sheet, settings, chosen, order, typed_so_far, decimals, known)
        typed.append(with_derived_ids(one))
        done += own
    return typed


def _as_read(sheets: tuple[RawSheet, ...]) -> ReadFiles:
    return ReadFiles(sheets, tuple(dict.fromkeys((raw.file, raw.digest) for raw in sheets)))


def _refusal(name: str, digest: str, refusal: FileRefused) -> FileReport:
    return FileReport(name, digest, refusal.kind, refusal.params)


def _reports(read: ReadFiles, matched: Sequence[MatchedSheet]) -> tuple[FileReport, ...]:
    refused = {(report.file, report.digest): report for report in read.refused}
    reports = []
    for name, digest in read.names:
        sheets = tuple(each for each in matched if (each.raw.file, each.raw.digest) == (name, digest))
        if (name, digest) in refused:
            reports.append(refused[name, digest])
        elif any(each.table for each in sheets):
            reports.append(FileReport(name, digest, sheets=sheets))
        else:
            reports.append(FileReport(name, digest, "no-table-found", {"file": name}, sheets))
    return tuple(reports)


def _in_order(issues: Iterable[Issue], read: ReadFiles) -> tuple[Issue, ...]:
    """Sort issues as a reader meets them: file, sheet, row, keeping the order of checks within a row."""
    place = {(raw.file, raw.sheet): at for at, raw in enumerate(read.sheets)}
    return tuple(sorted(issues, key=lambda issue: (place.get((issue.file, issue.sheet), -1), issue.row or 0)))


def _tell(progress: Progress | None, step: str, share: float, rows: int) -> None:
    if progress is not None:
        progress(step, share, rows)
