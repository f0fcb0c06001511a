"""A metric by two dimensions: totals outside, remainder that adds up, and the customers of a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from known_state import KnownState, lead

from salesanalytics.access import View
from salesanalytics.insight.cell_customers import cell_detail
from salesanalytics.insight.cell_spread import cell_spread
from salesanalytics.insight.cross_table import CrossTable, Line, cross_table, with_line
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)


def open_lead(name: str, industry: str | None, region: str, amount: float | None, **more: Any) -> dict[str, Any]:
    return lead(name, "opportunity", industry=industry, region=region, expected_amount=amount, **more)


def people() -> list[dict[str, Any]]:
    return [
        open_lead("1", "retail", "west", 450, last_contact_on=date(2026, 10, 5)),
        open_lead("2", "retail", "west", 50, first_contact_on=date(2026, 11, 1)),
        open_lead("3", "retail", "west", None),
        open_lead("4", "health", "east", 300),
        open_lead("5", None, "east", 20),
    ]


def table(view: View, metric: str = "open_amount", order: Any = "total") -> CrossTable:
    return cross_table(
        lambda query: ask(view, query, DEFAULT_SETTINGS), DEFAULT_SETTINGS, metric, ("industry", "region"), Filters(), order
    )  # fmt: skip


def test_cells_totals_and_what_is_left_out() -> None:
    found = table(KnownState(AS_OF, people()).view())
    assert [line.values for line in found.rows] == [("retail",), ("health",), ("",)]
    assert [line.values for line in found.columns] == [("west",), ("east",)]
    assert {place: cell.value for place, cell in found.cells.items()} == {(0, 0): 500, (1, 1): 300, (2, 1): 20}
    assert [total.value for total in found.row_totals] == [500, 300, 20]
    assert [total.value for total in found.column_totals] == [500, 320]
    assert (found.total.value, found.total.n, found.total.left_out) == (820, 4, 1)
    assert found.cells[0, 0].left_out == 1
    assert found.largest() == (0, 0)


def test_the_original_order_is_the_dimension_s_own() -> None:
    found = table(KnownState(AS_OF, people()).view(), order="original")
    assert [line.values for line in found.rows] == [("health",), ("retail",), ("",)]


def test_more_lines_than_fit_become_a_remainder_that_adds_up() -> None:
    many = [open_lead(str(at), f"i{at:02d}", "west", 100 - at) for at in range(15)]
    found = table(KnownState(AS_OF, many).view())
    assert len(found.rows) == 12
    assert found.rows[-1].values == ("i11", "i12", "i13", "i14")
    assert found.row_totals[-1].value == 89 + 88 + 87 + 86
    assert sum(total.value or 0 for total in found.row_totals) == found.total.value


def test_win_rates_are_ratios_of_sums() -> None:
    closed = [
        *(lead(f"w{at}", "won", industry="a", region="west", won_on=AS_OF) for at in range(3)),
        *(lead(f"l{at}", "lost", reached="lead", industry="a", region="east", lost_on=AS_OF) for at in range(9)),
    ]
    found = table(KnownState(AS_OF, closed).view(), "closed_win_rate")
    assert (found.total.value, found.total.k, found.total.n) == (0.25, 3, 12)
    assert found.clusters == {}


def test_the_customers_of_a_cell_add_up_to_it_and_one_large_deal_is_noticed() -> None:
    view = KnownState(AS_OF, people()).view()
    filters = with_line(with_line(Filters(), "industry", Line(("retail",))), "region", Line(("west",)))
    found = cell_detail(view, DEFAULT_SETTINGS, "open_amount", filters)
    assert [one.customer_id for one in found.customers] == ["1", "2", "3"]
    assert found.amount == 500
    assert found.largest_share == 0.9
    assert found.concentrated
    assert [one.silent_days for one in found.customers] == [34, 7, None]
    assert found.customers[0].file == "leads.xlsx"
    first = cell_detail(view, DEFAULT_SETTINGS, "open_amount", filters, most=1)
    assert first == replace(found, customers=found.customers[:1])  # what all come to stays


def test_one_customer_alone_is_not_called_concentrated() -> None:
    view = KnownState(AS_OF, people()).view()
    found = cell_detail(view, DEFAULT_SETTINGS, "open_amount", with_line(Filters(), "industry", Line(("",))))
    assert [one.customer_id for one in found.customers] == ["5"]
    assert not found.concentrated


def test_clustered_brings_alike_lines_together_and_loses_none() -> None:
    crossed = [
        open_lead(f"{industry}{region}{at}", industry, region, 10)
        for industry, region, n in (
            *(("a", "west", 9), ("a", "east", 1), ("b", "west", 2), ("b", "east", 8)),
            *(("c", "west", 4), ("c", "east", 1), ("d", "west", 1), ("d", "east", 3)),
            (None, "west", 1),
        )
        for at in range(n)
    ]
    view = KnownState(AS_OF, crossed).view()
    by_total, clustered = table(view), table(view, order="clustered")
    assert [line.values[0] for line in clustered.rows] in (["a", "c", "d", "b", ""], ["b", "d", "c", "a", ""])
    cells = [
        {(t.rows[r].values, t.columns[c].values): cell for (r, c), cell in t.cells.items()}
        for t in (by_total, clustered)
    ]
    assert cells[0] == cells[1]
    assert (clustered.total, sorted(map(str, clustered.row_totals))) == (
        by_total.total,
        sorted(map(str, by_total.row_totals)),
    )


def test_a_median_of_the_remainder_is_asked_again() -> None:
    won = [
        lead(f"{industry}{at}", "won", industry=f"i{industry:02d}", region="west", first_contact_on=date(2026, 9, 1), won_on=date(2026, 9, 1 + days))
        for industry in range(14)
        for at, days in enumerate([1, 2 + industry, 12 + industry])
    ]  # fmt: skip
    found = table(KnownState(AS_OF, won).view(), "sales_cycle_median")
    rest = next(at for at, line in enumerate(found.rows) if line.remainder)
    # i00, i01 and i02 have the shortest medians: of 1, 2, 12, 1, 3, 13, 1, 4, 14 it is 3
    assert set(found.rows[rest].values) == {"i00", "i01", "i02"}
    assert found.row_totals[rest].value == 3
    assert found.cells[rest, 0].value == 3
    assert found.clusters == {}


def test_a_place_beyond_the_lines_is_their_total() -> None:
    found = table(KnownState(AS_OF, people()).view())
    assert found.at((0, len(found.columns))) == found.row_totals[0]
    assert found.at((len(found.rows), 1)) == found.column_totals[1]
    assert found.at((len(found.rows), len(found.columns))) == found.total
    assert found.at((0, 1)) is None
    asked = found.filters_of((0, len(found.columns)), ("industry", "region"), Filters())
    assert asked == with_line(Filters(), "industry", found.rows[0])


def test_sums_are_tested_for_clusters_only_with_their_spread() -> None:
    view = KnownState(
        AS_OF,
        [
            open_lead(f"{place}{at}", "ab"[place % 2], "xy"[place // 2], 10 + at)
            for place, n in enumerate([20, 4, 4, 20])
            for at in range(n)
        ],
    ).view()
    by, asked = ("industry", "region"), lambda query: ask(view, query, DEFAULT_SETTINGS)
    assert table(view).looked_at == 0
    spread = cell_spread(view, DEFAULT_SETTINGS, "open_amount", by, Filters())
    assert spread["a", "x"].squares == sum((10 + at) ** 2 for at in range(20))
    assert spread["a", "x"].cubes == sum((10 + at) ** 3 for at in range(20))
    found = cross_table(asked, DEFAULT_SETTINGS, "open_amount", by, Filters(), "total", lambda: spread)
    assert found.looked_at == 4
    names = {(found.rows[r].values[0], found.columns[c].values[0]) for r, c in found.clusters}
    assert names == {("a", "x"), ("b", "y")}
