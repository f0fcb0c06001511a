"""The Heatmap's figures: every cell with what it rests on, totals, what stands out, and the picked cell's customers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.book import Row
from tests.oracle.questions import Question
from tests.oracle.shown.overview import unit_in
from tests.oracle.shown.reading import NUMBER, Reading, Value
from tests.oracle.shown.sheet import Node

N = NUMBER
LEAST = 30
BY = ("industry", "region")
PASSED = {
    r"div\.sa-scale>span\.[^|]*\| .*": "bounds of colour classes and the sample they are hatched under: how it is painted, no figure of the data",
    r"false discovery rate (?:at most )?5%|3 customers or more|25% over expectation|with a sample of 30 or more|at least \+5\.0 pts": "the rule of the search, constants",
    r"[Nn]o (?:single )?cell has a sample of 30": "the minimum sample, a setting",
    r"td\.num\.soft\.wide \| \d+$": "the row of the file a customer stands in: held against the files in tests/pages/test_opened_numbers.py and tests/journeys",
    r"\| .* \(row numbers in the table\)": "a file's name",
}
SHARES = ("closed_win_rate",)
TITLES = {"Closed win rate": "closed_win_rate", "Mean deal": "mean_deal"}
Place = tuple[int, int]


@dataclass
class Grid:
    """What the oracle knows of the table: the names of its lines ("" = none given) and each cell's value and n."""

    measure: str
    names: tuple[list[str], list[str]]
    cells: dict[Place, tuple[float | None, int]]
    rows: list[tuple[float | None, int]]
    columns: list[tuple[float | None, int]]
    whole: tuple[float | None, int]

    def expected(self, at: Place) -> float:
        """What row and column let one expect: their sums' product ÷ the whole; of a share, by their odds."""
        parts = [one[0] or 0.0 for one in (self.rows[at[0]], self.columns[at[1]], self.whole)]
        if self.measure not in SHARES:
            return parts[0] * parts[1] / parts[2]
        odds = [one / (1 - one) for one in parts]
        mine = odds[0] * odds[1] / odds[2]
        return mine / (1 + mine)


def read_heatmap(page: Reading, *, measure: str) -> None:
    """Read and compare every figure of the page over all time, by industry and region."""
    panel = page.sheet.panel("panel-map")
    head = panel.all("div", "sa-sub")[0]
    unit = unit_in(head.said)
    page.ask((measure,), Question())
    grid = _grid(page, panel, measure, unit)
    _list(page, panel, grid)
    _clusters(page, panel, grid)
    _words(page, panel, grid)
    _cell(page, grid)


def _members(page: Reading, measure: str, names: tuple[str, str] | None = None) -> list[Row]:
    """The customers a measure speaks of, of a cell's names."""
    stages = {
        "leads": None,
        "open_amount": ("lead", "prospect", "opportunity", "quote"),
        "sales_amount": ("won",),
        "closed_win_rate": ("won", "lost"),
    }[measure]
    rows = [row for row in page.book.all() if stages is None or row["stage"] in stages]
    return [row for row in rows if names is None or tuple(row[cut] or "" for cut in BY) == names]


def _amount(row: Row) -> float | None:
    worth: float | None = row["deal_amount"] if row["stage"] == "won" else row["expected_amount"]
    return worth


def _left_out(page: Reading, measure: str, names: tuple[str, str] | None = None) -> int:
    if measure not in ("open_amount", "sales_amount"):
        return 0
    return sum(_amount(row) is None for row in _members(page, measure, names))


def _plain(name: str) -> str:
    return "" if name.startswith(("No ", "Not ")) else name


def _grid(page: Reading, panel: Node, measure: str, unit: str) -> Grid:
    table = panel.one("table", "sa-heat")
    drawn = {tuple(map(int, node.opens.split(":")[1:])): node for node in table.all("a") if node.opens}
    inner = {at: node for at, node in drawn.items() if "cell" in node.classes}
    full = {at: next(node.one("span", "told").texts()).said.split(" × ") for at, node in inner.items()}
    height, width = (1 + max(at[axis] for at in inner) for axis in (0, 1))
    names = [_plain(full[row, 0][0]) for row in range(height)], [_plain(full[0, column][1]) for column in range(width)]
    both, asked = Question(BY), tuple(Question((cut,)) for cut in BY)
    cells = {(r, c): page.told(measure, both, (names[0][r] or None, names[1][c] or None)) for r, c in inner}
    rows = [page.told(measure, asked[0], (name or None,)) for name in names[0]]
    columns = [page.told(measure, asked[1], (name or None,)) for name in names[1]]
    grid = Grid(measure, names, cells, rows, columns, page.told(measure))
    for at, node in inner.items():
        _drawn(page, grid, at, node, unit)
    for at, node in drawn.items():
        if at not in inner:
            value = (
                grid.whole if at == (height, width) else grid.rows[at[0]] if at[0] < height else grid.columns[at[1]]
            )[0]
            page.one("totals", at, node, value, unit)
    return grid


