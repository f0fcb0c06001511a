"""What the Overview asks at 100,000 leads and 300,000 follow-ups, beside the very same SQL run bare in the same process.

``python -m benchmarks.overview_queries [leads] [follow-ups]``. Everything sent to DuckDB through the views is recorded with its values; bare
means ``cursor.execute(sql, values).fetchall()`` and nothing else. Answers are the same rows, so the ratio is what our code adds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks._company import LAST_DAY, batch
from benchmarks._measure import Clock, Spent, table, verdicts
from salesanalytics.access import fence
from salesanalytics.access.view import View
from salesanalytics.insight.findings import findings
from salesanalytics.insight.flags import acting_list
from salesanalytics.insight.headline import headlines
from salesanalytics.insight.pace import paces
from salesanalytics.insight.ranking import ranking
from salesanalytics.insight.weekly_sales import weekly_sales
from salesanalytics.metrics.periods import bucket
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings
from salesanalytics.store.state import State
from salesanalytics.store.workspace import open_workspace

BOUND = 2.0
ROUNDS = 3
Where = tuple[tuple[str, tuple[str, ...]], ...]


class Recorded:
    """A state that remembers what was asked of it: SQL, values, and the seconds the question took."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.asked: list[tuple[str, Sequence[Any], float]] = []
        self.as_of, self.version, self.reconstructed = state.as_of, state.version, state.reconstructed
        self.relation = state.relation

    def fetch(self, sql: str, params: Sequence[Any] = ()) -> Sequence[Mapping[str, Any]]:
        start = time.perf_counter()
        rows = self.state.fetch(sql, params)
        self.asked.append((sql, list(params), time.perf_counter() - start))
        return rows


def parts(
    views: Mapping[date, View], settings: Settings, where: Where, dates: Sequence[date]
) -> dict[str, Callable[[], object]]:
    """Return what the page's panels ask, by panel, of the views of each date."""
    view = views[dates[-1]]
    quarter = bucket(view.as_of, "quarter")
    return {
        "headlines": lambda: headlines(view, settings, where, views.__getitem__, dates),
        "weekly sales": lambda: weekly_sales(view, settings, where),
        "pace": lambda: paces(view, settings, where, quarter),
        "pace by team": lambda: paces(view, settings, where, quarter, "team"),
        "flagged": lambda: acting_list(view, settings, Filters(where)),
        "findings": lambda: findings(view, settings, where),
        "ranking": lambda: ranking(view, settings, where, quarter),
    }


def _ask(states: Mapping[date, State], settings: Settings, where: Where) -> tuple[dict[str, Spent], list[Recorded]]:
    recorded = {on: Recorded(state) for on, state in states.items()}
    views = {on: View(one) for on, one in recorded.items()}
    clock, spent = Clock(), {}
    for name, run in parts(views, settings, where, sorted(states)).items():
        clock.lap()
        run()
        spent[name] = clock.lap()
    return spent, list(recorded.values())


def _bare(recorded: Sequence[Recorded], connection: Any) -> Spent:
    """The recorded queries on one cursor, without ours that only parse a query to see what it names."""
    clock = Clock()
    with connection.cursor() as cursor:
        for one in recorded:
            for sql, params, _ in one.asked:
                if "json_serialize_sql" not in sql:
                    cursor.execute(sql, params or None).fetchall()
    return clock.lap()


def _compare(states: Mapping[date, State], connection: Any, settings: Settings, where: Where) -> list[object]:
    """Rounds of both, alternately; the best of each. The first round of ours, with nothing remembered of any query, stands beside."""
    fence._NAMED.clear()
    cold, recorded = _ask(states, settings, where)
    ours, bare = [], []
    for _ in range(ROUNDS):
        bare.append(_bare(recorded, connection))
        ours.append(_ask(states, settings, where)[0])
    totals = [(sum(s.wall for s in one.values()), sum(s.cpu for s in one.values())) for one in ours]
    first = sum(s.wall for s in cold.values())
    best, best_cpu = min(t[0] for t in totals), min(t[1] for t in totals)
    bare_wall, bare_cpu = min(s.wall for s in bare), min(s.cpu for s in bare)
    count = sum("json_serialize_sql" not in sql for one in recorded for sql, _, _ in one.asked)
    name = " ".join(f"{key}={'/'.join(values)}" for key, values in where) or "no filter"
    return [name, count, first, best, best_cpu, bare_wall, bare_cpu, best / bare_wall, best_cpu / bare_cpu, ours[-1]]


def main(leads: int = 100_000, followups: int = 300_000) -> int:
    """Print both filters' figures and the panels' shares; return 1 beyond the bound."""
    with open_workspace(None) as workspace:
        brought = batch(leads, followups)
        for as_of in (LAST_DAY - timedelta(days=7), LAST_DAY):
            workspace.load(brought, as_of, who="bench")
        settings, clock = workspace.settings(), Clock()
        states, built = {}, []
        for on in workspace.as_of_dates():
            clock.lap()
            states[on] = workspace.state(on)
            built.append(clock.lap())
        filters: tuple[Where, ...] = (
            (),
            (("team", ("华东一组",)),),
            (("industry", ("零售", "金融")), ("region", ("华东",))),
        )
        found = [_compare(states, workspace._connection, settings, where) for where in filters]
    print(f"{leads:,} leads, {followups:,} follow-ups; seconds, best of {ROUNDS}")
    headers = ("filter", "queries", "first", "ours", "ours CPU", "bare", "bare CPU", "ratio", "CPU ratio")
    table(headers, [row[:9] for row in found])
    shares: dict[str, Spent] = found[0][9]  # type: ignore[assignment]
    table(("panel", "wall", "CPU"), [(name, one.wall, one.cpu) for name, one in shares.items()])
    table(("state build", "wall", "CPU"), [(str(on), one.wall, one.cpu) for on, one in zip(states, built, strict=True)])
    return verdicts(
        *((f"overview ÷ bare SQL, {row[0]}, wall", float(row[7]), BOUND, "x") for row in found),  # type: ignore[arg-type]
        *((f"overview ÷ bare SQL, {row[0]}, CPU", float(row[8]), BOUND, "x") for row in found),  # type: ignore[arg-type]
    )


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:3])))
