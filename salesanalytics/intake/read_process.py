"""The child process that reads: started when first asked, watched by the clock, replaced when a file has taken it down."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from salesanalytics.intake.as_they_come import as_they_come
from salesanalytics.intake.child_process import ended, started
from salesanalytics.intake.read_wire import read_message, write_message
from salesanalytics.settings import Limits

_MODULE = "salesanalytics.intake.read_child"
_SIGXCPU = 24
_PATIENCE = 5
"""A file has ``read_seconds`` of processor time; by the clock so many times that, since a busy machine is not the file's fault."""


class Died(Exception):  # noqa: N818 - an event, turned into a refusal
    """The child ended over a file: ``kind`` is ``too-slow``, ``out-of-memory`` or ``corrupt``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class ReadingChild:
    """One child, for one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, content: bytes) -> Iterator[tuple[Any, ...]]:
        """Yield the child's messages about one file, ``refused`` last if it comes, and ``waiting`` while it says nothing.

        Raises Died; the next question then starts a new child. Whoever stops asking half-way ends the child.
        """
        process = self._process or self._start()
        late = threading.Event()
        watchdog = threading.Timer(_PATIENCE * self._limits.read_seconds, _end_late, (process, late))
        watchdog.daemon = True
        watchdog.start()
        finished = False
        try:
            write_message(cast("BinaryIO", process.stdin), content)
            cast("BinaryIO", process.stdin).flush()
            stdout = cast("BinaryIO", process.stdout)
            for message in as_they_come(lambda: read_message(stdout), _is_last):
                finished = message is not None and _is_last(message)
                if message != ("done",):
                    yield message or ("waiting",)
        except (EOFError, OSError, ValueError, TypeError) as error:
            process.kill()
            raise Died("too-slow" if late.is_set() else _cause(process.wait())) from error
        finally:
            watchdog.cancel()
            if not finished:
                self.close()

    def close(self) -> None:
        """End the child, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            ended(process)

    def _start(self) -> subprocess.Popen[bytes]:
        process = started(_MODULE, {"RUST_BACKTRACE": "0", "PYTHONIOENCODING": "utf-8"})
        self._process = process
        limits = self._limits.model_dump()
        with contextlib.suppress(OSError):  # it will be noticed when the first answer is awaited
            write_message(cast("BinaryIO", process.stdin), limits)
        return process


def _is_last(message: tuple[Any, ...]) -> bool:
    return message[0] in ("done", "refused")


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _cause(returncode: int) -> str:
    """Rust aborts (SIGABRT) when memory is refused, the system kills (SIGKILL) for want of it and (SIGXCPU) for work without end."""
    if -returncode == _SIGXCPU:
        return "too-slow"
    return "out-of-memory" if -returncode in (6, 9) or returncode == 0xC0000409 else "corrupt"
