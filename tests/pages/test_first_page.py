"""Any page can be the first a new process shows: what it imports does not lean on another page having been there before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from salesanalytics.ui.sections import SECTIONS

ROOT = Path(__file__).parents[2]
PAGES = [section.file for section in SECTIONS if (ROOT / section.file).exists()]
FORGETTING = """
import ast, importlib, logging, sys
logging.disable()
for page in sys.argv[1:]:
    for name in [name for name in sys.modules if name.partition(".")[0] == "salesanalytics"]:
        del sys.modules[name]
    for script in ("app.py", page):
        for node in ast.walk(ast.parse(open(script, encoding="utf-8").read())):
            if isinstance(node, ast.ImportFrom) and node.module != "__future__":
                module = importlib.import_module(node.module)
                assert all(hasattr(module, one.name) for one in node.names), (page, node.module)
    print(page)
"""


def test_each_page_s_imports_stand_on_their_own() -> None:
    """As the journeys' servers do it, which show only some of the pages first: the app's own imports, then the page's."""
    told = subprocess.run(
        [sys.executable, "-c", FORGETTING, *PAGES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.stdout.split() == PAGES, told.stderr[-2000:]


LATE = ("polars", "rapidfuzz", "xlsxwriter", "pandera", "openpyxl", "python_calamine", "typst", "PIL.Image", "scipy")
"""What only an import of files, a download or a report needs; each costs a start some of its time."""


def test_a_start_loads_nothing_that_only_imports_and_downloads_need() -> None:
    code = "from salesanalytics import serve; serve.application(); serve._prepare(warm=False); import sys; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "salesanalytics.ui.overview.page" in loaded
    assert loaded.isdisjoint(LATE)
