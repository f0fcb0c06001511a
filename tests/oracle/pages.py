"""What each page draws, asked three ways: the answers the page itself draws, the CLI, and the oracle. Every figure that differs is named.

Overview, Funnel, Heatmap and Channels each have a function that returns the differences; a new page's function joins them here.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from salesanalytics.access import View
from salesanalytics.insight.channels import SHOWN, channels
from salesanalytics.insight.cross_table import cross_table
from salesanalytics.insight.flags import acting_list
from salesanalytics.insight.headline import Headline, headlines
from salesanalytics.insight.pace import paces
from salesanalytics.insight.ranking import ranking
from salesanalytics.insight.weekly_sales import weekly_sales
from salesanalytics.metrics import Filters, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.periods import Period
from salesanalytics.settings import DEFAULT_SETTINGS
from tests.oracle.book import ORDER, Book, Row
from tests.oracle.compare import same
from tests.oracle.customers import rung
from tests.oracle.measures import expected, of_nothing
from tests.oracle.questions import Answer, Dims, Question, bucket_of, label_of

Cli = Callable[..., Any]
"""``cli("metrics", "leads", "--by", "stage")`` → the JSON document."""


def told(name: str, book: Book, question: Question, dims: Dims = ()) -> Answer:
    """Return the oracle's value and n of one group."""
    asked = (name, question)
    if asked not in book.answered:
        book.answered[asked] = expected(name, book, question)
    groups = book.answered[asked]
    return (None, 0) if groups is None else groups.get(dims, (of_nothing(name), 0))


def by_cli(cli: Cli, name: str, question: Question) -> dict[Dims, Row]:
    """Return what ``salesanalytics metrics`` says, group by group."""
    words: list[str] = ["metrics", name]
    words += ["--by", *question.by] if question.by else []
    words += ["--from", question.start.isoformat()] if question.start else []
    words += ["--to", question.end.isoformat()] if question.end else []
    for dimension, values in question.where:
        words += [word for value in values for word in ("--where", f"{dimension}={value}")]
    return {tuple(row[cut] for cut in question.by): row for row in cli(*words)["rows"]}


def overview(view: View, view_at: Callable[[date], View], dates: Sequence[date], book: Book, cli: Cli) -> list[str]:
    """Return the differences of the seven cards, their comparisons and sparklines, the weekly sales, the pace and the ranking."""
    wrong: list[str] = []
    for card in headlines(view, DEFAULT_SETTINGS, (), view_at, dates):
        wrong += _card(card, book, cli)
    sales = weekly_sales(view, DEFAULT_SETTINGS, ())
    weeks = Question(("week",), (), sales.mondays[0], sales.mondays[-1] + timedelta(days=6))
    for metric, shown in (("sales_amount", sales.won), ("target_amount", sales.target)):
        spoken = by_cli(cli, metric, weeks)
        for monday, value in zip(sales.mondays, shown, strict=True):
            dims = (label_of(monday, "week"),)
            mine = told(metric, book, weeks, dims)[0]
            printed = spoken[dims][metric] if dims in spoken else of_nothing(metric)
            wrong += _three(f"{metric} {dims}", value or 0.0, printed or 0.0, mine or 0.0)
    start, end = bucket_of(book.as_of, "quarter")
    for by in (None, "team"):
        question = Question((by,) if by else (), (), start, end)
        for pace in paces(view, DEFAULT_SETTINGS, (), Period(start, end), by):
            dims = (pace.name,) if by else ()
            for metric, value in (("sales_amount", pace.won), ("target_amount", pace.target), ("pace", pace.ahead)):
                mine = told(metric, book, question, dims)[0]
                printed = by_cli(cli, metric, question)[dims][metric]
                wrong += _three(f"pace {dims} {metric}", value, printed or 0.0, mine or 0.0)
    to_date = Question(("owner",), (), start, book.as_of)
    spoken = by_cli(cli, "sales_amount", to_date)
    for rep in ranking(view, DEFAULT_SETTINGS, (), Period(start, end)):
        dims = (rep.name,)
        mine = told("sales_amount", book, to_date, dims)[0]
        wrong += _three(f"ranking {dims}", rep.won, spoken[dims]["sales_amount"] or 0.0, mine or 0.0)
        wrong += _same(f"ranking {dims} won", float(rep.customers), told("won_customers", book, to_date, dims)[0])
        wrong += _same(f"ranking {dims} target", rep.target, told("target_amount", book, to_date, dims)[0])
    alarmed = [row for row in book.all() if alarms(book, row)]
    return wrong + _same(
        "customers to act on", float(acting_list(view, DEFAULT_SETTINGS).customers), float(len(alarmed))
    )


