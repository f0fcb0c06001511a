"""The Funnel's figures: stages and what fell out, why, cut by a dimension, two values side by side, the uploaded table, entry cohorts."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from tests.oracle.book import Row
from tests.oracle.process import reasons_in
from tests.oracle.questions import Question, bucket_of
from tests.oracle.shares import more_to_tell as more_to_tell_apart
from tests.oracle.shares import newcombe, wilson
from tests.oracle.shown.cohort import bucket_named, dwell_of, met, observed, ripe_days, stage_of
from tests.oracle.shown.reading import NUMBER, Reading
from tests.oracle.shown.sheet import Node

N = NUMBER
PASSED = {
    r"95% interval": "the level of confidence",
    r"within which 80% of wins come": "the part of wins a cohort's age is measured by, a constant",
    r"grey under 30|No step has a sample of 30": "the minimum sample, a setting",
    r"(?<=loss = )1 −": "a formula",
}
PASSED_THEN = {
    r"b\..*sa-change[^|]*\| [▲▼] \S+ pts \w+$": "the change on the cohort before, as known when it was as old: tests/properties/test_as_of_rebuild.py holds such states against the oracle",
}
"""Of a period only: what is compared with an earlier cohort's state."""
NAMED = {"Lead": "lead", "Prospect": "prospect", "Opportunity": "opportunity", "Quote": "quote", "Won": "won"}


def read_funnel(page: Reading, *, period: str) -> None:
    """Read and compare every figure of the page in its first mode, ``period`` being ``all`` or ``quarter``."""
    whole = period == "all"
    days = (date.min, date.max) if whole else (bucket_of(page.book.as_of, "quarter")[0], page.book.as_of)
    rows = page.book.all() if whole else met(page.book.all(), *days)
    _stages(page, rows, whole=whole)
    _reasons(page, rows)
    _split(page, rows, whole=whole)
    _two(page, rows, whole=whole)
    _uploaded(page)
    _cohorts(page)


def _step(page: Reading, words: str) -> str:
    """The stage a step "Prospect → Opportunity" leaves."""
    names = "|".join(NAMED)
    found = re.search(rf"({names}) → (?:{names})", words)
    return NAMED[found[1]] if found else ""


def _stages(page: Reading, rows: list[Row], *, whole: bool) -> None:
    panel, stages = page.sheet.panel("panel-funnel"), observed(page.book)
    table = panel.one("table", "sa-funnel")
    drawn = table.all("tr", "stage")
    assert len(drawn) == len(stages)
    by_stage = Question(("stage",))
    if whole:
        page.ask(("stage_conversion", "stage_retention", "stage_dwell_median"), by_stage)
    for at, (stage, row) in enumerate(zip(stages, drawn, strict=True)):
        found, last = stage_of(rows, stage), stage == stages[-1]
        page.one("stages", stage, row.one("td", "track").all("a")[0], found.customers)
        hover = next(node for node in row.nodes() if "title" in node.told).told["title"]
        form = rf">: ([\d,]+)<br>Amount ({N}|—)<br>([\d,]+) lost, ([\d,]+) still there$"
        still = [found.customers, found.worth, found.lost, found.still]
        page.all("stages", f"{stage} on hover", hover, form, still)
        cells = [cell for cell in row.nodes() if cell.tag == "td" and "num" in cell.classes]
        if at:
            before = stage_of(rows, stages[at - 1])
            page.one("stages", f"to {stage}", cells[0], before.share)
            page.sentence("stages", cells[1], (r"^small sample, n = ([\d,]+)$", [before.customers]))
        if not last:
            _dwell(page, stage, cells[-1], rows)
        if whole and not last:
            share, n = page.told("stage_conversion", by_stage, (stage,))
            kept = page.value("stage_retention", by_stage, (stage,)) or 0.0
            told = page.told("stage_dwell_median", by_stage, (stage,))
            mine = (found.share, found.customers, found.lost, dwell_of(rows, stage, page.book)[:2])
            assert (share, n, round(n * (1 - kept)), told) == mine, (stage, mine)
    for stage, row in zip(stages, table.all("tr", "step"), strict=False):
        found = stage_of(rows, stage)
        _, track, aside = (cell for cell in row.nodes() if cell.tag == "td")
        if found.behind:
            page.one("stages", f"{stage} behind", track, found.behind, form=r"^not advanced ([\d,]+)$")
        if not found.customers:
            continue
        form = r"^lost ([\d,]+) · still there ([\d,]+)$"
        page.all("stages", f"{stage} out", aside, form, [found.lost, found.still])
    first, won = stage_of(rows, "lead").customers, stage_of(rows, "won").customers
    form = rf": ([\d,]+) customers first contacted, ([\d,]+) won in the end \(({N})\)"
    page.all("titles", "funnel", panel.all("div", "sa-sub")[0], form, [first, won, won / first])
    _leak(page, panel, rows)


