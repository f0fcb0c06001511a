"""The workspace: one folder's data, and everything that can be done with it. Safe to share between threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast

import duckdb

from salesanalytics.errors import UserError
from salesanalytics.intake.answers import Answer
from salesanalytics.intake.types import Batch, Correction, Issue, UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.store import answers, documents, import_places, imports, sample_checks, settings_history
from salesanalytics.store.compact import connect_compacted
from salesanalytics.store.connection import connect
from salesanalytics.store.counting import counts
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.incoming import Staged, stage
from salesanalytics.store.issue_counts import read_issue_counts, write_issue_counts
from salesanalytics.store.kept_answers import read_kept, write_kept
from salesanalytics.store.known import Known
from salesanalytics.store.load import verify, write
from salesanalytics.store.migrations import migrate
from salesanalytics.store.newest import EVERY_IMPORT
from salesanalytics.store.rehearsal import RehearsedState, previewed, rehearsed
from salesanalytics.store.spans import seen_sql
from salesanalytics.store.state import State, StateShelf
from salesanalytics.store.transaction import Writers
from salesanalytics.store.types import (
    AuditEntry,
    HeldRow,
    ImportedFile,
    ImportOutcome,
    ImportPreview,
    ImportRecord,
    IssueCount,
    Mode,
    SampledRow,
    SampleMark,
    SettingsVersion,
)
from salesanalytics.store.uploads import Uploads
from salesanalytics.tables import LEADS

T = TypeVar("T")
_VERSION = f"SELECT version FROM {SCHEMA}.data_version"
Progress = Callable[[float], None]
"""called with the share done, 0-1"""


def open_workspace(
    folder: Path | None, settings: Settings = DEFAULT_SETTINGS, *, read_only: bool = False, key: str | None = None
) -> Workspace:
    """Open the workspace in ``folder``, making it if need be; None is a private one in memory, gone when closed.

    ``settings`` hold until others are saved. ``key`` (ASCII) encrypts everything at rest. Raises ``UserError``: ``workspace-busy`` when another
    process has it open, ``workspace-key``, ``workspace-key-ascii``, ``workspace-missing``, ``workspace-newer``, ``workspace-unreadable``.
    """
    if folder is not None and not read_only:
        try:
            for made in (folder, folder / "log"):
                made.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise UserError("workspace-unreadable", folder=str(folder)) from None
    connection = (
        connect(folder, read_only=read_only, key=key) if folder is None or read_only else connect_compacted(folder, key)
    )
    uploads = Uploads(folder if key is None else None)
    try:
        if not read_only:
            with connection.cursor() as cursor:
                migrate(cursor)
                uploads.clear_leftovers(cursor)
    except BaseException:
        connection.close()
        raise
    return Workspace(connection, settings, uploads, folder=folder, read_only=read_only)


class Workspace:
    """Imports, their history, the states they give, and the workspace's own settings and log."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        uploads: Uploads,
        *,
        folder: Path | None,
        read_only: bool,
    ) -> None:
        self.folder = folder
        self._connection = connection
        self._defaults = settings
        self._uploads = uploads
        self._writers = Writers(connection, sealed=read_only)
        self._unchanged = dict[str, tuple[object, Any]]()
        self._states = StateShelf(connection)
        self._closing = threading.Lock()
        self._closed = False

    def preview(self, batch: Batch, as_of: date, mode: Mode = "full") -> ImportPreview:
        """Return what loading ``batch`` would do, without doing it."""
        with self._writers.rehearsal() as cursor:
            return previewed(cursor, stage(cursor, batch, as_of), as_of, mode)

    @contextmanager
    def rehearse(
        self, batch: Batch, as_of: date, mode: Mode = "full", progress: Progress | None = None
    ) -> Iterator[RehearsedState]:
        """Open the state there would be after loading ``batch``, without loading it; it is gone when the block ends."""
        settings = self.settings()
        with self._writers.rehearsal() as cursor, rehearsed(cursor, batch, as_of, mode, settings, progress) as state:
            yield state

    def load(
        self,
        batch: Batch,
        as_of: date,
        mode: Mode = "full",
        *,
        who: str,
        accept_errors: bool = False,
        corrections: Sequence[Correction] = (),
        progress: Progress | None = None,
    ) -> ImportOutcome:
        """Load ``batch`` as one import in one transaction; either all of it is there afterwards or nothing.

        With ``accept_errors`` the rows in ``batch.quarantine`` are kept aside and the others loaded. Raises ``UserError``: ``errors-block``,
        ``nothing-to-load``, ``value-too-large``, ``load-mismatch``, ``workspace-read-only``.
        """
        if batch.errors and not accept_errors:
            raise UserError("errors-block", n=len(batch.errors))
        left_out = mode == "changes" and any(
            each.action == "drop" for each in corrections
        )  # so held rows are left out for good
        if not left_out and not batch.quarantine and not any(frame.height for frame in batch.tables.values()):
            raise UserError("nothing-to-load")
        said = progress or (lambda share: None)
        with self._writers.change() as cursor:
            staged = stage(cursor, batch, as_of)
            said(0.5)
            found = counts(cursor, staged, as_of, mode)
            repeated = imports.repeat_of(cursor, staged, as_of, mode, found)
            if repeated is not None:
                said(1.0)
                return ImportOutcome(repeated, as_of, found, repeated=True)
            import_id = write(cursor, staged, found, as_of=as_of, mode=mode, who=who)
            documents.write_corrections(cursor, import_id, corrections)
            write_issue_counts(cursor, batch, import_id)
            import_places.write_issues(cursor, batch, import_id)
            said(0.8)
            verify(cursor, batch, staged, import_id)
            detail = {"import_id": import_id, "as_of": as_of, "mode": mode, "files": _names(staged)}
            documents.record(cursor, who, "imported", detail)
            self._writers.bump(cursor)
        said(1.0)
        return ImportOutcome(import_id, as_of, found)

    def undo(self, import_id: int, who: str) -> None:
        """Undo an import as a whole, whichever it is. Raises ``UserError``: ``import-unknown``, ``import-already-undone``."""
        with self._writers.change() as cursor:
            imports.mark_undone(cursor, import_id, who)
            documents.record(cursor, who, "undone", {"import_id": import_id})
            self._writers.bump(cursor)

    def imports(self) -> list[ImportRecord]:
        """Return every import in the order of upload, undone ones too."""
        with self._reading() as cursor:
            return imports.records(cursor)

    def quarantine(self) -> list[HeldRow]:
        """Return the rows held back by the imports that were not undone."""
        with self._reading() as cursor:
            return imports.held_rows(cursor)

    def issue_counts(self) -> dict[int, tuple[IssueCount, ...]]:
        """Return how many issues of each kind every import was loaded with; imports from before this was kept are absent."""
        with self._reading() as cursor:
            return read_issue_counts(cursor)

    def issues_of(self, import_id: int, *kinds: str) -> list[Issue]:
        """Return the issues an import was loaded with, of ``kinds`` if named, each with its place; none of an import from before they were kept."""
        with self._reading() as cursor:
            return import_places.read_issues(cursor, import_id, kinds)

    def rows_of(self, import_id: int) -> list[dict[str, Any]]:
        """Return the rows an import read into tables: table, key, file, sheet, row."""
        with self._reading() as cursor:
            return import_places.read_places(cursor, import_id)

    def sampled(self, audience: str) -> dict[str, tuple[SampledRow, ...]]:
        """Return the weekly samples kept for ``audience`` (who may see them): ISO week (2026-W45) → rows with their newest marks."""
        with self._reading() as cursor:
            return sample_checks.read_rows(cursor, audience)

    def mark_sampled(
        self, week: str, audience: str, drawn: Sequence[SampledRow], marks: Mapping[str, SampleMark]
    ) -> None:
        """Keep marks (customer → mark) of a week's sample; with the first one the rows as drawn are kept too, and stand from then on."""
        with self._writers.change() as cursor:
            if sample_checks.keep_rows(cursor, week, audience, drawn):
                documents.record(
                    cursor,
                    next((mark.who for mark in marks.values()), ""),
                    "sample-drawn",
                    {"week": week, "rows": len(drawn)},
                )
            for customer_id, mark in marks.items():
                sample_checks.add_mark(cursor, week, audience, customer_id, mark)
                detail = {"week": week, "customer_id": customer_id, "verdict": mark.verdict, "note": mark.note}
                documents.record(cursor, mark.who, "sample-checked", detail)

    def corrections(self, import_id: int) -> list[Correction]:
        """Return the corrections an import was made with."""
        with self._reading() as cursor:
            return documents.read_corrections(cursor, import_id)

    def as_of_dates(self) -> list[date]:
        """Return the as-of dates of the imports that were not undone, ascending."""
        with self._reading() as cursor:
            rows = cursor.execute(
                f"SELECT DISTINCT as_of FROM {SCHEMA}.imports WHERE undone_at IS NULL ORDER BY as_of"
            ).fetchall()
        return [row[0] for row in rows]

    def known_customers(self) -> frozenset[str]:
        """Return every customer of the imports that were not undone, missing ones too: a follow-up of theirs is no orphan."""
        with self._reading() as cursor:
            rows = cursor.execute(
                f"""SELECT DISTINCT c.customer_id FROM {SCHEMA}.leads_content c WHERE c.content_id IN (SELECT content_id FROM ({seen_sql(LEADS, EVERY_IMPORT)}))"""
            ).fetchall()
        return frozenset(row[0] for row in rows)

    def known_values(self) -> dict[str, frozenset[str]]:
        """Return the spellings of each open vocabulary (industry, source, region, team, owner) in the imports that were not undone."""
        names = ("industry", "source", "region", "team", "owner")
        distinct = ", ".join(f"array_agg(DISTINCT c.{name}) FILTER (WHERE c.{name} IS NOT NULL)" for name in names)
        with self._reading() as cursor:
            row = cursor.execute(
                f"""SELECT {distinct} FROM {SCHEMA}.leads_content c WHERE c.content_id IN (SELECT content_id FROM ({seen_sql(LEADS, EVERY_IMPORT)}))"""
            ).fetchone()
        return {name: frozenset(spellings or ()) for name, spellings in zip(names, row or (), strict=True)}

    def state(self, as_of: date | None = None, settings: Settings | None = None) -> State:
        """Return the state as of a date (None: the newest import's, or today's of an empty workspace), under ``settings`` if others than the saved ones."""
        if as_of is None:
            dates = self.as_of_dates()
            as_of = dates[-1] if dates else date.today()
        return self._states.state(as_of, settings or self.settings())

    def state_of(self, as_of: date, known: Known, settings: Settings | None = None) -> State:
        """Return the state as of a date made of the imports in ``known`` alone (``store.known.known_at``: those that counted at a moment)."""
        return self._states.state(as_of, settings or self.settings(), known)

    def state_at_hand(self, as_of: date, settings: Settings | None = None) -> bool:
        """Say whether ``state`` would answer without building."""
        return self._states.at_hand(as_of, settings or self.settings())

    def keep_state(self, as_of: date, settings: Settings | None = None) -> None:
        """Build the state as of a date if need be and keep it in the file, so that neither a start nor a look back builds it again.

        Of the newest date everything is kept, of earlier ones all but the log and the stage history. Nothing is written where the workspace is read-only.
        """
        if not self._writers.sealed:
            whole = as_of == max(self.as_of_dates(), default=as_of)
            self._states.keep(as_of, settings or self.settings(), self._writers, whole=whole)

    def version(self) -> int:
        """Return a number that grows at each change of the data or the settings. Cheap enough to ask every second."""
        return self._since_change("version", lambda cursor: int(cursor.execute(_VERSION).fetchall()[0][0]))

    def settings(self) -> Settings:
        """Return the saved settings, else those the workspace was opened with."""
        return self._since_change("settings", settings_history.read_settings) or self._defaults

    def _since_change(self, name: str, read: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        """Return ``read(cursor)``, or what it returned since the last change: a page asks for version and settings a dozen times."""
        latest = self._writers.latest  # before reading: a change that comes between is read, and read again
        found = self._unchanged.get(name)
        if found is None or found[0] is not latest:
            with self._reading() as cursor:
                found = self._unchanged[name] = (latest, read(cursor))
        return cast("T", found[1])

    def save_settings(self, settings: Settings, who: str, *, restores: int | None = None) -> None:
        """Keep ``settings`` as a new version; the former ones stay (``restores``: which of them these are). Raises ``UserError``: ``stage-…``."""
        with self._writers.change() as cursor:
            version = settings_history.write_version(cursor, settings, who, restores)
            if version is not None:
                self._note_settings(cursor, version)

    def undo_settings(self, who: str) -> SettingsVersion:
        """Restore the settings before the last change, as a new version; again, those before that. Raises ``UserError("settings-nothing-to-undo")``."""
        with self._writers.change() as cursor:
            versions = settings_history.read_versions(cursor, self._defaults)
            former, number = settings_history.before_last(versions, self._defaults)
            version = settings_history.write_version(cursor, former, who, number)
            if version is None:
                raise UserError("settings-nothing-to-undo")
            self._note_settings(cursor, version)
            return version

    def settings_versions(self) -> list[SettingsVersion]:
        """Return every version of the settings, newest first; empty while the defaults hold."""
        with self._reading() as cursor:
            return settings_history.read_versions(cursor, self._defaults)

    def settings_at(self, moment: datetime) -> Settings:
        """Return the settings that held just before ``moment`` (with a zone)."""
        held = (version.settings for version in self.settings_versions() if version.saved_at < moment)
        return next(held, self._defaults)

    def _note_settings(self, cursor: duckdb.DuckDBPyConnection, version: SettingsVersion) -> None:
        told = {change.key: [change.before, change.after] for change in version.changes}
        detail = {"version": version.number, "restores": version.restores, "changes": told}
        documents.record(cursor, version.who, "settings-saved", detail)
        self._writers.bump(cursor)

    def remembered_columns(self) -> dict[str, dict[str, str | None]]:
        """Return the columns users confirmed: header signature → (their header → our column, None: not used)."""
        with self._reading() as cursor:
            return documents.read_columns(cursor)

    def remember_columns(self, signature: str, columns: Mapping[str, str | None], who: str) -> None:
        """Remember how a sheet with this header signature is to be read."""
        with self._writers.change() as cursor:
            documents.write_columns(cursor, signature, columns, who)
            documents.record(cursor, who, "columns-confirmed", {"signature": signature, "columns": dict(columns)})

    def forget_column(self, signature: str, header: str, who: str) -> None:
        """Forget how one header of sheets with this signature is to be read: it is asked about again."""
        with self._writers.change() as cursor:
            columns = documents.read_columns(cursor).get(signature, {})
            left = {name: column for name, column in columns.items() if name != header}
            documents.write_columns(cursor, signature, left, who)
            documents.record(cursor, who, "column-forgotten", {"signature": signature, "header": header})

    def remembered_answers(self) -> tuple[Answer, ...]:
        """Return what users answered once about spellings, date orders and decimal signs."""
        with self._reading() as cursor:
            return answers.read_answers(cursor)

    def remember_answers(self, given: Sequence[Answer], who: str) -> None:
        """Remember answers for the next files; one about the same thing replaces the former."""
        with self._writers.change() as cursor:
            answers.add_answers(cursor, given, who)
            documents.record(cursor, who, "answers-remembered", {"answers": [list(each) for each in given]})

    def forget_answer(self, answer: Answer, who: str) -> None:
        """Forget one answer: it is asked about again."""
        with self._writers.change() as cursor:
            answers.drop_answer(cursor, answer, who)
            documents.record(cursor, who, "answer-forgotten", {"answer": list(answer)})

    def kept_answers(self) -> dict[str, str]:
        """Return the answers kept across starts: digest of the question → answer."""
        with self._reading() as cursor:
            return read_kept(cursor)

    def keep_answers(self, kept: Mapping[str, str]) -> None:
        """Keep answers across starts, instead of the former ones. Nothing is written where the workspace is read-only."""
        if not self._writers.sealed:
            with self._writers.change() as cursor:
                write_kept(cursor, kept)

    def import_files(self, import_id: int) -> tuple[ImportedFile, ...]:
        """Return the files of an import, and whether their bytes are still kept."""
        with self._reading() as cursor:
            return imports.imported_files(cursor, import_id)

    def keep_file(self, file: UploadedFile) -> None:
        """Keep the bytes of an upload by its digest; the oldest are let go above the bound in the settings (at least one file's limit)."""
        limits = self.settings().limits
        bound = max(limits.kept_upload_bytes, limits.max_file_bytes)  # a file is needed until it is loaded
        with self._writers.change() as cursor:
            self._uploads.keep(cursor, file, bound)

    def file_content(self, digest: str) -> bytes | None:
        """Return the kept bytes of an upload, or None when they are not (or no longer) kept."""
        with self._reading() as cursor:
            return self._uploads.content(cursor, digest)

    def kept_draft(self, who: str) -> str | None:
        """Return the import ``who`` is preparing, as text, or None."""
        with self._reading() as cursor:
            return documents.read_draft(cursor, who)

    def keep_draft(self, who: str, body: str | None) -> None:
        """Keep the import ``who`` is preparing, so that a reload of the page finds it; None forgets it."""
        with self._writers.change() as cursor:
            documents.write_draft(cursor, who, body)

    def audit(self, who: str, action: str, detail: Mapping[str, object]) -> None:
        """Write a line of the audit log: who exported, corrected or changed what."""
        with self._writers.change() as cursor:
            documents.record(cursor, who, action, detail)

    def audit_log(self, limit: int = 1000) -> list[AuditEntry]:
        """Return the newest lines of the audit log, newest first."""
        with self._reading() as cursor:
            return documents.read_audit(cursor, limit)

    def seal(self) -> None:
        """Refuse every change from now on: a filled workspace in memory becomes read-only (the sample data)."""
        self._writers.seal()

    def close(self) -> None:
        """Close the database; waits for a running change. Closing twice is fine."""
        with self._closing:
            if not self._closed:
                self._writers.finish()
                self._connection.close()
                self._closed = True

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own: threads that shared one got each other's rows."""
        with self._connection.cursor() as cursor:
            yield cursor


def _names(staged: Staged) -> list[str]:
    return sorted(set(staged.file_names.values()))
