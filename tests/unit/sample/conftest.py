"""The committed sample's rows, simulated once for all tests here."""

import polars as pl
import pytest

from salesanalytics.sample.exports import Export, weekly_exports


@pytest.fixture(scope="session")
def sample_exports() -> list[Export]:
    return list(weekly_exports())


@pytest.fixture(scope="session")
def last_leads(sample_exports) -> pl.DataFrame:
    return pl.DataFrame(sample_exports[-1].tables["leads"], infer_schema_length=None)


@pytest.fixture(scope="session")
def all_followups(sample_exports) -> pl.DataFrame:
    rows = [row for export in sample_exports for row in export.tables["followups"]]
    return pl.DataFrame(rows, infer_schema_length=None)
