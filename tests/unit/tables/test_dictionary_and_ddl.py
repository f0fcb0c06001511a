"""docs/columns.md is what the declarations say, and every kind has a database type."""

from pathlib import Path

import pytest

from salesanalytics.tables import LEADS, TABLES, Kind
from salesanalytics.tables.ddl import TYPE_OF_KIND, column_types
from salesanalytics.tables.dictionary import columns_markdown

DOCUMENT = Path(__file__).parents[3] / "docs" / "columns.md"


def test_committed_document_is_current():
    assert DOCUMENT.read_text(encoding="utf-8") == columns_markdown(), "run make docs"


def test_document_names_every_column_in_both_languages():
    document = columns_markdown()
    for table in TABLES:
        for column in table.columns:
            assert document.count(f"| `{column.name}` | {column.zh.replace('*', '')} |") >= 1, column.name
            assert document.count(f"| `{column.name}` | {column.en} |") >= 1, column.name


def test_document_rows_are_whole():
    rows = [line.replace("\\|", "") for line in columns_markdown().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {9}
    assert len(rows) == 2 * sum(len(table.columns) + 2 for table in TABLES)


def test_every_kind_has_a_type():
    assert set(TYPE_OF_KIND) == set(Kind)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("customer_id", "VARCHAR"),
        ("stage", "VARCHAR"),
        ("first_contact_on", "DATE"),
        ("assigned_at", "TIMESTAMP"),
        ("expected_amount", "DECIMAL(18,2)"),
    ],
)
def test_types_of_leads(name, expected):
    assert column_types(LEADS)[name] == expected
    assert tuple(column_types(LEADS)) == LEADS.names
