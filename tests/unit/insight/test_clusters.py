"""High-value cells: worked out by hand, and searched for in tables of pure chance, where none may be found more often than said."""

from __future__ import annotations

from random import Random

import pytest

from salesanalytics.insight.clusters import Held, Kind, clusters

PLACES = [(r, c) for r in range(8) for c in range(7)]


def sums(value: float, customers: int) -> Held:
    """A cell of equal amounts."""
    each = value / customers if customers else 0.0
    return Held(value, customers, customers * each**2, customers * each**3)


# row totals 100 and 100, column totals 100 and 100, all 200: each cell is expected to hold 100 × 100 ÷ 200 = 50
CROSSED = {(0, 0): sums(80, 40), (0, 1): sums(20, 10), (1, 0): sums(20, 10), (1, 1): sums(80, 40)}


def test_a_cell_is_expected_to_hold_row_total_times_column_total_over_all() -> None:
    found = clusters(CROSSED, "sum").found
    assert set(found) == {(0, 0), (1, 1)}
    assert (found[0, 0].expected, found[0, 0].ratio, found[0, 0].customers) == (50, 1.6, 40)


def test_two_customers_are_no_cluster() -> None:
    few = {**CROSSED, (0, 0): sums(80, 2)}
    assert (0, 0) not in clusters(few, "sum").found


def test_the_largest_cell_is_none_when_its_totals_explain_it() -> None:
    # 640 = 800 × 800 ÷ 1000: large only because its row and column are
    even = {(0, 0): Held(640, 640), (0, 1): Held(160, 160), (1, 0): Held(160, 160), (1, 1): Held(40, 40)}
    assert clusters(even, "count").found == {}


def test_one_large_deal_is_no_cluster_however_large() -> None:
    cells = {place: sums(40, 4) for place in PLACES}
    one = Held(1039, 4, 1009**2 + 3 * 100, 1009**3 + 3 * 1000)
    assert (2, 3) not in clusters({**cells, (2, 3): one}, "sum").found
    assert (2, 3) in clusters({**cells, (2, 3): sums(1039, 104)}, "sum").found


def test_small_cells_far_above_a_tiny_expectation_do_not_matter() -> None:
    cells = {(r, c): Held(100, 100) for r in range(3) for c in range(3)}
    cells[3, 3] = Held(9, 9)
    assert (3, 3) not in clusters(cells, "count").found


def test_a_share_is_held_against_the_odds_of_row_and_column() -> None:
    def share(hits: int, n: int) -> Held:
        return Held(hits / n, n, hits=hits)

    # the second row wins more everywhere: no cell of it stands out
    lifted = {(0, 0): share(20, 100), (0, 1): share(40, 100), (1, 0): share(40, 100), (1, 1): share(64, 100)}
    assert clusters(lifted, "share").found == {}
    lone = {(r, c): share(20, 100) for r in range(4) for c in range(4)} | {(2, 1): share(60, 100)}
    found = clusters(lone, "share")
    assert set(found.found) == {(2, 1)}
    assert 0.2 < found.found[2, 1].expected < 0.6
    assert found.looked_at == 16


def test_cells_are_looked_at_whatever_they_hold_and_a_share_only_on_its_sample() -> None:
    cells = {(0, 0): Held(0.5, 40, hits=20), (0, 1): Held(0.5, 4, hits=2)}
    assert clusters(cells, "share", least=30).looked_at == 1
    assert clusters({(0, 0): Held(5, 5)}, "count", [(0, 0), (0, 1)]).looked_at == 2


def test_nothing_is_no_cluster() -> None:
    assert clusters({}, "count").looked_at == 0
    assert clusters({(0, 0): Held(0.0, 9)}, "sum").found == {}


def by_chance(chance: Random, customers: int) -> dict[tuple[int, int], list[float]]:
    """Rows and columns drawn apart from each other; amounts as unequal as deals are, and larger in later columns."""
    cells: dict[tuple[int, int], list[float]] = {}
    for _ in range(customers):
        place = chance.choices(range(8), range(8, 0, -1))[0], chance.choices(range(7), range(7, 0, -1))[0]
        cells.setdefault(place, []).append(chance.lognormvariate(0, 1) * (1 + place[1] / 4))
    return cells


def held(cells: dict[tuple[int, int], list[float]], kind: Kind, chance: Random) -> dict[tuple[int, int], Held]:
    found = {}
    for place, amounts in cells.items():
        hits = sum(chance.random() < 0.35 for _ in amounts)
        value = {"sum": sum(amounts), "count": len(amounts), "share": hits / len(amounts)}[kind]
        squares, cubes = sum(a**2 for a in amounts), sum(a**3 for a in amounts)
        found[place] = Held(value, len(amounts), squares, cubes, hits)
    return found


@pytest.mark.parametrize("kind", ["sum", "count", "share"])
@pytest.mark.parametrize("customers", [60, 300])
def test_where_there_is_only_chance_hardly_a_table_has_a_cluster(kind: Kind, customers: int) -> None:
    chance, tables = Random(customers), 60
    with_clusters = sum(
        bool(clusters(held(by_chance(chance, customers), kind, chance), kind, PLACES, 10 if kind == "share" else 3).found)
        for _ in range(tables)
    )  # fmt: skip
    assert with_clusters <= 8  # 5 % of 60 are 3; more than 8 would come by chance once in a hundred


def test_what_was_put_there_is_found() -> None:
    chance, found = Random(7), 0
    for _ in range(20):
        cells = by_chance(chance, 300)
        cells.setdefault((3, 2), []).extend(chance.lognormvariate(0, 0.5) * 2 for _ in range(40))
        found += (3, 2) in clusters(held(cells, "sum", chance), "sum", PLACES).found
    assert found >= 15