def alarms(book: Book, row: Row) -> bool:
    """Say whether an open customer has any flag but a low amount."""
    entered = row["stage_entered_on"]
    stuck = row["stage"] == "opportunity" and entered is not None and (book.as_of - entered).days > 15
    return row["stage"] not in ("won", "lost") and (rung(book, row) is not None or stuck)


def _card(card: Headline, book: Book, cli: Cli) -> list[str]:
    """A card's value and n, its comparison in the same state, and each point of a weekly sparkline."""
    name = card.metric
    now = Question() if card.window == "now" else Question((), (), card.start, card.end)
    if name == "target_attainment":
        now = Question((), (), *bucket_of(book.as_of, "quarter"))
    elif card.window in ("week", "quarter"):  # the whole bucket, which ends after D
        now = Question((), (), *bucket_of(book.as_of, card.window))
    value, n = told(name, book, now)
    printed = by_cli(cli, name, now)[()]
    wrong = _three(f"card {name}", card.value, printed[name], value)
    wrong += _three(f"card {name} n", float(card.n), float(printed["n"][name]), float(n))
    if card.compared_start is not None:
        before = Question((), (), card.compared_start, card.compared_end)
        wrong += _three(
            f"card {name} before", card.previous, by_cli(cli, name, before)[()][name], told(name, book, before)[0]
        )
    if card.window == "week":
        for week, shown in card.series:
            monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
            point = Question((), (), monday, monday + timedelta(days=6))
            wrong += _same(f"card {name} {week}", shown or 0.0, told(name, book, point)[0] or 0.0)
    return wrong


def funnel(view: View, book: Book, cli: Cli, filters: Filters, by: str | None = None) -> list[str]:
    """Return the differences of the three modes: how many came, went on, were lost and stand, and the conversion."""
    wrong: list[str] = []
    question = Question((), filters.where, filters.start, filters.end)
    for stage in stage_funnel(view, DEFAULT_SETTINGS, filters, "cohort", by).stages:
        mine = [row for row in _cohort(book, question) if by is None or (row[by] or None) == stage.group]
        here = [row for row in mine if row["reached"] >= ORDER[stage.stage]]
        on = [row for row in here if row["reached"] > ORDER[stage.stage]]
        lost = [row for row in here if row["stage"] == "lost" and row not in on]
        where = f"funnel {stage.group or ''} {stage.stage}"
        wrong += _same(f"{where} customers", float(stage.customers), float(len(here)))
        wrong += _same(f"{where} advanced", float(stage.advanced), float(len(on)))
        if stage.stage != "won":
            wrong += _same(f"{where} lost", float(stage.lost), float(len(lost)))
            wrong += _same(f"{where} still", float(stage.still), float(len(here) - len(on) - len(lost)))
    for mode, metric in (
        ("cohort", "stage_conversion"),
        ("flow", "stage_conversion_flow"),
        ("snapshot", "stage_snapshot"),
    ):
        # a cohort of first contacts is one of entries only where no period is asked
        asked = Question(
            ("stage",), filters.where, *((None, None) if mode == "cohort" else (filters.start, filters.end))
        )
        spoken = by_cli(cli, metric, asked)
        shown = stage_funnel(view, DEFAULT_SETTINGS, Filters(filters.where, asked.start, asked.end), mode).stages  # type: ignore[arg-type]
        for step, after in itertools.pairwise(shown):
            dims = (after.stage if mode == "snapshot" else step.stage,)
            printed = spoken[dims][metric] if dims in spoken else None
            wrong += _three(f"{mode} {dims}", step.conversion, printed, told(metric, book, asked, dims)[0])
    return wrong


