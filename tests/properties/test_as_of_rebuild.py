"""An answer as of a past date is what a workspace answers that only ever got the files up to that date: all metrics, cut in several ways."""

from __future__ import annotations

import hashlib
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
from tests.counts import SOAK, counted

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


def _plain(value: object) -> object:
    """Shares of costs are sums of fractions: the last digits depend on the order in which the engine adds them."""
    return f"{value:.10g}" if isinstance(value, float) else value


def _answers(workspace: Workspace, as_of: date) -> dict[str, object]:
    view = View(workspace.state(as_of))
    assert not view.reconstructed
    told: dict[str, object] = {"history": stage_history(view), "flags": flags(view, DEFAULT_SETTINGS)}
    for mode in ("cohort", "flow", "snapshot"):
        told[mode] = stage_funnel(view, DEFAULT_SETTINGS, Filters((), as_of - timedelta(days=60), as_of), mode=mode)
    for by in CUTS:
        query = MetricQuery(tuple(METRICS), by)
        result = ask(view, query, DEFAULT_SETTINGS, lambda on: View(workspace.state(on)))
        rows = {tuple(row.dims[name] for name in by): row for row in result.rows}
        for name in METRICS:
            told[f"{name} by {by}"] = sorted(
                repr((dims, *map(_plain, (row.values[name], row.n.get(name), row.k.get(name), row.left_out.get(name)))))
                for dims, row in rows.items()
            )
    return told


def test_the_past_is_what_it_was(weeks: list[Week]) -> None:
    """The rebuild is one workspace that gets the files up to each date in turn, and has never seen a later one when it is asked."""
    chance = Random(5)
    first, last = weeks[0][0], weeks[-1][0]
    days = sorted(first + timedelta(days=chance.randrange((last - first).days)) for _ in range(DATES))
    whole, only, coming = _loaded(weeks), open_workspace(None), list(weeks)
    for day in days:
        while coming and coming[0][0] <= day:
            as_of, batch = coming.pop(0)
            only.load(batch, as_of, who="test", accept_errors=True)
        now, then = _answers(whole, day), _answers(only, day)
        assert {name for name in now if now[name] != then[name]} == set(), day
        counted("past dates rebuilt from only the files up to them")
        counted("answers of metrics as of past dates", len(METRICS) * len(CUTS))
    only.close()
    whole.close()
