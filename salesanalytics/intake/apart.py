"""A large upload matched, typed and checked in a process of its own: others' pages keep the interpreter, and its memory goes when it ends."""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

import polars as pl

from salesanalytics.intake.as_they_come import as_they_come
from salesanalytics.intake.child_process import ended, started
from salesanalytics.intake.pipeline import Progress, ReadFiles, reprocess
from salesanalytics.intake.read import LARGE_CELLS
from salesanalytics.intake.types import Batch, FileReport, Issue, QuarantinedRow, RawSheet
from salesanalytics.settings import Settings

_MODULE = "salesanalytics.intake.apart_child"
Answer = tuple[str, Any]


@dataclass(frozen=True)
class Request:
    """What the process is asked: the arguments of ``reprocess``, whatever they are (``how`` without ``progress``)."""

    read: ReadFiles
    settings: Settings
    how: Mapping[str, Any]


@dataclass
class _Parts:
    """A batch as it comes back, piece by piece: one piece would hold the interpreter until it is unpickled."""

    tables: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    quarantine: list[QuarantinedRow] = field(default_factory=list)


def reprocess_apart(read: ReadFiles, settings: Settings, *, progress: Progress | None = None, **how: Any) -> Batch:
    """Return what ``pipeline.reprocess`` returns, to the same arguments. From ``LARGE_CELLS`` cells on a process of its own finds it, which ends
    with the call.

    ``progress`` is called several times a second; what it raises ends the process. A process that runs out of memory refuses the files as
    ``out-of-memory``.
    """
    if read.cells < LARGE_CELLS:
        return reprocess(read, settings, progress=progress, **how)
    asked = {
        name: each() if callable(each) else each for name, each in how.items()
    }  # what the store knows is asked for here
    request = Request(read, settings, asked)
    process = started(_MODULE, {"POLARS_MAX_THREADS": "1"})
    try:
        return _asked(process, request, progress)
    except (EOFError, OSError, pickle.UnpicklingError):
        return _refused(read)
    finally:
        ended(process)


def _asked(process: subprocess.Popen[bytes], request: Request, progress: Progress | None) -> Batch:
    pickle.dump(request, cast("BinaryIO", process.stdin), pickle.HIGHEST_PROTOCOL)
    cast("BinaryIO", process.stdin).flush()
    stdout = cast("BinaryIO", process.stdout)
    said: tuple[str, float, int] = ("match", 0.0, 0)
    parts = _Parts()
    for answer in as_they_come(
        lambda: _received(stdout, request.read.sheets), lambda each: each[0] in ("done", "failed")
    ):
        match answer:
            case ("said", (step, share, rows)):
                said = (step, share, rows)
            case ("table", (name, frame)):
                parts.tables.setdefault(name, []).append(frame)
            case ("issues", issues):
                parts.issues += issues
            case ("quarantine", held):
                parts.quarantine += held
            case ("failed", "MemoryError"):
                return _refused(request.read)
            case ("failed", reason):
                raise RuntimeError(reason)
            case ("done", (files, as_of_found, identical_rows)):
                tables = {name: pl.concat(pieces, rechunk=False) for name, pieces in parts.tables.items()}
                return Batch(tables, tuple(parts.quarantine), tuple(parts.issues), files, as_of_found, identical_rows)
        if progress is not None:
            progress(*said)
    raise EOFError


def _received(stream: BinaryIO, sheets: Sequence[RawSheet]) -> Answer:
    return cast("Answer", SheetsKnown(stream, sheets).load())


class SheetsKnown(pickle.Unpickler):
    """Reads an answer, in which the sheets that were sent stand as their numbers."""

    def __init__(self, stream: BinaryIO, sheets: Sequence[RawSheet]) -> None:
        super().__init__(stream)
        self._sheets = sheets

    def persistent_load(self, pid: int) -> RawSheet:
        """Return the sheet of this number."""
        return self._sheets[pid]


def _refused(read: ReadFiles) -> Batch:
    """Refuse every file that was not refused before."""
    before = {report.digest: report for report in read.refused}
    reports = (
        before.get(digest) or FileReport(name, digest, "out-of-memory", {"file": name}) for name, digest in read.names
    )
    return Batch({}, (), (), tuple(reports))