def _dwell(page: Reading, stage: str, cell: Node, rows: list[Row]) -> None:
    median, n, still = dwell_of(rows, stage, page.book)
    if not n:
        assert not re.search(r"\d", cell.said), cell.said
    elif median is None:
        page.one("dwell", stage, cell, still, form=r"^over half still there \(([\d,]+)\)$")
    else:
        page.all("dwell", stage, cell, rf"^({N})(?: slow)? \(([\d,]+)\)$", [median, still])


def _leak(page: Reading, panel: Node, rows: list[Row]) -> None:
    title = panel.all("h2", "sa-title")[0]
    stage = _step(page, title.said)
    if stage:
        found = stage_of(rows, stage)
        page.sentence("titles", title, (rf": ({N}) \(({N}) go on\)$", [found.behind_worth, found.share]))
        for line in panel.all("div", "sa-leak"):
            page.sentence(
                "leak",
                line,
                (rf"^({N}) = expected amount of the ([\d,]+) not gone on", [found.behind_worth, found.behind]),
            )
            page.sentence("leak", line, (r"still there\)\. ([\d,]+) without an amount", [found.behind_without]))
    for note in panel.all("div", "sa-panel-note"):
        lead, days = stage_of(rows, "lead"), ripe_days(page.book)
        if lead.unknown:
            high = (lead.advanced + lead.unknown) / lead.customers
            form = rf"^([\d,]+) w\w+ lost from an unknown stage .* between ({N}) and ({N})"
            page.sentence("notes", note, (form, [lead.unknown, lead.share, high]))
        if days:
            young = len(met(rows, page.book.as_of - timedelta(days=days - 1), date.max))
            form = rf"([\d,]+) \(({N})\) came after .* have not had (\d+) days yet"
            page.sentence("notes", note, (form, [young, young / lead.customers, days]))


def _reasons(page: Reading, rows: list[Row]) -> None:
    panel = page.sheet.panel("panel-reasons")
    subtitle = panel.all("div", "sa-sub")
    if not subtitle:
        return
    stage = _step(page, subtitle[0].said)
    found = stage_of(rows, stage)
    form = r": ([\d,]+) not advanced = ([\d,]+) lost \+ ([\d,]+) still at"
    page.all("reasons", stage, subtitle[0], form, [found.behind, found.lost, found.still])
    lost = [row for row in rows if row["stage"] == "lost" and stage_of([row], stage).lost]
    named = Counter(reason for row in lost for reason in reasons_in(row["lost_reason"]))
    shown: Counter[str] = Counter()
    for row in panel.rows():
        for node in (node for cell in row for node in cell.all("a")):
            reason = json.loads(node.opens)[2]
            shown[reason] = named[reason]
            page.all("reasons", reason, node, rf"^([\d,]+) \(({N})\)$", [named[reason], named[reason] / len(lost)])
        rest = named.total() - shown.total()
        if row and not any(cell.all("a") for cell in row) and re.search(r"\d", row[-1].said):
            page.all("reasons", "other", row[-1], rf"^([\d,]+) \(({N})\)$", [rest, rest / len(lost)])
    top = max(named.values(), default=0)
    page.sentence(
        "titles",
        panel.all("h2", "sa-title")[0],
        (r"^Only (\d+) w\w+ lost here", [len(lost)]),
        (rf": ({N}) of what this step loses$", [top / len(lost) if lost else None]),
    )
    for note in panel.all("div", "sa-panel-note"):
        page.one("reasons", "lost", note, len(lost), form=r"^Share of ([\d,]+) lost")
        page.sentence("reasons", note, (r" ([\d,]+) without a reason", [len(lost) - named.total()]))
        page.one("reasons", "lost", note, len(lost), form=r"See the ([\d,]+) lost")
    _voices(page, panel, lost)


