"""The customary example workbook imports as it is."""

import hashlib

import pytest

from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS

pytestmark = pytest.mark.real_data


def test_standard_templates_import_as_they_are(shared_data):
    path = shared_data / "examples" / "standard-templates.xlsx"
    content = path.read_bytes()
    batch = process([UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())], DEFAULT_SETTINGS)
    assert {name: frame.height for name, frame in batch.tables.items()} == {
        "leads": 3,
        "followups": 2,
        "conversion": 4,
        "funnel": 4,
    }
    assert batch.errors == ()
    assert batch.quarantine == ()
    leads = {row["customer_id"]: row for row in batch.tables["leads"].iter_rows(named=True)}
    assert leads["CL2024003"]["expected_amount"] is None
    assert leads["CL2024001"]["expected_amount"] == 50_000
    stages = ["lead", "prospect", "opportunity", "won"]
    assert batch.tables["funnel"]["stage"].to_list() == stages
    assert batch.tables["conversion"]["stage"].to_list() == stages
    assert batch.tables["funnel"]["attainment_share"].to_list() == [0.83, 0.86, 0.75, 0.75]
