"""A large file imported while another session looks at pages: the benchmark's verdicts as a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.get_browser import installed

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(installed() is None, reason="NO BROWSER: tools/get_browser.py")]


def verdicts(kind: str, rows: int) -> dict[str, bool]:
    """What the benchmark said: name of the figure → whether it passed."""
    words = [sys.executable, "-m", "benchmarks.big_import", "--kind", kind, "--rows", str(rows)]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800)
    print(run.stdout, run.stderr[-2000:])
    lines = [line.split(None, 1) for line in run.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]
    return {rest.split(":")[0]: said == "PASS" for said, rest in lines}


def test_a_small_one_lands_beside_another_session() -> None:
    """Reduced: that it lands, within bounded memory. So small a file is through before its steps can be seen, and times mean something only at rest."""
    found = verdicts("csv", 5_000)
    assert found.keys() == {"loaded", "progress", "other session", "memory bounded", "memory returned"}
    assert [found[name] for name in ("loaded", "memory bounded")] == [True] * 2


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_three_hundred_thousand_rows(kind: str) -> None:
    found = verdicts(kind, 300_000)
    assert found == dict.fromkeys(found, True)
    assert len(found) == 5
