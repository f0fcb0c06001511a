"""The Channels page's figures: who stands out, two against each other over all and within industries, every channel, what they cost."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.oracle.book import ORDER
from tests.oracle.business import cost_days
from tests.oracle.questions import Question
from tests.oracle.shares import mantel_haenszel, more_to_leave_out, more_to_tell, newcombe, wilson
from tests.oracle.shown.overview import unit_in
from tests.oracle.shown.reading import NUMBER, Reading, Value
from tests.oracle.shown.sheet import Node

N = NUMBER
ALL = "Total"
SHARE = "win_rate_30d"
LEAST = 30
PASSED = {
    r"95% (?:interval|certainty)|\b95% intervals": "the level of confidence",
    r"Won within 30 days|at least 30 days old|30-day win": "the days of the rate, a setting that names it",
    r"grey under 30": "the minimum sample, a setting",
    r"better ← 0 →": "the middle of an axis",
    r"tfoot\.>.*span\. \| .*|td\.track>span\. \| .*": "ticks of an axis: where lines lie, no figure of the data",
    r"each 1 spent": "a unit of money",
}


def read_channels(page: Reading) -> None:
    """Read and compare every figure of the page over all time; a page without a source has a sentence and no figure."""
    names = {row["source"] for row in page.book.all() if row["source"]}
    if not names:
        panel = page.sheet.panel("panel-channels-none")
        assert "None of these leads has a source" in panel.said
        assert len(page.sheet.panels) == 1
        return
    _cli(page)
    _table(page)
    _dots(page)
    _compared(page)
    _costs(page)


def _cli(page: Reading) -> None:
    shown = ("leads", "lead_conversion", SHARE, "sales_amount", "open_amount", "sales_cycle_median", "followups_per_won", "channel_cost", "cost_per_lead", "cost_per_won", "return_on_cost")  # fmt: skip
    page.ask(shown, Question(("source",)))
    page.ask(shown, Question())


def _told(page: Reading, source: str, name: str) -> tuple[float | None, int]:
    return page.told(name) if source == ALL else page.told(name, Question(("source",)), (source or None,))


def _won(page: Reading, source: str) -> tuple[int, int]:
    """Won within 30 days, and leads old enough."""
    share, n = _told(page, source, SHARE)
    return round((share or 0.0) * n), n


def _reached(page: Reading, source: str, stage: str) -> int:
    """How many came that far; the CLI's channels say it too."""
    mine = sum(row["reached"] >= ORDER[stage] and source in (ALL, row["source"] or "") for row in page.book.all())
    document = page.cli("channels")
    rows = {row["source"] or "": row for row in document["channels"]} | {ALL: document["total"]}
    assert rows[source]["reached"][stage] == mine, (source, stage)
    return mine


def _value(page: Reading, source: str, what: str) -> Value:
    return _reached(page, source, what.partition("/")[2]) if "/" in what else _told(page, source, what)[0]


def _source(words: str) -> str:
    return "" if words == "Not given" else words


def _table(page: Reading) -> None:
    panel = page.sheet.panel("panel-channels-table")
    heads, *rows = panel.one("table", "sa-table").rows()
    for row in rows:
        source = _source(row[0].said)
        for head, cell in zip(heads, row, strict=True):
            for node in cell.all("a"):
                what = node.opens.partition(":")[2]
                page.one("figures", (source, what), node, _value(page, source, what), unit_in(head.said))
        k, n = _won(page, source)
        interval = next(cell for head, cell in zip(heads, row, strict=True) if head.said.startswith("k / n"))
        form = r"^([\d,]+) / ([\d,]+) · ([\d.]+)–([\d.]+)%$"
        low, high = wilson(k, n)
        page.all("intervals", source, interval, form, [k, n, 100 * low, 100 * high])
        more = more_to_leave_out(k, n, _won(page, ALL)[0] / _won(page, ALL)[1])
        page.sentence(
            "verdicts",
            row[-1],
            (r"about ([\d,]+) more leads?$", [more]),
            (r"^small sample, ([\d,]+) short$", [LEAST - n]),
        )
    sold = {row[0].said: _told(page, row[0].said, "sales_amount")[0] or 0.0 for row in rows[:-1]}
    whole = _told(page, ALL, "sales_amount")[0] or 0.0
    top = max(sold, key=lambda one: sold[one])
    of_leads = (_told(page, top, "leads")[0] or 0.0) / (_told(page, ALL, "leads")[0] or 0.0)
    title = panel.one("h2", "sa-title")
    assert title.said.startswith(top)
    page.all("titles", top, title, rf": ({N}) of sales from ({N}) of leads$", [sold[top] / whole, of_leads])


