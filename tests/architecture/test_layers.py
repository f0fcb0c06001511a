"""Imports go one way only, and a library that is one room's business stays in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "salesanalytics"

# From the top down; rooms on one line may import each other.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"app", "pages", "cli", "commands", "serve", "__main__"}),
    frozenset({"ui"}),
    frozenset({"reports"}),
    frozenset({"charts"}),
    frozenset({"insight"}),
    frozenset({"metrics"}),
    frozenset({"access"}),
    frozenset({"store"}),
    frozenset({"sample"}),
    frozenset({"intake"}),
    frozenset({"tables"}),
    frozenset({"analysis", "stages", "stage_words", "stage_changes", "settings", "settings_keys", "i18n", "errors"}),
)

# library → where it may be imported (prefixes of paths from the root)
FENCES: dict[str, tuple[str, ...]] = {
    "streamlit": ("app.py", "pages/", "salesanalytics/ui/", "salesanalytics/serve.py"),
    "duckdb": ("salesanalytics/store/",),
    "pandera": ("salesanalytics/intake/validate",),
    "python_calamine": ("salesanalytics/intake/read",),
    "openpyxl": ("salesanalytics/intake/workbook",),
    "xlsxwriter": ("salesanalytics/reports/excel",),
    "typst": ("salesanalytics/reports/pdf",),
    "plotly": ("salesanalytics/charts/",),
}


def _sources() -> list[Path]:
    return [*PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py"), *ROOT.glob("*.py")]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room they come from"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(path: Path) -> str | None:
    relative = path.relative_to(ROOT)
    if relative.parts[0] == "salesanalytics":
        name = relative.parts[1]
        return name if (PACKAGE / name).is_dir() else name.removesuffix(".py")
    return relative.parts[0].removesuffix(".py")


def _depth(room: str) -> int:
    for depth, rooms in enumerate(LAYERS):
        if room in rooms:
            return depth
    raise AssertionError(f"room {room!r} has no layer: add it to LAYERS and say why in docs/decisions.md")


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    room = _room(path)
    if room in {None, "__init__"}:
        return
    for module in _imports(path):
        parts = module.split(".")
        if parts[0] != "salesanalytics" or len(parts) < 2 or parts[1] == "__version__":
            continue
        assert _depth(parts[1]) >= _depth(str(room)), (
            f"{path.relative_to(ROOT)} ({room}) imports {module}, which lies above it"
        )


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_in_their_room(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for module in _imports(path):
        allowed = FENCES.get(module.split(".")[0])
        assert allowed is None or place.startswith(allowed), f"{place} imports {module}, fenced to {allowed}"


def test_pages_are_short_and_do_not_compute() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        modules = {module.split(".")[0] for module in _imports(path)}
        assert not modules & {"pandas", "polars", "duckdb", "plotly", "numpy"}, (
            f"{path.name} computes instead of asking"
        )
        assert "SELECT " not in source, f"{path.name} holds SQL"
        assert len(source.splitlines()) <= 200, f"{path.name} is no longer short"


def test_the_fence_sees_a_breach() -> None:
    """The rules above can fail: a store file may not import streamlit, and intake may not import store."""
    assert not "salesanalytics/store/x.py".startswith(FENCES["streamlit"])
    assert _depth("store") < _depth("intake")
