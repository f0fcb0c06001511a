"""Every metric's worked example: the example company's tables in, through the whole import, the value reckoned by hand out."""

import hashlib
from collections.abc import Iterator

import pytest

from salesanalytics.access import View
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.metrics import METRICS, MetricQuery, ask
from salesanalytics.metrics.example import example_company
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace

EXAMPLE = example_company()


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    files = [
        UploadedFile(f"{name}.csv", rows.encode(), hashlib.sha256(rows.encode()).hexdigest())
        for name, rows in EXAMPLE.tables.items()
    ]
    batch = process(files, DEFAULT_SETTINGS, as_of=EXAMPLE.as_of)
    assert not [issue for issue in batch.issues if issue.severity == "error"]
    with open_workspace(None) as workspace:
        workspace.load(batch, EXAMPLE.as_of, "full", who="test")
        yield View(workspace.state(EXAMPLE.as_of))


def test_every_declared_metric_has_a_worked_example_and_no_other_has() -> None:
    assert set(EXAMPLE.worked) == set(METRICS)


@pytest.mark.parametrize("name", list(METRICS))
def test_the_value_is_the_one_reckoned_by_hand(view: View, name: str) -> None:
    found = ask(view, MetricQuery((name,)), DEFAULT_SETTINGS).total
    assert found.values[name] == pytest.approx(EXAMPLE.worked[name].value, abs=1e-9, rel=1e-12)