def _cohort(book: Book, question: Question) -> list[Row]:
    start, end = question.start or date.min, question.end or date.max
    dated = [row for row in book.all() if row["first_contact_on"] and start <= row["first_contact_on"] <= end]
    found = book.all() if question.start is None and question.end is None else dated
    return [row for row in found if all((row.get(name) or "") in values for name, values in question.where)]


def heatmap(view: View, book: Book, cli: Cli, metric: str, by: tuple[str, str], filters: Filters) -> list[str]:
    """Return the differences of a heatmap's cells and totals; remainders are added up here once more."""
    question = Question(by, filters.where, filters.start, filters.end)
    table = cross_table(lambda query: ask(view, query, DEFAULT_SETTINGS), DEFAULT_SETTINGS, metric, by, filters)
    spoken = by_cli(cli, metric, question)
    wrong = _same(f"heatmap {metric} total", table.total.value, told(metric, book, _whole(question))[0])
    for (row, column), cell in table.cells.items():
        names = table.rows[row].values, table.columns[column].values
        if len(names[0]) == len(names[1]) == 1:
            dims = (names[0][0] or None, names[1][0] or None)
            value, n = told(metric, book, question, dims)
            wrong += _three(f"heatmap {metric} {dims}", cell.value, spoken[dims][metric], value)
            wrong += _three(f"heatmap {metric} {dims} n", float(cell.n), float(spoken[dims]["n"][metric]), float(n))
    for cut, lines, totals in zip(
        by, (table.rows, table.columns), (table.row_totals, table.column_totals), strict=True
    ):
        for line, cell in zip(lines, totals, strict=True):
            narrowed = Question((), (*filters.where, (cut, line.values)), filters.start, filters.end)
            wrong += _same(f"heatmap {metric} {cut} {line.values}", cell.value, told(metric, book, narrowed)[0])
    return wrong


def channel_table(view: View, book: Book, cli: Cli, filters: Filters) -> list[str]:
    """Return the differences of every channel's figures, how far its customers came, and of the whole."""
    question = Question((), filters.where, filters.start, filters.end)
    words = (
        ["--from", filters.start.isoformat(), "--to", filters.end.isoformat()] if filters.start and filters.end else []
    )
    document = cli("channels", *words)
    spoken = {row["source"]: row for row in [*document["channels"], document["total"]]}
    found = channels(view, DEFAULT_SETTINGS, filters, most=None)
    wrong: list[str] = []
    for one in (*found.channels, found.total):
        source = one.sources[0] or None if one.sources else "*"
        asked = Question(("source",) if one.sources else (), filters.where, filters.start, filters.end)
        dims = (source,) if one.sources else ()
        for name in SHOWN:
            value, n = told(name, book, asked, dims)
            wrong += _three(f"channel {source} {name}", one.figures.values[name], spoken[source][name], value)
            wrong += _three(
                f"channel {source} {name} n", float(one.figures.n[name]), float(spoken[source]["n"][name]), float(n)
            )
        mine = [row for row in _cohort(book, question) if not one.sources or (row["source"] or None) == source]
        for stage in found.stages:
            came = float(sum(row["reached"] >= ORDER[stage] for row in mine))
            wrong += _three(
                f"channel {source} {stage}",
                float(one.reached.get(stage, 0)),
                float(spoken[source]["reached"][stage]),
                came,
            )
    known = {row["source"] or None for row in _cohort(book, question)}
    missed = known - {row for row in spoken if row != "*"}
    return wrong + [f"channel {source} is not shown" for source in missed]


def _whole(question: Question) -> Question:
    return Question((), question.where, question.start, question.end)


def _three(what: str, page: float | None, cli: float | None, mine: float | None) -> list[str]:
    return [] if same(page, mine) and same(cli, mine) else [f"{what}: page {page}, CLI {cli}, oracle {mine}"]


def _same(what: str, page: float | None, mine: float | None) -> list[str]:
    return [] if same(page, mine) else [f"{what}: page {page}, oracle {mine}"]


def json_of(text: str) -> Any:
    """Return the document the CLI printed."""
    return json.loads(text)