def _drawn(page: Reading, grid: Grid, at: Place, node: Node, unit: str) -> None:
    (value, n), names = grid.cells[at], (grid.names[0][at[0]], grid.names[1][at[1]])
    label, told = node.all("b")[0], node.one("span", "told")
    if not n:
        assert label.said == "—", (names, label.said)
        left = _left_out(page, grid.measure, names)
        page.sentence("cells", told, (r"another ([\d,]+) ", [left]))
        return
    page.one("cells", names, label, value, unit)
    page.one("cells", f"{names} on hover", told.one("b"), value)
    rests = (r"([\d,]+) cust\.", [n]), (r"([\d,]+) / ([\d,]+)", [round((value or 0.0) * n), n])
    for small in node.all("small"):
        page.sentence("cells", small, *rests)
    for line in told.texts():
        page.sentence("cells", line, *((f"^{form}$", values) for form, values in rests))
        page.sentence("cells", line, (r"^another ([\d,]+) ", [_left_out(page, grid.measure, names)]))
        _against(page, grid, at, line)


def _against(page: Reading, grid: Grid, at: Place, words: Node | object) -> None:
    """What was expected of a cluster, and how many times that it holds."""
    value, expected = grid.cells[at][0] or 0.0, grid.expected(at)
    page.sentence(
        "clusters",
        words,  # type: ignore[arg-type]
        (rf"([\d.,]+) times the expected ({N})", [value / expected, expected]),
        (rf"expected ({N})", [expected]),
    )


def _place(grid: Grid, words: str) -> Place:
    row, column = (_plain(name.strip()) for name in words.removesuffix("★").strip().removesuffix(":").split(" × "))
    return grid.names[0].index(row), grid.names[1].index(column)


def _list(page: Reading, panel: Node, grid: Grid) -> None:
    heads, *rows = panel.one("table", "sa-table").rows()
    for row in rows:
        value, n = grid.cells[_place(grid, row[0].said)]
        page.one("list", row[0].said, row[1], value, unit_in(heads[1].said), form=rf"^({N})(?: small sample)?$")
        page.one("list", row[0].said, row[2], n)
    held = sum(value is not None and n > 0 for value, n in grid.cells.values())
    page.all(
        "titles", "list", panel.all("div", "sa-small")[0], r"^The (\d+) largest of (\d+) cells$", [len(rows), held]
    )


def _clusters(page: Reading, panel: Node, grid: Grid) -> None:
    named = [at for at in grid.cells if grid.names[0][at[0]] and grid.names[1][at[1]]]
    looked = [at for at in named if grid.measure not in SHARES or grid.cells[at][1] >= LEAST]
    for words in panel.all("div", "sa-clusters"):
        for line in words.all("li"):
            if " × " in line.said:
                at = _place(grid, line.said.partition(":")[0])
                value, n = grid.cells[at]
                _against(page, grid, at, line)
                page.sentence(
                    "clusters",
                    line,
                    (rf": (¥{N}), ([\d,]+) cust\.", [value, n]),
                    (r": ([\d,]+) cust\.", [n]),
                    (rf": ({N}), ([\d,]+) / ([\d,]+)", [value, round((value or 0.0) * n), n]),
                )
        page.sentence("clusters", words, (r"([\d,]+) cells looked at", [len(looked)]))
        page.sentence("clusters", words, (r"([\d,]+) cells with a sample", [len(looked)]))


def _words(page: Reading, panel: Node, grid: Grid) -> None:
    title, head = panel.all("h2", "sa-title")[0], panel.all("div", "sa-sub")[0]
    whole, n = grid.whole
    first = re.match(r"^.+: (.+) holds ", title.said)
    named = [name for name in (first[1] if first else "",) if name]
    share: list[Value] = [(grid.rows[grid.names[0].index(_plain(name))][0] or 0.0) / (whole or 1.0) for name in named]
    page.sentence("titles", title, (rf"^.+: .+ holds ({N});", share))
    top = re.search(r" is highest at (.+ × .+): ", title.said)
    if top:
        value, of = grid.cells[_place(grid, top[1])]
        known = [value, round((value or 0.0) * of), of, whole]
        page.sentence("titles", title, (rf": ({N}) \(([\d,]+) / ([\d,]+)\), all ({N})$", known))
    page.sentence("titles", title, (rf": ({N}) over all;", [whole]))
    where = re.search(r"the largest cell is (.+ × .+?)(?:, but one deal|$)", title.said)
    if where:
        row, column = _place(grid, where[1])
        amounts = [
            one
            for row_ in _members(page, grid.measure, (grid.names[0][row], grid.names[1][column]))
            if (one := _amount(row_)) is not None
        ]
        page.sentence(
            "titles", title, (rf"one deal is ({N}) of it$", [max(amounts, default=0.0) / (sum(amounts) or 1.0)])
        )
    page.sentence(
        "titles",
        head,
        (rf", ({N}), n = ([\d,]+)", [whole, n]),
        (rf", ({N}) in all, ([\d,]+) cust\.", [whole, n]),
        (r", ([\d,]+) customers", [n]),
    )
    page.sentence("titles", head, (r"another ([\d,]+) ", [_left_out(page, grid.measure)]))
    for lines, cut in ((grid.rows, "Industry"), (grid.columns, "Region")):
        page.sentence("titles", head, (rf"({N}) of it without {cut}", [(lines[-1][0] or 0.0) / (whole or 1.0)]))


