"""What is generated from declarations is committed as generated, and what the README promises is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salesanalytics.commands.generate import DOCUMENTS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_generated_documents_are_up_to_date(name: str) -> None:
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == DOCUMENTS[name](), f"docs/{name} is stale: run make docs"


def test_links_of_the_readme_lead_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (ROOT / target).exists(), target


def test_the_readme_begins_with_the_two_commands() -> None:
    head = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:6])
    assert "make run" in head
    assert "make test" in head


@pytest.mark.parametrize("target", ["setup", "run", "test", "soak", "check", "bench", "templates", "sample"])
def test_make_has_the_target(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_requirements_are_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert all("==" in line or line.startswith("-r") for line in lines if line.strip() and not line.startswith("#"))
