"""Every keyed container the style sheets speak of (``.st-key-…``) is drawn somewhere: a selector whose key nobody draws is dead, and styles nothing."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "salesanalytics" / "ui" / "assets").glob("*.css"))
BEGINNING = re.compile(r"[a-z][\w-]*-")
"""How a key put together from parts begins: f"panel-{name}"."""


def _parts(node: ast.JoinedStr) -> tuple[str, ...]:
    return tuple(str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values)


@cache
def written() -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """All texts typed in the program, and the fixed parts of those put together, "" where something is filled in; panels by the names they are called with."""
    texts, joined = set(), set()
    for path in (ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "salesanalytics").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                joined.add(_parts(node))
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("panel", "panel_markup")
            ):
                name = node.args[0]
                if isinstance(name, ast.JoinedStr):
                    joined.add((f"panel-{_parts(name)[0]}", *_parts(name)[1:]))
                elif isinstance(name, ast.Constant):
                    texts.add(f"panel-{name.value}")
    joined = {parts for parts in joined if BEGINNING.match(parts[0]) and parts != ("panel-", "")}
    return frozenset(texts), frozenset(joined)


def _filled(part: str, texts: frozenset[str], *, begun: bool) -> bool:
    """Whether what is filled in can be ``part`` (``begun``: can begin so): a text typed somewhere, a setting's name with dashes, or a number."""
    if part.isdecimal() or (begun and not part):
        return True
    spelled = {text.replace("_", "-").replace(".", "-") for text in texts}
    return part in spelled or (begun and any(text.startswith(part) for text in spelled))


def is_drawn(key: str, *, begun: bool = False) -> bool:
    """Whether a key (``begun``: one that begins so) is drawn: typed as it is, or put together from what is typed."""
    texts, joined = written()
    if key in texts or (begun and any(text.startswith(key) for text in texts)):
        return True
    for parts in joined:
        pattern = "".join(re.escape(part) if part else "(.*?)" for part in parts)
        found = re.fullmatch(pattern, key)
        if found and all(_filled(part, texts, begun=begun) for part in found.groups()):
            return True
        if begun and (parts[0].startswith(key) or (key.startswith(parts[0]) and _filled(key[len(parts[0]) :], texts, begun=True))):  # fmt: skip
            return True
    return False


def test_the_rules_tell_drawn_keys_from_others() -> None:
    assert is_drawn("panel-alerts")  # typed
    assert is_drawn("panel-trend")  # panel("trend", …)
    assert not is_drawn("panel-split")
    assert not is_drawn("panel-nobody-draws-this")
    assert is_drawn("finding-bad", begun=True)
    assert not is_drawn("finding-purple", begun=True)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_keyed_selector_is_of_a_key_that_is_drawn(sheet: Path) -> None:
    rules = sheet.read_text(encoding="utf-8")
    dead = {key for key in re.findall(r"\.st-key-([\w-]+)", rules) if not is_drawn(key)}
    dead |= {
        f"{key}…" for key in re.findall(r'\[class\*="(?: ?)st-key-([\w-]*)"\]', rules) if not is_drawn(key, begun=True)
    }
    assert dead == set()