def _voices(page: Reading, panel: Node, lost: list[Row]) -> None:
    said: list[str] = []
    for row in lost:
        calls = [call for call in row["calls"] if (call.get("feedback") or "").strip()]
        if calls:
            newest = max(call["followed_up_at"] for call in calls)
            last = [call for call in calls if call["followed_up_at"] == newest]
            said.append(min(last, key=lambda call: str(call["followup_id"]))["feedback"].strip())
    for voices in panel.all("div", "sa-voices"):
        for line in voices.all("p"):
            words = line.said[1 : line.said.index("”")]
            page.one("reasons", words, line.one("small"), said.count(words), form=r"^([\d,]+), last \d\d-\d\d$")
        heard = next(node for node in voices.held if isinstance(node, Node) and node.tag == "small")
        page.all("reasons", "heard", heard, r"^([\d,]+) of ([\d,]+) lost", [len(said), len(lost)])


def _of(rows: list[Row], by: str, values: list[str]) -> list[Row]:
    return [row for row in rows if not values or (row[by] or "") in values]


def _split(page: Reading, rows: list[Row], *, whole: bool) -> None:
    panel, stages = page.sheet.panel("panel-funnel-split"), observed(page.book)
    lines = panel.one("table", "sa-split").rows()[1:]
    shares: dict[str, float] = {}
    for row in lines:
        by, values = json.loads(row[1].one("a").opens)[1:3]
        mine = _of(rows, by, values)
        found = [stage_of(mine, stage) for stage in stages]
        first, won = found[0].customers, found[-1].customers
        page.one("split", (by, values), row[1], first)
        _heard_of_parts(page, by, values, mine, stages) if whole else None
        for one, cell in zip(found[:-1], row[2:], strict=False):
            if one.customers:
                page.all("split", (by, values), cell, rf"^({N}) ([\d,]+) / ([\d,]+)$", [one.share, one.advanced, one.customers])  # fmt: skip
        page.all("split", f"{values} won", row[-2], rf"({N}) ([\d,]+) / ([\d,]+)$", [won / first, won, first])
        low, high = wilson(won, first)
        told = row[-1].one("img").told["alt"]
        page.all("intervals", values, told, rf": ({N}), 95% interval ({N}) to ({N})$", [won / first, low, high])
        shares[row[0].said] = won / first
    _split_words(page, panel, rows, json.loads(lines[0][1].one("a").opens)[1], shares)


def _heard_of_parts(page: Reading, by: str, values: list[str], mine: list[Row], stages: list[str]) -> None:
    """What the CLI says of a line of one value, and of the whole."""
    if len(values) > 1:
        return
    question = Question((by, "stage") if values else ("stage",))
    for stage in stages[:-1]:
        dims = (values[0] or None, stage) if values else (stage,)
        found = stage_of(mine, stage)
        assert page.told("stage_conversion", question, dims) == (found.share, found.customers), dims


def _split_words(page: Reading, panel: Node, rows: list[Row], by: str, shares: dict[str, float]) -> None:
    title = panel.one("h2", "sa-title")
    overall = shares["All"]
    said = [title.said.partition(" wins clearly")[0]]
    said += [found[1]] if (found := re.search(r"\), (.+) clearly less", title.said)) else [""]
    page.sentence(
        "titles",
        title,
        (rf"\(({N})\), .* clearly less \(({N})\)$", [shares.get(name) for name in said]),
        (rf"than the whole: ({N}) against ({N})$", [shares.get(said[0]), overall]),
        (rf"from the whole \(({N})\)$", [overall]),
    )
    unknown = sum(not row[by] for row in rows)
    form = rf"; ([\d,]+) customers? \(({N})\) ha\w+ no"
    page.sentence("titles", panel.all("div", "sa-sub")[0], (form, [unknown, unknown / len(rows)]))


