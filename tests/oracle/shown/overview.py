"""The Overview's figures: cards with what they are compared with, weeks, pace, who needs somebody, what moved, who leads."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.oracle.book import Row
from tests.oracle.customers import rung
from tests.oracle.pages import alarms, told
from tests.oracle.questions import Question, bucket_of, label_of
from tests.oracle.shown.reading import NUMBER, Reading, Value
from tests.oracle.shown.sheet import Node

WEEK = timedelta(days=7)
PASSED = {
    r"(?:span\.tick|i\.grid\S*>span\.) \| .*": "ticks of an axis: where lines lie, no figure of the data",
    r"\b90 d\b": "the window's length, a setting, in the card's name",
    r"95 %": "the level of confidence",
    r"sa-customer \| .*": "a customer without a name is called by the id",
}
KINDS = {
    "silent": "flagged_silent",
    "lead-untouched-manager": "flagged_lead_untouched_manager",
    "stage-stuck": "flagged_stage_stuck",
    "lead-untouched": "flagged_lead_untouched",
    "low-amount": "flagged_low_amount",
}


def read_overview(page: Reading) -> None:
    """Read and compare every figure of the page."""
    day = page.book.as_of
    quarter = bucket_of(day, "quarter")
    page.ask(("new_leads", "sales_amount"), Question((), (), *bucket_of(day, "week")))
    page.ask(("closed_win_rate", "sales_cycle_median"), Question((), (), day - timedelta(days=89), day))
    page.ask(("closed_win_rate", "sales_cycle_median"), Question((), (), day - timedelta(days=96), day - WEEK))
    page.ask(("risk_amount", "collection_rate", *KINDS.values()), Question())
    page.ask(("sales_amount", "target_amount", "won_customers"), Question(("owner",), (), quarter[0], day))
    for key, panel in page.sheet.panels.items():
        if key.startswith("card-"):
            _card(page, key.removeprefix("card-"), panel)
    _weeks(page)
    _pace(page)
    _flagged(page)
    _movers(page)
    _ranking(page)


def _windows(page: Reading, name: str) -> tuple[Question, Question]:
    """The days a card is about, and those it is compared with."""
    day = page.book.as_of
    week = bucket_of(day, "week")
    if name in ("new_leads", "sales_amount"):
        return Question((), (), *week), Question((), (), week[0] - WEEK, day - WEEK)
    if name == "target_attainment":
        return Question((), (), *bucket_of(day, "quarter")), Question()
    if name in ("closed_win_rate", "sales_cycle_median"):
        return Question((), (), day - timedelta(days=89), day), Question((), (), day - timedelta(days=96), day - WEEK)
    return Question(), Question()


def _card(page: Reading, name: str, panel: Node) -> None:
    now, then = _windows(page, name)
    value, n = page.told(name, now)
    large = panel.one("span", "sa-card-value")
    page.one("cards", name, large, value)
    page.one("cards", f"{name} on hover", large.told["title"], value)
    if name == "new_leads":
        today = page.value(name, Question((), (), page.book.as_of, page.book.as_of))
        page.one("cards", "today", panel.one("div", "sa-card-name"), today, form=r"\((\d+)\stoday\)")
    if name in ("risk_amount", "collection_rate"):
        known = [day for day in page.imports if day <= page.book.as_of - WEEK]
        before = _known_then(page, name, max(known)) if known else None
    else:
        before = page.value(name, then) if name != "target_attainment" else None
    foot = panel.one("div", "sa-card-foot")
    note = foot.all("span")[0]
    if name == "target_attainment":
        due = _gone(page, *bucket_of(page.book.as_of, "quarter"))
        page.sentence("notes", note, (rf"due ({NUMBER})", [due]))
        off = None if value is None else 100 * abs(value - due)
        _change(page, name, foot, off, form=r"([\d.]+) pts")
        return
    page.sentence(
        "notes",
        note,
        (rf"^vs ({NUMBER})", [before]),
        (r"^n ([\d,]+) / ([\d,]+)$", [round((value or 0.0) * n), n]),
        (r"^([\d,]+) cust\.$", [n]),
    )
    if name in ("new_leads", "sales_amount", "risk_amount"):
        _change(page, name, foot, (value - before) / before if value is not None and before else None)
    else:
        _change(page, name, foot, value - before if value is not None and before is not None else None)


def _known_then(page: Reading, name: str, on: date) -> float | None:
    """What stood on an earlier date, as it was known then; from the CLI too."""
    assert page.book.earlier
    mine = told(name, page.book.earlier(on), Question())[0]
    page.hear(name, ("--as-of", on.isoformat()), mine)
    return mine


def _change(page: Reading, name: str, foot: Node, difference: Value, form: str = rf"({NUMBER})") -> None:
    marked = foot.all("b")
    if difference is None:
        assert not marked, (name, foot.said)
        return
    if re.search(r"\d", marked[0].said):
        page.one("changes", name, marked[0], difference, form=form)


def _gone(page: Reading, start: date, end: date) -> float:
    return ((page.book.as_of - start).days + 1) / ((end - start).days + 1)


def _weeks(page: Reading) -> None:
    panel = page.sheet.panel("panel-trend")
    weeks = [(date.fromisoformat(one.opens[5:]), one) for one in panel.all("a") if one.opens.startswith("week:")]
    first, last = weeks[0][0], weeks[-1][0] + timedelta(days=6)
    assert last >= page.book.as_of > last - WEEK
    now, past = Question(("week",), (), first, last), Question(("week",), (), first - 52 * WEEK, last - 52 * WEEK)
    page.ask(("sales_amount", "target_amount"), now)
    known: dict[str, list[Value]] = {"Actual": [], "Target": [], "Last yr": []}
    for monday, node in weeks:
        dims = (label_of(monday, "week"),)
        known["Actual"].append(page.value("sales_amount", now, dims) or 0.0)
        known["Target"].append(page.value("target_amount", now, dims))
        known["Last yr"].append(page.value("sales_amount", past, (label_of(monday - 52 * WEEK, "week"),)) or 0.0)
        told = node.told["aria-label"]  # a line a value, shown beside the week when it is pointed at
        for name, values in known.items():
            if f"\n{name} " in told.said:
                page.one("weeks", (monday, name), told, values[-1], form=rf"(?m)^{name} ({NUMBER})$")
    for end in panel.one("div", "names").all("span"):
        for name, values in known.items():
            if end.said.startswith(name):
                page.one("weeks", f"{name} beside the line", end, values[-1], form=rf"^{name} ({NUMBER})$")
    page.one("titles", "weeks", panel.one("div", "sa-sub"), len(weeks), form=r"last (\d+) weeks")
    whole = len(weeks) if last == page.book.as_of else len(weeks) - 1
    won, aims = known["Actual"][:whole], known["Target"][:whole]
    amount, aim = won[-1] or 0.0, aims[-1]
    gap = (amount - aim) / aim if aim else None
    run = _streak(won, aims)
    before = abs(_streak(won[:-1], aims[:-1]))
    page.sentence(
        "titles",
        panel.one("h2", "sa-title"),
        (rf"^After (\d+) weeks? .* ({NUMBER})\)$", [before, gap]),
        (rf"target for (\d+) weeks \(.* ({NUMBER})\)$", [abs(run), gap]),
        (rf"^Sales are .*target \(.* ({NUMBER})\)$", [gap]),
        (rf"^Sales [^:]+: ({NUMBER}); no target", [amount]),
    )


def _streak(won: list[Value], aims: list[Value]) -> int:
    """For how many of the newest weeks the target was met (missed: below zero)."""
    met = [None if not aim else (amount or 0.0) >= aim for amount, aim in zip(won, aims, strict=True)][::-1]
    run = next((place for place, one in enumerate(met) if one != met[0]), len(met)) if met and met[0] is not None else 0
    return run if run and met[0] else -run


def _pace(page: Reading) -> None:
    panel, quarter = page.sheet.panel("panel-pace"), bucket_of(page.book.as_of, "quarter")
    due = _gone(page, *quarter)
    if page.value("target_amount", Question((), (), *quarter)) is None:
        return
    asked = Question(("team",), (), *quarter)
    page.ask(("target_attainment", "pace"), asked)
    page.ask(("target_attainment", "pace"), Question((), (), *quarter))
    for node in panel.all("a", "sa-open"):
        what, _, team = node.opens.partition(":")
        question, dims = (asked, (team,)) if team else (Question((), (), *quarter), ())
        if what == "team":
            page.one("pace", team, node, page.value("target_attainment", question, dims))
        else:
            page.one("pace", f"{team} ahead", node, page.value("pace", question, dims))
    page.one("pace", "due", panel.one("span", "sa-bar-tick-label"), due, form=rf"due ({NUMBER})")
    gone, days = (page.book.as_of - quarter[0]).days + 1, (quarter[1] - quarter[0]).days + 1
    page.all("titles", "days gone", panel.one("div", "sa-sub"), r"(\d+) of (\d+) days gone", [gone, days])
    ahead = page.value("pace", Question((), (), *quarter)) or 0.0
    page.sentence("titles", panel.one("h2", "sa-title"), (rf" ({NUMBER}) (?:ahead|behind|short)", [abs(ahead)]))


def _flagged(page: Reading) -> None:
    panel, book = page.sheet.panel("panel-flagged"), page.book
    acting = sum(alarms(book, row) for row in book.all())
    rows = panel.one("table", "sa-table").rows()[1:]
    title = panel.one("h2", "sa-title")
    page.sentence(
        "titles",
        title,
        (r"^([\d,]+) customers need action; these (\d+) come first$", [acting, len(rows)]),
        (r"^([\d,]+) customer needs action$", [acting]),
    )
    for link in panel.all("page_link"):
        kind = re.search(r"kind=([\w-]+)", link.given["query"])
        if kind and kind[1] in KINDS:
            page.one("flags", kind[1], link, page.value(KINDS[kind[1]]), form=r"\*\*([\d,]+)\*\*")
        else:
            page.one("flags", "all", link, acting, form=r"^All ([\d,]+) →$")
    heads = [cell.said for cell in panel.one("table", "sa-table").rows()[0]]
    amount = next(place for place, head in enumerate(heads) if "¥" in head)
    why = next(place for place, cell in enumerate(rows[0]) if "wrap" in cell.classes)
    for row in rows:
        customer = book.customers[row[0].one("a", "sa-customer").given["data-customer"]]
        page.one("flagged", customer["customer_id"], row[amount], customer["expected_amount"], unit_in(heads[amount]))
        _why(page, row[why], customer)


def _why(page: Reading, cell: Node, customer: Row) -> None:
    silent = (page.book.as_of - customer["last_contact_on"]).days if customer["last_contact_on"] else None
    entered = customer["stage_entered_on"]
    stuck = (page.book.as_of - entered).days if entered else None
    least = {"rep": 3, "manager": 7}.get(str(rung(page.book, customer)))
    page.sentence(
        "flagged",
        cell,
        (r"^([\d,]+) days? without contact$", [silent]),
        (r"^([\d,]+) days? in stage, over (\d+)$", [stuck, 15]),
        (r"^([\d,]+) days? without follow-up, over (\d+)$", [silent, least]),
    )


def _movers(page: Reading) -> None:
    panel, day = page.sheet.panel("panel-findings"), page.book.as_of
    if not panel.all("div", "sa-movers"):
        return
    start = bucket_of(day, "quarter")[0]
    before = bucket_of(start - timedelta(days=1), "quarter")
    now = Question((), (), start, day)
    then = Question((), (), before[0], min(before[1], before[0] + (day - start)))
    compared = 0
    for cut in ("owner", "region", "source"):
        values = {row[cut] for row in page.book.all() if row[cut]} | {row["won_owner"] for row in page.book.all()}
        both = [Question((cut,), (), one.start, one.end) for one in (now, then)]
        for question in both:
            page.ask(("new_leads", "won_customers"), question)
        for metric in ("new_leads", "won_customers"):
            sums = [sum(page.told(metric, one, (value,))[0] or 0 for one in both) for value in values if value]
            compared += sum(one >= 10 for one in sums)
    movers = panel.one("div", "sa-movers")
    page.one("movers", "compared", movers.one("small").told["title"], compared, form=r"^([\d,]+) counts")
    for row in movers.rows():
        opened = next(node for cell in row for node in cell.all("a"))
        _, metric, cut, value = opened.opens.split(":", 3)
        counts = [page.told(metric, Question((cut,), (), one.start, one.end), (value,))[0] or 0 for one in (then, now)]
        page.all("movers", value, opened, r"^([\d,]+) → ([\d,]+)$", counts)
        if counts[0]:
            page.one("movers", f"{value} changed", row[-1], (counts[1] - counts[0]) / counts[0])


def _ranking(page: Reading) -> None:
    panel, day = page.sheet.panel("panel-ranking"), page.book.as_of
    asked = Question(("owner",), (), bucket_of(day, "quarter")[0], day)
    unit = unit_in(panel.one("div", "sa-sub").said)
    owners = {row["won_owner"] for row in page.book.all()} | {row["owner"] for row in page.book.targets}
    sold = {one: page.value("sales_amount", asked, (one,)) or 0.0 for one in owners if one}
    aims = {one: page.value("target_amount", asked, (one,)) for one in sold}
    rows = [row for row in panel.rows() if row and "lead" in row[0].classes]
    reached = 0
    for row in rows:
        name = next(node for cell in row for node in cell.all("a")).opens.removeprefix("owner:")
        ahead = sum((-one, other) < (-sold[name], name) for other, one in sold.items() if one or aims[other])
        page.one("ranking", f"place of {name}", row[0], 1 + ahead)
        aim = aims[name]
        for node in (node for cell in row for node in cell.all("a")):
            if node.opens.startswith("owner:"):
                page.one("ranking", name, node, sold[name], unit)
            else:
                page.one("ranking", f"{name} attained", node, sold[name] / aim if aim else None)
        reached += bool(aim and sold[name] >= aim)
    page.sentence("titles", panel.one("h2", "sa-title"), (r"^(\d+) of the first (\d+) are", [reached, len(rows)]))


def unit_in(words: str) -> str:
    """Return the unit a head names: "Sales (¥M)" → M."""
    found = re.search(r"¥([KMB])?\b", words)
    return (found.group(1) or "") if found else ""
