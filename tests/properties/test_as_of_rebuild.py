"""An answer as of a past date is what a workspace answers that only ever got the files up to that date: all metrics, cut in several ways."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from salesanalytics.access.view import View
from salesanalytics.insight.flags import flags
from salesanalytics.insight.stage_history import stage_history
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import Batch, UploadedFile
from salesanalytics.metrics import METRICS
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.sample.generate import generate
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import Workspace, open_workspace

SOAK = os.environ.get("SALESANALYTICS_SOAK") == "1"
LEADS, WEEKS, DATES = (400, 26, 20) if SOAK else (90, 4, 3)
CUTS: tuple[tuple[str, ...], ...] = ((), ("owner",), ("stage",), ("month",)) if SOAK else ((),)
Week = tuple[date, Batch]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> list[Week]:
    """Weekly exports, each read and validated once."""
    folder = tmp_path_factory.mktemp("weeks")
    generate(folder, leads=LEADS, weeks=WEEKS)
    found = []
    for path in sorted(Path(folder).glob("*.xlsx")):
        content, as_of = path.read_bytes(), date.fromisoformat(path.name[:10])
        file = UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())
        found.append((as_of, process([file], DEFAULT_SETTINGS, as_of=as_of)))
    return found


def _loaded(weeks: list[Week]) -> Workspace:
    workspace = open_workspace(None)
    for as_of, batch in weeks:
        workspace.load(batch, as_of, who="test", accept_errors=True)
    return workspace


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """Shares of costs are sums of fractions: the last digits depend on the order in which the engine adds them."""
    return {name: f"{value:.10g}" if isinstance(value, float) else value for name, value in values.items()}


def _answers(workspace: Workspace, as_of: date) -> dict[str, object]:
    view = View(workspace.state(as_of))
    assert not view.reconstructed
    told: dict[str, object] = {"history": stage_history(view), "flags": flags(view, DEFAULT_SETTINGS)}
    for mode in ("cohort", "flow", "snapshot"):
        told[mode] = stage_funnel(view, DEFAULT_SETTINGS, Filters((), as_of - timedelta(days=60), as_of), mode=mode)
    for name in METRICS:
        for by in CUTS:
            try:
                result = ask(view, MetricQuery((name,), by), DEFAULT_SETTINGS, lambda on: View(workspace.state(on)))
            except Exception as refused:  # a metric that has not got the dimension says so, in both
                told[f"{name} by {by}"] = repr(refused)
                continue
            rows = [
                (sorted(row.dims.items(), key=repr), *map(_plain, (row.values, row.n, row.k, row.left_out)))
                for row in result.rows
            ]
            told[f"{name} by {by}"] = sorted(map(repr, rows))
    return told


def test_the_past_is_what_it_was(weeks: list[Week]) -> None:
    chance = Random(5)
    first, last = weeks[0][0], weeks[-1][0]
    days = [first + timedelta(days=chance.randrange((last - first).days)) for _ in range(DATES)]
    whole = _loaded(weeks)
    for day in days:
        only = _loaded([week for week in weeks if week[0] <= day])
        now, then = _answers(whole, day), _answers(only, day)
        only.close()
        assert {name for name in now if now[name] != then[name]} == set(), day
    whole.close()