def _two(page: Reading, rows: list[Row], *, whole: bool) -> None:
    panel, stages = page.sheet.panel("panel-funnel-compare"), observed(page.book)
    lines = panel.one("table", "sa-two").all("tr")[1:]
    by, (a,) = json.loads(lines[0].all("a")[0].opens)[1:3]
    (b,) = json.loads(lines[0].all("a")[1].opens)[2]
    sides = [_of(rows, by, [a]), _of(rows, by, [b])]
    found = {stage: [stage_of(side, stage) for side in sides] for stage in stages}
    if whole:
        page.ask(("stage_dwell_median",), Question((by, "stage")))
    for at, (stage, line) in enumerate(zip(stages, lines[:-1], strict=True)):
        cells = [cell for cell in line.nodes() if cell.tag == "td"]
        for cell, one in zip((cells[0], cells[2]), found[stage], strict=True):
            page.one("compared", (stage, "customers"), cell, one.customers)
        if at:
            before = found[stages[at - 1]]
            _sides(page, stage, cells, [(one.advanced, one.customers) for one in before])
        if stage != stages[-1]:
            medians = [dwell_of(side, stage, page.book)[:2] for side in sides]
            for value, mine in zip((a, b), medians, strict=True):
                if whole and mine[1]:
                    assert page.told("stage_dwell_median", Question((by, "stage")), (value or None, stage)) == mine
            page.all("dwell", (stage, a, b), cells[-1], rf"^({N}|—) \| ({N}|—)$", [one for one, _ in medians])
    ends = [(found[stages[-1]][side].customers, found[stages[0]][side].customers) for side in (0, 1)]
    cells = [cell for cell in lines[-1].nodes() if cell.tag == "td"]
    _sides(page, "won", cells, ends)
    pair = (*ends[0], *ends[1])
    gap = newcombe(pair)[0]
    page.sentence("titles", panel.all("h2", "sa-title")[0], (rf" wins ({N}) more than", [abs(gap)]))
    for stage in stages[:-1]:
        one, other = found[stage]
        if one.customers and other.customers:
            gap = newcombe((one.advanced, one.customers, other.advanced, other.customers))[0]
            at = f"but at {next(name for name, which in NAMED.items() if which == stage)} →"
            page.sentence("titles", panel.all("h2", "sa-title")[0], (rf"{at} .* on ({N}) more than", [abs(gap)]))
    form = r"; ([\d,]+) more on each side would tell"
    page.sentence("titles", panel.all("div", "sa-sub")[0], (form, [more_to_tell_apart(pair)]))
    page.sentence("titles", panel.all("div", "sa-sub")[0], (r"so close that ([\d,]+) more", [10_000]))


def _sides(page: Reading, what: str, cells: list[Node], counts: list[tuple[int, int]]) -> None:
    for cell, (k, n) in zip(cells[3:5], counts, strict=True):
        if n:
            page.all("compared", what, cell, rf"^({N}) ([\d,]+) / ([\d,]+)$", [k / n, k, n])
    if not counts[0][1] or not counts[1][1]:
        return
    value, low, high = newcombe((*counts[0], *counts[1]))
    page.one("compared", f"{what} difference", cells[5], value)
    form = rf"95% interval ({N}) to ({N}) pts$"
    for told in (cells[5].told["title"], cells[6].one("img").told["alt"]):
        page.all("intervals", what, told, form, [100 * low, 100 * high])
    page.one("intervals", what, cells[6].one("img").told["alt"], value, form=rf"^({N}),")


def _uploaded(page: Reading) -> None:
    panel, lines = page.sheet.panel("panel-reconciliation"), page.book.funnel
    if not lines:
        assert not re.search(r"\d", panel.said), panel.said
        return
    newest = max((line["period_end"], line["period_start"]) for line in lines)
    lines = [line for line in lines if (line["period_end"], line["period_start"]) == newest]
    rows = met(page.book.all(), newest[1] if newest[0] != newest[1] else date.min, newest[0])
    before: tuple[int, int] | None = None
    agreeing, apart = 0, dict[str, int]()
    for row in panel.one("table", "sa-table").rows()[1:]:
        stage = NAMED[row[0].said]
        line = next(line for line in lines if line["stage"] == stage)
        theirs, ours = int(line["customers"]), stage_of(rows, stage).customers
        page.one("uploaded", stage, row[1], theirs)
        page.one("uploaded", f"{stage} computed", row[2], ours)
        page.one("uploaded", f"{stage} apart", row[3], ours - theirs)
        loss = (1 - theirs / before[0], 1 - ours / before[1]) if before else (None, None)
        true = theirs / line["target"] if line["target"] else None
        printed = [line["loss_share"], line["attainment_share"]]
        for cell, pair in ((row[4], (printed[0], loss[1])), (row[5], (printed[1], true))):
            if pair != (None, None):
                page.all("uploaded", stage, cell, rf"^({N}|—) \| ({N}|—)$", pair)
        off = [_off(one, real) for one, real in zip(printed, (loss[0], true), strict=True)]
        agreeing += theirs == ours and not any(off)
        apart[row[0].said] = abs(ours - theirs)
        page.sentence("uploaded", row[7], (r"([\d,]+) (?:more|fewer) in the upload", [abs(ours - theirs)]))
        page.sentence("uploaded", row[7], (rf"Loss printed as ({N}); its own counts give ({N})", [printed[0], loss[0]]))
        page.sentence("uploaded", row[7], (rf"Attainment printed as ({N}); its own counts give ({N})", [printed[1], true]))  # fmt: skip
        before = theirs, ours
    title = panel.one("h2", "sa-title")
    page.sentence(
        "titles",
        title,
        (r": (\d+) of (\d+) stages agree, .* differs by (\d+)$", [agreeing, len(apart), max(apart.values())]),
        (r": all (\d+) stages agree$", [agreeing]),
        (r" shares of (\d+) stages? do", [len(apart) - agreeing]),
    )
    for note in panel.all("div", "sa-panel-note"):
        page.sentence("notes", note, (r"([\d,]+) w\w+ lost from an unknown stage", [stage_of(rows, "lead").unknown]))


