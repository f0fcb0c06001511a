"""Everything a draft amounts to, worked out once and kept: the files read, the batch, and what loading it would change."""

from __future__ import annotations

import ctypes
import gc
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Container, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.i18n import Lang
from salesanalytics.intake.apart import reprocess_apart
from salesanalytics.intake.as_they_come import PATIENCE_SECONDS
from salesanalytics.intake.correct_places import Places
from salesanalytics.intake.only_rows import only_rows
from salesanalytics.intake.pipeline import Progress, ReadFiles, read_all
from salesanalytics.intake.read import LARGE_CELLS
from salesanalytics.intake.types import Batch, UploadedFile
from salesanalytics.store.types import ImportOutcome
from salesanalytics.store.workspace import Workspace
from salesanalytics.ui.importing.draft import ImportDraft
from salesanalytics.ui.importing.fixes import Fixer
from salesanalytics.ui.importing.impact import Impact, effect_now, impact_of
from salesanalytics.ui.importing.rows import UploadRows
from salesanalytics.ui.importing.signatures import remembered_by_table
from salesanalytics.ui.importing.spellings import knowing
from salesanalytics.ui.importing.suggesting import STAGE_KINDS, Suggester, with_suggestions

T = TypeVar("T")
LARGE_ROWS = 20_000


@dataclass
class Shelf:
    """Keeps the few most recently used answers. Safe to share between threads; two that ask at once may both compute."""

    keep: int
    _kept: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def holds(self, key: Hashable) -> bool:
        """Say whether something is kept under ``key``."""
        with self._lock:
            return key in self._kept

    def answer(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return what is kept under ``key``, else compute and keep it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key])
        made = compute()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self.keep:
                self._kept.popitem(last=False)
        return made

    def keep_those_of(self, drafts: Container[object]) -> None:
        """Drop what is kept under keys (tuples) that name none of ``drafts``."""
        with self._lock:
            for key in [key for key in self._kept if not any(part in drafts for part in cast("tuple[object]", key))]:
                del self._kept[key]

    def forget(self, key: Hashable | None = None) -> None:
        """Drop what is kept under ``key``, or everything."""
        with self._lock:
            if key is None:
                self._kept.clear()
            else:
                self._kept.pop(key, None)


