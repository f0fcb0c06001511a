"""The sample's weekly exports, read cell by cell and by nothing of ours: every bridge between two weeks is theirs, to the cent and to the customer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from salesanalytics.access.view import View
from salesanalytics.insight.changes import bridge
from salesanalytics.insight.changes.bridge import changes
from salesanalytics.intake.pipeline import process
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.conftest import uploaded
from tests.counts import SOAK, counted
from tests.oracle.bridge import plain_bridge
from tests.properties.test_change_bridge import CUTS, agrees

SAMPLE = sorted((Path(__file__).parents[3] / "sample_data").glob("*.xlsx"))
WEEKS = SAMPLE if SOAK else SAMPLE[-8:]
DOZEN = [(0, 7), (6, 7), (0, 1), (1, 2), (2, 6), (3, 4), (1, 7), (4, 7), (2, 3), (5, 6), (0, 4), (7, 7)]
HEADERS = {
    "客户编号": "customer",
    "当前跟进阶段": "stage",
    "负责人": "owner",
    "团队": "team",
    "行业": "industry",
    "预计成交金额(元)": "amount",
    "预计成交日期": "close",
}


def told(path: Path) -> dict[str, dict[str, Any]]:
    """A workbook's leads: customer → what a bridge needs of them."""
    head, *lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("销售数据基础录入表").to_python()
    places = {name: head.index(title) for title, name in HEADERS.items()}
    rows = {}
    for line in lines:
        row = {name: line[at] for name, at in places.items()}
        close = row["close"].date() if isinstance(row["close"], datetime) else row["close"] or None
        rows[str(row["customer"])] = {
            "stage": {"成交": "won", "流失": "lost"}.get(row["stage"], "open"),
            "owner": row["owner"],
            "team": row["team"],
            "industry": row["industry"],
            "cents": None if row["amount"] == "" else round(float(row["amount"]) * 100),
            "close": close,
        }
    return rows


@pytest.fixture(scope="module")
def weeks() -> list[tuple[date, dict[str, dict[str, Any]]]]:
    return [(date.fromisoformat(path.name[:10]), told(path)) for path in WEEKS]


@pytest.fixture(scope="module")
def workspace(sample_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The last eight weeks; in soak all of them."""
    if not SOAK:
        yield sample_workspace
        return
    with open_workspace(tmp_path_factory.mktemp("all-weeks")) as opened:
        for path in WEEKS:
            as_of = date.fromisoformat(path.name[:10])
            batch = process([uploaded(path.name, path.read_bytes())], DEFAULT_SETTINGS, as_of=as_of)
            opened.load(batch, as_of, "full", who="test", accept_errors=True)
        yield opened


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """Each week is read once and not for every one of its pairs and cuts: what was read does not change."""
    with pytest.MonkeyPatch.context() as patch:
        for door in ("read_side", "first_seen"):
            patch.setattr(bridge, door, _remembered(getattr(bridge, door)))
        yield


def _remembered(read: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def answer(view: View, *asked: Any) -> Any:
        key = (view.as_of, *asked)
        if key not in known:
            known[key] = read(view, *asked)
        return known[key]

    return answer


def pairs() -> list[tuple[int, int]]:
    return [*combinations(range(len(WEEKS)), 2), (0, 0)] if SOAK else DOZEN


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(("first", "last"), pairs())
def test_every_pair_of_weeks(workspace: Workspace, weeks, first: int, last: int) -> None:
    start, end = weeks[first][0], weeks[last][0]
    a, b = View(workspace.state(start)), View(workspace.state(end))
    # in make test each pair is cut one way, all ways among the dozen; in soak every pair every way
    kinds = list(CUTS) if SOAK else [list(CUTS)[(first + last) % len(CUTS)]]
    for by in kinds:
        cut, later = CUTS[by]
        agrees(changes(a, b, (), by), plain_bridge(weeks, start, end, cut, later=later))
    counted("pairs of sample weeks bridged", first != last)
    counted("bridges between sample weeks, to the cent and the customer", len(kinds))


@pytest.mark.parametrize("where", [(), (("team", ("华东",)),), (("industry", ("零售快消",)), ("owner", ("刘洋",)))])
def test_the_ends_are_the_open_amounts_every_other_page_shows(workspace: Workspace, weeks, where) -> None:
    start, end = View(workspace.state(weeks[0][0])), View(workspace.state(weeks[-1][0]))
    found = changes(start, end, where).whole
    assert changes(start, end, where, every=False).whole == found
    for view, stock in ((start, found.start), (end, found.end)):
        total = ask(view, MetricQuery(("open_amount",), (), Filters(where)), DEFAULT_SETTINGS).total
        assert float(stock.amount) == pytest.approx(total.values["open_amount"] or 0.0, abs=0.005)
        assert stock.customers == total.n["open_amount"] + total.left_out.get("open_amount", 0)
        assert stock.unknown == total.left_out.get("open_amount", 0)


def test_the_command_tells_the_same(workspace: Workspace, weeks, tmp_path, capsys) -> None:
    from salesanalytics.cli import main  # the command opens a workspace of its own

    folder = tmp_path / "two"
    with open_workspace(folder) as opened:
        for path in WEEKS[-2:]:
            as_of = date.fromisoformat(path.name[:10])
            batch = process([uploaded(path.name, path.read_bytes())], DEFAULT_SETTINGS, as_of=as_of)
            opened.load(batch, as_of, "full", who="test", accept_errors=True)
    capsys.readouterr()
    span = ["--from", f"{weeks[-2][0]}", "--to", f"{weeks[-1][0]}"]
    assert main(["changes", "--workspace", str(folder), *span, "--by", "owner", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    expected = plain_bridge(weeks[-2:], weeks[-2][0], weeks[-1][0], CUTS["owner"][0])
    bars: dict[str, list[int]] = {}
    for (_, kind), (cents, customers) in expected["bars"].items():
        held = bars.setdefault(kind, [0, 0])
        bars[kind] = [held[0] + cents, held[1] + customers]
    assert {bar["kind"]: [round(bar["amount"] * 100), bar["customers"]] for bar in document["bars"]} == bars
    cents = [round(bar["amount"] * 100) for bar in document["bars"]]
    assert round(document["start"] * 100) + sum(cents) == round(document["end"] * 100)
    by_kind: dict[str, int] = {}
    for deal in document["deals"]:
        moved = round((deal["after"] or 0) * 100) - round((deal["before"] or 0) * 100)
        by_kind[deal["kind"]] = by_kind.get(deal["kind"], 0) + moved
    assert by_kind == {kind: held[0] for kind, held in bars.items()}
    assert main(["changes", "--workspace", str(folder), "--from", "2026-12-01", "--to", "2026-11-01"]) == 2
