"""Run every benchmark in this folder, each in a process of its own so that memory peaks do not mix."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    worst = 0
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        print(f"== {path.stem}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"benchmarks.{path.stem}"], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
