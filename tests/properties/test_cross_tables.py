"""Cross tables of random companies: cells sum to row and column totals and these to the whole, in every order; tiles too."""

from __future__ import annotations

import math
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from random_companies import COMPANIES, CUTS, PERIODS, Company, opened

from salesanalytics.insight.cell_spread import cell_spread
from salesanalytics.insight.cross_table import cross_table
from salesanalytics.insight.provinces import province_tiles
from salesanalytics.metrics import METRICS, Filters, MetricQuery, ask
from salesanalytics.settings import DEFAULT_SETTINGS
from tests.oracle.compare import same

ADDITIVE = ("leads", "open_amount", "sales_amount", "won_customers", "weighted_pipeline", "risk_amount")
FEWER = settings(max_examples=max(4, settings().max_examples // 5))


def _sum(values: list[float | None]) -> float:
    return math.fsum(value for value in values if value is not None)


@FEWER
@given(COMPANIES, PERIODS, st.sampled_from(ADDITIVE), st.permutations(CUTS))
def test_cells_sum_to_totals_and_totals_to_the_whole(
    company: Company, period: tuple[object, object], metric: str, cuts: list[str]
) -> None:
    by, filters = (cuts[0], cuts[1]), Filters((), *period)  # type: ignore[arg-type]
    with opened(company) as found:
        view = found.view()
        asked = lambda query: ask(view, query, DEFAULT_SETTINGS)  # noqa: E731
        spread = lambda: cell_spread(view, DEFAULT_SETTINGS, metric, by, filters)  # noqa: E731
        tables = {
            order: cross_table(asked, DEFAULT_SETTINGS, metric, by, filters, order, spread)
            for order in ("total", "clustered", "original")
        }
        whole = asked(MetricQuery((metric,), (), filters)).total
        alone = {
            axis: {row.dims[axis] or "": row.values[metric] for row in asked(MetricQuery((metric,), (axis,), filters)).rows}
            for axis in by
        }  # fmt: skip
        tiles = province_tiles(asked, METRICS[metric], "region", filters)
    for table in tables.values():
        assert same(_sum([cell.value for cell in table.cells.values()]), whole.values[metric] or 0.0)
        assert sum(cell.n for cell in table.cells.values()) == whole.n[metric]
        for axis, lines, totals in ((0, table.rows, table.row_totals), (1, table.columns, table.column_totals)):
            assert same(_sum([total.value for total in totals]), whole.values[metric] or 0.0)
            for at, (line, total) in enumerate(zip(lines, totals, strict=True)):
                held = [cell.value for place, cell in table.cells.items() if place[axis] == at]
                assert same(_sum(held), total.value or 0.0)
                assert same(_sum([alone[by[axis]][value] for value in line.values]), total.value or 0.0)
    orders = [sorted(line.values for line in table.rows) for table in tables.values()]
    assert orders[0] == orders[1] == orders[2]
    assert tables["total"].looked_at == tables["clustered"].looked_at
    assert len(tables["total"].clusters) == len(tables["clustered"].clusters)
    assert same(_sum([tile.cell.value for tile in tiles.tiles]), whole.values[metric] or 0.0)


@FEWER
@given(COMPANIES, st.sampled_from(("sales_cycle_median", "closed_win_rate", "mean_deal", "sales_velocity")))
def test_what_does_not_add_up_is_what_ask_says_of_each_line(company: Company, metric: str) -> None:
    by = ("owner", "source")
    with opened(company) as found:
        view = found.view()
        table = cross_table(lambda query: ask(view, query, DEFAULT_SETTINGS), DEFAULT_SETTINGS, metric, by, Filters())
        for place, cell in table.cells.items():
            asked = MetricQuery((metric,), (), table.filters_of(place, by, Filters()))
            assert same(cell.value, ask(view, asked, DEFAULT_SETTINGS).total.values[metric])