def _off(printed: float | None, true: float | None) -> bool:
    """Whether a printed share is off by more than half its last printed digit."""
    if printed is None or true is None:
        return False
    digits = len(f"{100 * printed:.6f}".rstrip("0").partition(".")[2])
    return abs(printed - true) > 0.005 / 10**digits + 1e-9


def _cohorts(page: Reading) -> None:
    panel, stages, everyone = page.sheet.panel("panel-funnel-cohorts"), observed(page.book), page.book.all()
    days = ripe_days(page.book)
    ripe: list[tuple[str, int, int]] = []
    shown: list[str] = []
    page.ask(("leads", "lead_conversion"), Question(("month",)))
    for row in panel.one("table", "sa-cohorts").rows()[1:]:
        name = row[0].all("a")[0].said
        start, end = bucket_named(name)
        rows = met(everyone, start, end)
        found = [stage_of(rows, stage) for stage in stages]
        leads, won, still = found[0].customers, found[-1].customers, sum(one.still for one in found)
        shown.append(name)
        if re.fullmatch(r"\d{4}-\d\d", name):
            assert page.value("leads", Question(("month",)), (name,)) == leads
            page.value("lead_conversion", Question(("month",)), (name,))
        page.one("cohorts", name, row[1], leads)
        for one, cell in zip(found[:-1], row[2:], strict=False):
            if one.customers:
                page.all("cohorts", name, cell, rf"^({N}) ([\d,]+) / ([\d,]+)$", [one.share, one.advanced, one.customers])  # fmt: skip
        page.all("cohorts", f"{name} won", row[-2], rf"^({N}) ([\d,]+) / ([\d,]+)$", [won / leads, won, leads])
        page.all("cohorts", f"{name} open", row[-1], rf"^({N}) ([\d,]+)$", [still / leads, still])
        mature = days is not None and end <= page.book.as_of - timedelta(days=days)
        ripe += [(name, won, leads)] if mature else []
    oldest = bucket_named(shown[-1])[0]
    earlier = {row["first_contact_on"].isoformat()[:7] for row in everyone if row["first_contact_on"] and row["first_contact_on"] < oldest}  # fmt: skip
    undated = sum(row["first_contact_on"] is None for row in everyone)
    for note in panel.all("div", "sa-panel-note"):
        page.sentence("notes", note, (r"([\d,]+) earlier cohort", [len(earlier)]))
        page.sentence("notes", note, (r"([\d,]+) ha\w+ no date of first contact", [undated]))
    page.sentence("titles", panel.all("div", "sa-sub")[0], (r"grey until (\d+) days old", [days]))
    _cohort_title(page, panel.all("h2", "sa-title")[0], ripe)


def _cohort_title(page: Reading, title: Node, ripe: list[tuple[str, int, int]]) -> None:
    if not ripe:
        return
    share: Any = ripe[0][1] / ripe[0][2]
    if len(ripe) > 1:
        (_, k1, n1), (_, k2, n2) = ripe[:2]
        gap = abs(newcombe((k1, n1, k2, n2))[0])
        page.sentence("titles", title, (rf"won ({N}): ({N}) (?:under|over) ", [share, gap]))
    page.sentence("titles", title, (rf"won ({N})(?:,|$)", [share]))