def _dots(page: Reading) -> None:
    panel = page.sheet.panel("panel-channels-win")
    k, n = _won(page, ALL)
    overall = k / n
    table = panel.one("table", "sa-dots")
    page.one("dots", "all", table.rows()[0][1].one("b"), overall, form=rf"^All ({N})$")
    judged = 0
    for row in table.rows()[1:-1]:
        source = _source(row[0].said)
        k1, n1 = _won(page, source)
        judged += n1 >= LEAST
        low, high = wilson(k1, n1)
        dot = row[1].one("a")
        page.one("dots", source, dot, k1 / n1)
        for told in (dot.told["title"], dot.told["aria-label"]):
            form = rf": ({N}) · 95% interval ({N}) – ({N}) · ([\d,]+) / ([\d,]+)$"
            page.all("dots", f"{source} on hover", told, form, [k1 / n1, low, high, k1, n1])
        if re.search(r"\d", row[2].said):
            page.one("dots", source, row[2], k1 / n1)
        page.all("dots", source, row[3], r"^([\d,]+) / ([\d,]+)$", [k1, n1])
    young = sum(row["first_contact_on"] is None or (page.book.as_of - row["first_contact_on"]).days < 30 for row in page.book.all())  # fmt: skip
    form = r"; ([\d,]+) leads first contacted .* \(([\d,]+) younger left out\)"
    page.all("titles", "who", panel.one("div", "sa-sub"), form, [n, young])
    nobody = sum(_won(page, "")[1:]) if any(not row["source"] for row in page.book.all()) else 0
    page.sentence("titles", panel.one("div", "sa-sub"), (r"; ([\d,]+) of them ha\w+ no source", [nobody]))
    title = panel.one("h2", "sa-title")
    named = {source: _won(page, source) for source in {row["source"] for row in page.book.all() if row["source"]}}
    needed = {one: more_to_leave_out(*of, overall) for one, of in named.items() if of[1] >= LEAST}
    near = min((more for more in needed.values() if more), default=None)
    said = [name for name in sorted(named, key=lambda name: title.said.find(name)) if name in title.said]
    shares = [named[name][0] / named[name][1] for name in said]
    page.sentence(
        "titles",
        title,
        (r"about ([\d,]+) more leads? may tell$", [near]),
        (rf"\(win rate ({N})\); cut back .* \(({N})\)$", shares),
        (rf" ({N}) win, its whole interval \w+ the overall ({N})$", [*shares[:1], overall]),
        (rf"near the overall ({N})$", [overall]),
    )
    for note in panel.all("div", "sa-panel-note"):
        page.all("titles", "chance", note, rf"^Of (\d+) channels .* about ({N}) even", [judged, 1 - 0.95**judged])


def _pair(page: Reading, a: str, b: str, industry: str | None = None) -> tuple[int, int, int, int]:
    """Both channels' won and leads, of one industry or of all; from the CLI too."""
    counts: list[int] = []
    for source in (a, b):
        by = ("source",) if industry is None else ("source", "industry")
        dims: tuple[Any, ...] = (source,) if industry is None else (source, industry or None)
        share, n = page.told(SHARE, Question(by), dims)
        counts += [round((share or 0.0) * n), n]
    return counts[0], counts[1], counts[2], counts[3]


def _compared(page: Reading) -> None:
    panel = page.sheet.panel("panel-channels-compare")
    rows = panel.one("table", "sa-compare").rows()[1:]
    a, b = (json.loads(cell.one("a").opens)[0] for cell in rows[0][1:3])
    industries = {row["industry"] or "" for row in page.book.all() if row["source"] in (a, b)}
    strata = {name: sides for name in industries if any((sides := _pair(page, a, b, name))[1::2])}
    within = mantel_haenszel(strata.values())
    document = page.cli("channels", "--compare", a, b)["comparison"]
    _same_by_cli(page, document, a, b, within)
    shown = 0
    for place, row in enumerate(rows):
        opened = [json.loads(node.opens) for cell in row for node in cell.all("a")]
        kind = ("all", "within")[place] if place < 2 else "in"
        name = row[0].said if kind == "in" else None
        name = "" if name == "Not given" else name
        sides = _pair(page, a, b, name)
        shown += kind == "in"
        if kind != "within":
            for cell, pair in zip(row[1:3], (sides[:2], sides[2:]), strict=True):
                page.all("compared", (kind, name), cell, r"^([\d,]+) / ([\d,]+)$", pair)
        found = within if kind == "within" else newcombe(sides) if sides[1] and sides[3] else None
        if found is None:
            assert not re.search(r"\d", row[3].said), row[3].said
            continue
        assert [a, b, kind, name or ""] in opened, (kind, name, opened)
        _difference(page, kind, name, row, found)
    _compared_words(page, panel, a, b, shown, strata)


