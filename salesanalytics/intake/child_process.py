"""Processes of our own for what may take one down or keep it busy: how the parent starts and ends them, how they bind themselves."""

from __future__ import annotations

import contextlib
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, cast

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])


def started(module: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start ``module`` with pipes to its stdin and from its stdout; nothing is imported from whatever folder we happen to stand in."""
    path = os.pathsep.join(filter(None, (_PACKAGE_PARENT, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path, **environment},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def ended(process: subprocess.Popen[bytes]) -> int:
    """End a child, whatever it is doing, and return its code."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was still to be written has no reader any more
            cast("BinaryIO", pipe).close()
    return process.wait()


def private_stdout() -> BinaryIO:
    """In the child: keep the pipe to ourselves, so that nothing a library prints gets among the answers."""
    private = os.dup(1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)
    return os.fdopen(private, "wb", buffering=2**20)


def bind_memory(most_bytes: int) -> None:
    """In the child: let the system end it beyond its memory, and write no core file. Not on Windows, nor wholly on macOS."""
    try:
        import resource
    except ImportError:
        return
    for which, bound in ((resource.RLIMIT_AS, most_bytes), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(which, (bound, bound))


def bind_processor_time(seconds: float) -> None:
    """In the child: let the system end it (SIGXCPU) after so many further seconds of work, however busy the machine is. Not on Windows."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + seconds)  # the system counts whole seconds
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
