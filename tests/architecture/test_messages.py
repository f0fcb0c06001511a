"""Both languages are complete, and no sentence is typed where a catalogue should speak."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from salesanalytics.i18n import keys, text
from salesanalytics.i18n.catalogue import _catalogue

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[\u3400-\u9fff]")
# Rooms whose Chinese is data (headers, aliases, stage names, parsing, units, the sample company), not sentences for the reader.
DATA_ROOMS = ("tables", "sample", "intake", "stages.py", "stage_words.py", "i18n")


def test_no_message_is_missing_in_either_language() -> None:
    assert keys("zh") == keys("en")


@pytest.mark.parametrize("key", sorted(keys("en")))
def test_blanks_agree(key: str) -> None:
    def blanks(lang: str) -> set[str]:
        message = _catalogue(lang)[key]  # type: ignore[arg-type]
        texts = message.values() if isinstance(message, dict) else [message]
        # a name in both languages comes as name_zh and name_en; each catalogue uses its own
        named = {str(name) for one in texts for _, name, _, _ in string.Formatter().parse(one) if name}
        return {name.removesuffix(f"_{lang}") for name in named}

    assert blanks("zh") == blanks("en")


def test_the_chinese_catalogue_is_chinese() -> None:
    """A message of several English words left in the Chinese catalogue is a forgotten translation."""
    words = re.compile(r"[A-Za-z]{3,}( [A-Za-z]{2,}){2,}")
    forgotten = {
        key: m for key, m in _catalogue("zh").items() if isinstance(m, str) and words.search(m) and not CJK.search(m)
    }
    assert not forgotten


def _strings(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def _speaking_sources() -> list[Path]:
    package = [
        path
        for path in (ROOT / "salesanalytics").rglob("*.py")
        if path.relative_to(ROOT / "salesanalytics").parts[0] not in DATA_ROOMS
    ]
    return [*package, *(ROOT / "pages").glob("*.py"), *ROOT.glob("*.py")]


@pytest.mark.parametrize("path", _speaking_sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_chinese_typed_in_code(path: Path) -> None:
    found = [(line, value) for line, value in _strings(path) if CJK.search(value)]
    assert not found, f"{path.name}: Chinese outside the catalogues: {found[:3]}"


@pytest.mark.parametrize(
    "path", [*(ROOT / "pages").glob("*.py"), ROOT / "app.py"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_sentence_typed_in_a_page(path: Path) -> None:
    sentence = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
    found = [(line, v) for line, v in _strings(path) if sentence.search(v) and "<" not in v]
    assert not found, f"{path.name}: a sentence outside the catalogues: {found[:3]}"


def test_text_fills_blanks() -> None:
    assert "42" in text("error.unexpected", "en", id=42)


def test_counts_carry_commas_and_choose_the_plural() -> None:
    assert "1,572" in text("report.flags-title", "zh", n=1572)
    assert text("report.flags-title", "en", n=1) != text("report.flags-title", "en", n=2).replace("2", "1")
