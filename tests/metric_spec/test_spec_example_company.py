"""Every metric's worked example: the example company's tables in, through the whole import, the value reckoned by hand out."""

import hashlib
from collections.abc import Iterator

import pytest

from salesanalytics.access import View
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.metrics import METRICS, MetricQuery, ask
from salesanalytics.metrics.example import example_company
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace
from tests.oracle.from_rows import n_of, value_of

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


@pytest.mark.parametrize("name", [name for name in METRICS if name != "pace"])
def test_the_value_follows_from_the_rows_that_open_behind_it(view: View, name: str) -> None:
    rows = rows_behind(view, name, Filters(), DEFAULT_SETTINGS)
    found = ask(view, MetricQuery((name,)), DEFAULT_SETTINGS).total
    assert value_of(METRICS[name], rows, METRICS) == pytest.approx(EXAMPLE.worked[name].value, abs=1e-9, rel=1e-9)
    assert n_of(METRICS[name], rows, METRICS) == found.n[name]
    assert all(row["file"].endswith(".csv") and row["row"] for row in rows)