def _cell(page: Reading, grid: Grid) -> None:
    panel = page.sheet.panel("panel-cell")
    at = _place(grid, panel.all("h2", "sa-title")[0].said)
    names = grid.names[0][at[0]], grid.names[1][at[1]]
    rows, (value, n) = _members(page, grid.measure, names), grid.cells[at]
    counted = [row for row in rows if grid.measure not in ("open_amount", "sales_amount") or _amount(row) is not None]
    amounts = [one for row in rows if (one := _amount(row)) is not None]
    page.one("picked", "download", panel.one("download_button"), len(rows), form=r"^Download ([\d,]+) rows?$")
    for node in panel.one("dl", "sa-figures").all("div"):
        name, figure = node.one("dt"), node.one("dd")
        page.sentence("picked", name, (r"\(([\d,]+) (?:without|no amount)", [len(rows) - len(amounts)]))
        if name.said.startswith("Amount"):
            page.one("picked", "amount", figure, float(sum(map(Fraction, map(str, amounts)))) if amounts else None)
        elif name.said == "Without the largest":
            page.one("picked", name.said, figure, (value or 0.0) - max(amounts))
        elif name.said.startswith("Customers"):
            page.one("picked", name.said, figure, len(rows), form=r"^([\d,]+) cust\.$")
        elif " / " in name.said:
            page.all("picked", name.said, figure, r"^([\d,]+) / ([\d,]+)$", [round((value or 0.0) * n), n])
        elif re.search(r"\d", figure.said):
            page.one("picked", name.said, figure, value)
    top, whole = max(amounts, default=0.0), sum(amounts) or 1.0
    for note in panel.all("div", "sa-callout"):
        page.all("picked", "largest", note, rf" alone is ({N}), ({N}) of this cell", [top, top / whole])
        page.sentence(
            "picked",
            note,
            (r"silent for ([\d,]+) days", [_silent(page, max(rows, key=lambda row: _amount(row) or 0.0))]),
        )
    for note in panel.all("div", "sa-small"):
        page.sentence("picked", note, (r"^First (\d+) of ([\d,]+) rows$", [50, len(rows)]))
    customers, against = panel.all("table")
    heads, *lines = customers.rows()
    for line in lines:
        customer = page.book.customers[line[0].one("a", "sa-customer").given["data-customer"]]
        assert customer in rows, customer["customer_id"]
        page.one("picked", customer["customer_id"], line[3], _amount(customer), unit_in(heads[3].said))
        page.one("picked", f"{customer['customer_id']} silent", line[4], _silent(page, customer))
    assert len(counted) == n
    _against_all(page, grid, against, names, at)


def _silent(page: Reading, row: Row) -> int | None:
    return (page.book.as_of - row["last_contact_on"]).days if row["last_contact_on"] else None


def _against_all(page: Reading, grid: Grid, table: Node, names: tuple[str, str], at: Place) -> None:
    value, n = grid.cells[at]
    whole, of = grid.whole
    for name, here, everywhere in table.rows()[1:]:
        if name.said.startswith("Share of"):
            page.one("picked", name.said, here, (value or 0.0) / (whole or 1.0))
            page.one("picked", name.said, everywhere, 1.0)
            continue
        if name.said.startswith("Mean amount"):
            page.one("picked", name.said, here, (value or 0.0) / n)
            page.one("picked", name.said, everywhere, (whole or 0.0) / of)
            continue
        metric = TITLES[name.said]
        mine, k = page.told(metric, Question(BY), (names[0] or None, names[1] or None))
        small = (r"^([\d,]+) / ([\d,]+), small sample$", [round((mine or 0.0) * k), k])
        if re.search(small[0], here.said):
            page.sentence("picked", here, small)
        else:
            page.one("picked", name.said, here, mine)
        page.one("picked", name.said, everywhere, page.value(metric))
