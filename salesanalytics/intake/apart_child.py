"""The process of ``apart``: ``python -m salesanalytics.intake.apart_child``. One request on stdin, progress and the batch in pieces on stdout."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

from salesanalytics.intake.apart import Request
from salesanalytics.intake.child_process import bind_memory, private_stdout
from salesanalytics.intake.pipeline import reprocess
from salesanalytics.intake.types import Batch, RawSheet

MEMORY_BYTES = 4 * 2**30
_PIECE, _PIECE_OF_TABLE = 2_000, 20_000
_NICE = 10


class _SheetsNumbered(pickle.Pickler):
    """Writes an answer; the sheets that came with the request go back as their numbers."""

    def __init__(self, stream: BinaryIO, sheets: Sequence[RawSheet]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._numbers = {id(sheet): number for number, sheet in enumerate(sheets)}

    def persistent_id(self, obj: Any) -> int | None:
        return self._numbers.get(id(obj)) if isinstance(obj, RawSheet) else None


def main() -> None:
    """Answer the one request."""
    answers = private_stdout()
    if hasattr(os, "nice"):
        os.nice(_NICE)  # others come first
    bind_memory(MEMORY_BYTES)
    gc.disable()  # cells are no cycles, and the process ends with the answer
    request: Request = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent

    def send(kind: str, content: object) -> None:
        _SheetsNumbered(answers, request.read.sheets).dump((kind, content))
        answers.flush()

    try:
        _send(reprocess(request.read, request.settings, progress=lambda *said: send("said", said), **request.how), send)
    except BrokenPipeError:
        return
    except BaseException as error:
        send("failed", type(error).__name__ if isinstance(error, MemoryError) else repr(error))
    os._exit(0)  # nothing is left to be tidied up


def _send(batch: Batch, send: Any) -> None:
    for name, frame in batch.tables.items():
        for start in range(0, max(1, frame.height), _PIECE_OF_TABLE):
            send("table", (name, frame.slice(start, _PIECE_OF_TABLE)))
    for start in range(0, len(batch.issues), _PIECE):
        send("issues", batch.issues[start : start + _PIECE])
    for start in range(0, len(batch.quarantine), _PIECE):
        send("quarantine", batch.quarantine[start : start + _PIECE])
    send("done", (batch.files, batch.as_of_found, batch.identical_rows))


if __name__ == "__main__":
    main()