def _difference(page: Reading, kind: str, name: str | None, row: list[Node], found: tuple[float, float, float]) -> None:
    value, low, high = found
    page.one("differences", (kind, name), row[3], value)
    drawn = row[4].one("img").told["alt"]
    page.all("differences", (kind, name), row[3].told["title"], rf"95% interval ({N}) to ({N}) pts$", [100 * low, 100 * high])  # fmt: skip
    page.all("differences", (kind, name), drawn, rf": ({N}), 95% interval ({N}) to ({N}) pts$", [value, 100 * low, 100 * high])  # fmt: skip


def _same_by_cli(page: Reading, document: Any, a: str, b: str, within: tuple[float, float, float] | None) -> None:
    """The CLI's difference over all and within industries, to nine digits."""
    for said, mine in ((document["all"], newcombe(_pair(page, a, b))), (document["within_industries"], within)):
        told = [said[part] for part in ("difference", "low", "high")] if said else None
        apart = max((abs(x - y) for x, y in zip(told or [], mine or [], strict=True)), default=0.0)
        if apart > 1e-9:
            page.wrong.append(f"channels {a} against {b}: CLI {told}, oracle {mine}")


def _compared_words(page: Reading, panel: Node, a: str, b: str, shown: int, strata: dict[str, Any]) -> None:
    sides = _pair(page, a, b)
    value, low, high = newcombe(sides)
    ends = [100 * one for one in (low, high)]
    turned = ends if value >= 0 else [-end for end in ends[::-1]]
    page.sentence(
        "titles",
        panel.one("h2", "sa-title"),
        (rf"anything from ({N}) to ({N}) points", ends),
        (rf" wins ({N}) points more often .* between ({N}) and ({N}) with", [abs(100 * value), *turned]),
    )
    subtitle = panel.one("div", "sa-sub")
    form = rf"old: {re.escape(a)} ([\d,]+) / ([\d,]+), {re.escape(b)} ([\d,]+) / ([\d,]+)"
    page.all("titles", "sides", subtitle, form, sides)
    page.sentence("titles", subtitle, (r"about ([\d,]+) more leads? on each side", [more_to_tell(sides)]))
    alone = [one for one in strata.values() if not (one[1] and one[3])]
    for note in panel.all("div", "sa-panel-note"):
        page.sentence(
            "titles",
            note,
            (r"^([\d,]+) more industr", [len(strata) - shown]),
            (r" ([\d,]+) leads? in (?:an )?industr", [sum(one[1] + one[3] for one in alone)]),
        )


def _costs(page: Reading) -> None:
    panel = page.sheet.panel("panel-channels-cost")
    if not page.book.costs:
        assert not re.search(r"\d", panel.said), panel.said
        return
    each: dict[str, Value] = {}
    # its lines name their channels by their place in the table above
    lines = [row[0].said for row in page.sheet.panel("panel-channels-table").one("table", "sa-table").rows()[1:]]
    heads, *rows = (row for row in panel.rows() if row)
    for row in rows:
        nodes = [node for cell in row for node in cell.all("a")]
        source = _source(lines[int(nodes[0].opens.partition(":")[0])])
        for node in nodes:
            what = node.opens.partition(":")[2]
            head = next(cell.said for cell in heads[-4:] if _names(cell.said, what))
            page.one("costs", (source, what), node, _told(page, source, what)[0], unit_in(head))
        each[source] = _told(page, source, "cost_per_won")[0]
    tick = panel.one("span", "sa-bar-tick-label")
    assert ALL in each, "the whole has a line"
    page.one("costs", "overall", tick, each.pop(ALL), form=rf"^All ({N})$")
    total, (back, _), n = _told(page, ALL, "channel_cost")[0], _told(page, ALL, "return_on_cost"), _told(page, ALL, "cost_per_won")[1]  # fmt: skip
    form = rf"; ({N}) spent, ([\d,]+) won, each ¥1 spent brought ¥([\d.,]+) of"
    page.all("costs", "in all", panel.one("div", "sa-sub"), form, [total, n, back])
    known = {name: cost for name, cost in each.items() if cost is not None and name}
    dear, cheap = max(known.values()), min(known.values())
    title = panel.one("h2", "sa-title")
    page.all("titles", "costs", title, rf"costs ({N}), ([\d.,]+) times", [dear, dear / cheap])
    paid = set(cost_days(page.book, Question()))
    left = sum((row["source"], row["first_contact_on"]) not in paid for row in page.book.all())
    won = sum(row["stage"] == "won" and (row["source"], row["won_on"]) not in paid for row in page.book.all())
    for note in panel.all("div", "sa-panel-note"):
        page.sentence("costs", note, (r"^([\d,]+) leads and ([\d,]+) won customers on days", [left, won]))


def _names(head: str, what: str) -> bool:
    return {"cost_per_won": "won", "cost_per_lead": "lead", "channel_cost": "ost (", "return_on_cost": "eturn"}[what] in head  # fmt: skip
