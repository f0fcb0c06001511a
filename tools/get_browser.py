"""Get a browser for the journeys: one that is there, else Debian's chromium when root, else Playwright's own.

Says loudly when none can be had; under CI=true that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Return the path of a browser that Playwright can drive, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _run(*command: str) -> bool:
    print("+", " ".join(command), flush=True)
    return subprocess.run(command, check=False).returncode == 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> int:
    """Install a browser if there is none; 0 when one is there (or none is needed outside CI)."""
    if path := installed():
        print(f"browser: {path}")
        return 0
    if _is_root() and shutil.which("apt-get"):
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk")
    if not installed():
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    if path := installed():
        print(f"browser: {path}")
        return 0
    print("=" * 78 + "\nNO BROWSER COULD BE HAD: the browser journeys will be SKIPPED.\n" + "=" * 78, file=sys.stderr)
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
