"""Every declared check has its sentences in both languages, and docs/checks.md is what the code says."""

from pathlib import Path

import pytest

from salesanalytics.i18n import LANGS, has_text
from salesanalytics.intake.issues import CHECK_BY_KIND, CHECKS, checks_markdown, message, severity_of
from salesanalytics.intake.types import Issue
from salesanalytics.settings import Settings
from salesanalytics.tables import BY_NAME


def test_kinds_are_unique():
    assert len(CHECK_BY_KIND) == len(CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.kind)
@pytest.mark.parametrize("lang", LANGS)
def test_every_check_speaks(check, lang):
    for part in ("title", "reason", "fix"):
        assert has_text(f"check.{check.kind}.{part}", lang)
    issue = Issue(check.kind, check.severity, "f.xlsx", "s", 3, "h", found="x", expected="y", suggestion="z")
    sentence = message(issue, lang)
    assert sentence
    assert "{" not in sentence


def test_tables_of_checks_exist():
    assert {name for check in CHECKS for name in check.tables} <= set(BY_NAME)


def test_severity_is_a_setting_unless_fixed():
    settings = Settings(severities={"unreadable-date": "warning", "empty-key": "warning"})
    assert severity_of("unreadable-date", settings) == "warning"
    assert severity_of("empty-key", settings) == "error"
    assert severity_of("unreadable-amount", settings) == "error"


def test_ids_are_named_in_the_readers_language():
    stage = Issue("unknown-stage", "error", "f", "s", 2, "阶段", "stage", "leads", "商机A", None, "opportunity")
    assert message(stage, "zh") == "“阶段”中的“商机A”不是已知阶段。建议：商机。"
    assert message(stage, "en") == "“商机A” in “阶段” is not a known stage. Suggested: Opportunity."
    missing = Issue("column-missing", "warning", "f", "s", table="leads", expected="owner")
    assert "“Owner”" in message(missing, "en")
    assert "“负责人”" in message(missing, "zh")


def test_docs_are_current():
    written = Path(__file__).parents[3] / "docs" / "checks.md"
    assert written.read_text(encoding="utf-8") == checks_markdown()
