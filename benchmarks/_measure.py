"""Clocks, tables and verdicts of the benchmarks. CPU time stands beside wall time, since the machine may be busy with other work."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MIB = 2**20


@dataclass(frozen=True)
class Spent:
    """Seconds: wall, CPU of this process, CPU of its ended children."""

    wall: float
    own: float
    children: float

    @property
    def cpu(self) -> float:
        return self.own + self.children

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.own + other.own, self.children + other.children)


NOTHING = Spent(0.0, 0.0, 0.0)


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


class Clock:
    """Started when made; ``lap()`` gives what was spent since the last lap."""

    def __init__(self) -> None:
        self._last = self._now()

    @staticmethod
    def _now() -> tuple[float, float, float]:
        return time.perf_counter(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)

    def lap(self) -> Spent:
        before, self._last = self._last, self._now()
        return Spent(*(now - then for now, then in zip(self._last, before, strict=True)))


def peak_mib() -> tuple[float, float]:
    """Return the largest resident size so far of this process and of its largest ended child."""
    return tuple(
        resource.getrusage(who).ru_maxrss * 1024 / MIB for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )  # type: ignore[return-value]


def in_new_process(module: str, *words: str) -> Any:
    """Run ``python -m module words…`` in the checkout and return the JSON of its last line, so that neither memory nor caches mix."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; numbers with two decimals, right-aligned."""
    shown = [[f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(headers, *shown, strict=True)]
    for line in (headers, ["-" * width for width in widths], *shown):
        cells = [line[0] + " " * (widths[0] - _width(line[0]))]
        cells += [" " * (width - _width(cell)) + cell for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  ".join(cells))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


def verdicts(*bounds: tuple[str, float, float, str]) -> int:
    """Print PASS or FAIL for each (what, found, bound, unit); return 1 if any failed.

    What ends in ``wall`` is judged only on a quiet machine (less work waiting than it has cores): otherwise it measures the others.
    """
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    failed = False
    for what, found, bound, unit in bounds:
        judged = load <= cores or not what.endswith("wall")
        failed = failed or (judged and found > bound)
        word = ("PASS" if found <= bound else "FAIL") if judged else "BUSY"
        print(f"{word}  {what}: {found:.2f}{unit} (bound {bound:g}{unit})")
    print(f"load of the machine: {load:.1f} on {cores} cores", flush=True)
    return int(failed)
