"""Every planted error is found at its place, and nothing else is called an error; a clean week has none."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from salesanalytics.intake.issues import CHECKS
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import Batch, UploadedFile
from salesanalytics.sample import generate
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> list[Path]:
    return generate(tmp_path_factory.mktemp("dirty"), dirty=True)


@pytest.fixture(scope="module")
def planted(written) -> list[dict]:
    return json.loads(written[-1].read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dirty(written) -> Batch:
    return imported(written[:2])


def imported(paths: list[Path]) -> Batch:
    files = [UploadedFile(p.name, p.read_bytes(), hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths]
    return process(files, DEFAULT_SETTINGS, as_of=AS_OF)


def place(issue: dict) -> tuple:
    return tuple(issue[name] for name in ("file", "sheet", "row", "column", "kind"))


def found(issues) -> set[tuple]:
    return {(each.file, each.sheet, each.row, each.column, each.kind) for each in issues}


def test_recall_and_precision_of_errors_are_one(dirty, planted):
    errors = {place(each) for each in planted if each["severity"] == "error"}
    assert len(errors) >= 30
    assert found(dirty.errors) == errors


def test_planted_warnings_are_found(dirty, planted):
    warnings = {place(each) for each in planted if each["severity"] == "warning"}
    assert warnings - found(dirty.issues) == set()


def test_every_kind_of_check_is_planted(planted):
    assert {check.kind for check in CHECKS} == {each["kind"] for each in planted}


def test_fields_and_severities_are_told_alike(dirty, planted):
    told = {
        (each.file, each.sheet, each.row, each.column, each.kind): (each.field, each.severity) for each in dirty.issues
    }
    for each in planted:
        if each["row"] is not None:
            assert told[place(each)] == (each["field"], each["severity"])


def test_rows_with_errors_are_quarantined_and_no_others(dirty, planted):
    rows = {
        (each["file"], each["sheet"], each["row"]) for each in planted if each["severity"] == "error" and each["row"]
    }
    kept = {(row.file, row.sheet, row.row) for row in dirty.quarantine}
    assert rows <= kept
    whole = {each["sheet"] for each in planted if each["severity"] == "error" and each["row"] is None}
    assert {sheet for _, sheet, _ in kept - rows} <= whole


def test_untidy_cells_are_understood(dirty):
    leads = dirty.tables["leads"].filter(dirty.tables["leads"]["_sheet"] == "Sheet1").sort("_row")
    assert leads["expected_amount"][:6].to_list() == [50_000, 50_000, 125_000, 320_000, 88_000, None]
    assert leads["first_contact_on"][:4].to_list() == [
        date(2026, 3, 1),
        date(2026, 3, 1),
        date(2026, 3, 2),
        date(2026, 3, 2),
    ]
    assert not leads["customer_id"].str.contains(r"\s|合计|注").any()


@pytest.mark.parametrize("week", [0, 1])
def test_a_clean_week_has_no_error(tmp_path, week):
    clean = imported([generate(tmp_path, weeks=2)[week]])
    assert clean.errors == ()
    assert clean.quarantine == ()
    expected = {
        "late-recorded",
        "overlapping-targets",
        "next-followup-passed",
        "overdue-close",
        "missing-expected-cell",
    }
    assert {issue.kind for issue in clean.issues} <= expected