def give_memory_back() -> None:
    """Return freed memory to the machine: the allocator of glibc keeps what a large upload took until it is asked; others do so by themselves."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


class Workbench:
    """Works drafts out against one workspace. One for all sessions; memory is bounded by the shelves."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._read = Shelf(2)
        self._worked = Shelf(24)
        self._latest_large: deque[str] = deque(maxlen=3)  # the draft, with every suggestion taken, and the one before
        self._one_large = threading.Lock()

    def is_worked_out(self, draft: ImportDraft) -> bool:
        """Say whether the draft's batch is at hand, so that nobody has to wait for it."""
        return self._worked.holds(("batch", *self._key(draft)))

    def batch(self, draft: ImportDraft, progress: Progress | None = None) -> Batch:
        """Return the draft's files matched, corrected, typed and checked. A file whose bytes are no longer kept is left out."""
        batch = self._worked.answer(("batch", *self._key(draft)), lambda: self._processed(draft, progress))
        if sum(frame.height for frame in batch.tables.values()) > LARGE_ROWS:
            self._worked.keep_those_of(self._large(draft.digest))
        return batch

    def _large(self, digest: str) -> tuple[str, ...]:
        """The drafts over large files last asked about: each answer about one may weigh a hundred megabytes, so few are kept."""
        if digest not in self._latest_large:
            self._latest_large.append(digest)
        return tuple(self._latest_large)

    def rows(self, draft: ImportDraft) -> UploadRows:
        """Return the draft's rows with its corrections laid over."""
        return self._worked.answer(
            ("rows", *self._key(draft)), lambda: UploadRows(self.batch(draft), draft.corrections)
        )

    def fixer(self, draft: ImportDraft, who: str) -> Fixer:
        """Return what makes corrections over the draft's rows."""
        return self._worked.answer(
            ("fixer", who, *self._key(draft)),
            lambda: Fixer(self.batch(draft), Places(self.batch(draft), draft.corrections), self.rows(draft), who),
        )

    def suggester(self, draft: ImportDraft, who: str, lang: Lang) -> Suggester:
        """Return what knows the suggestions for the draft's issues."""
        fixer = self.fixer(draft, who)
        staged = [issue for issue in self.batch(draft).issues if issue.kind in STAGE_KINDS]
        latest = self._worked.answer(("latest", *self._key(draft)), lambda: fixer.stages_from_followups(staged))
        return Suggester(fixer, self.workspace.settings().stages, latest, lang)

    def suggested(self, draft: ImportDraft, who: str, lang: Lang) -> ImportDraft:
        """Return the draft with every suggestion taken."""
        return self._worked.answer(
            ("suggested", who, lang, *self._key(draft)),
            lambda: with_suggestions(draft, self.batch(draft), self.suggester(draft, who, lang)),
        )

    def impact(self, draft: ImportDraft, as_of: date, progress: Callable[[float], None] | None = None) -> Impact:
        """Return what loading the draft with this as-of date would do."""
        return self._worked.answer(
            ("impact", as_of, *self._key(draft)),
            lambda: impact_of(self.workspace, self.batch(draft), draft, as_of, progress),
        )

    def before(self, as_of: date) -> dict[str, float | None]:
        """Return the figures as they are now, with sales in the quarter of ``as_of``."""
        return self._worked.answer(
            ("before", as_of, self.workspace.version()), lambda: effect_now(self.workspace, as_of)
        )

    def load(self, draft: ImportDraft, as_of: date, who: str, said: Callable[[float], None]) -> ImportOutcome:
        """Load the draft, rows with errors into quarantine, and remember the spellings it taught. Raises as ``Workspace.load``."""
        outcome = self.workspace.load(
            self.batch(draft),
            as_of,
            draft.mode,
            who=who,
            accept_errors=True,
            corrections=draft.of_rows(draft.corrections),
            progress=said,
        )
        if draft.aliases:
            settings = self.workspace.settings()
            stages = knowing(settings.stages, draft.aliases)
            self.workspace.save_settings(settings.model_copy(update={"stages": stages}), who)
        if draft.answers:
            self.workspace.remember_answers(draft.answers, who)
        return outcome

    def forget(self, draft: ImportDraft) -> None:
        """Let go of a draft that was loaded or discarded: its raw cells and frames may be a gigabyte. Others' drafts are worked out anew when asked for."""
        self._read.forget(self._files_key(draft))
        self._worked.forget()
        give_memory_back()

    def view(self) -> View:
        """Return the newest state as everyone sees it."""
        return View(self.workspace.state(), EVERYONE)

    def _processed(self, draft: ImportDraft, progress: Progress | None) -> Batch:
        read = self._reading(draft, progress)
        with self._turn(read, progress):
            batch = self._checked(draft, read, progress)
            return only_rows(batch, draft.rows) if draft.rows else batch

    @contextmanager
    def _turn(self, read: ReadFiles, progress: Progress | None) -> Iterator[None]:
        """Let one large upload be worked out at a time, which bounds the memory; whoever waits is told so, and may give up."""
        if read.cells < LARGE_CELLS:
            yield
            return
        while not self._one_large.acquire(timeout=PATIENCE_SECONDS):
            if progress is not None:
                progress("match", 0.0, 0)
        try:
            yield
        finally:
            self._one_large.release()

    def _checked(self, draft: ImportDraft, read: ReadFiles, progress: Progress | None) -> Batch:
        return reprocess_apart(
            read,
            self.workspace.settings(),
            maps=draft.maps,
            corrections=draft.corrections,
            as_of=draft.as_of,
            remembered=remembered_by_table(self.workspace.remembered_columns()),
            progress=progress,
            known_customers=self.workspace.known_customers,
            known_values=self.workspace.known_values,
            answers=self.workspace.remembered_answers(),
        )

    def _reading(self, draft: ImportDraft, progress: Progress | None) -> ReadFiles:
        return self._read.answer(self._files_key(draft), lambda: self._read_files(draft, progress))

    def _read_files(self, draft: ImportDraft, progress: Progress | None) -> ReadFiles:
        files = [
            UploadedFile(file.name, content, file.digest)
            for file in draft.files
            if (content := self.workspace.file_content(file.digest)) is not None
        ]
        return read_all(files, self.workspace.settings(), progress)

    def _files_key(self, draft: ImportDraft) -> tuple[object, ...]:
        return tuple((file.name, file.digest) for file in draft.files)

    def _key(self, draft: ImportDraft) -> tuple[object, ...]:
        memory = sorted(self.workspace.remembered_columns().items()), self.workspace.remembered_answers()
        return draft.digest, self.workspace.version(), repr(memory)
