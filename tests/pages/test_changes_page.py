"""What changed: the page tells the bridge's own numbers, every bar opens its deals, files hold the same, and one import says what is needed."""

from __future__ import annotations

import io
import json
import re
import shutil
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from salesanalytics.access.view import View
from salesanalytics.i18n import format, text
from salesanalytics.insight.changes.beside import deal_lines
from salesanalytics.insight.changes.bridge import Changes, changes
from salesanalytics.insight.changes.moves import NOTHING
from salesanalytics.reports.excel_changes import changes_workbook
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.changes import opened
from salesanalytics.ui.changes.answers import Answers
from salesanalytics.ui.changes.lines_table import file_headers, file_rows
from salesanalytics.ui.data import own_workspace


@pytest.fixture
def shown(open_page):
    return partial(open_page, "changes")


def asked(by=None) -> Changes:
    """The last two imports of the workspace the app holds open."""
    workspace = own_workspace()
    start, end = workspace.as_of_dates()[-2:]
    return changes(View(workspace.state(start)), View(workspace.state(end)), (), by)


def opens(markup: str) -> set[str]:
    return {
        json.dumps(json.loads(found.replace("&quot;", '"'))) for found in re.findall(r'data-open="([^"]+)"', markup)
    }


def test_page_tells_the_bridge_and_every_bar_opens(shown) -> None:
    _, markup = shown()
    whole = asked().whole
    assert whole.bars
    for stock in (whole.start, whole.end):
        assert text("changes.deals", "zh", n=stock.customers) in markup
    links = opens(markup)
    for bar in whole.bars:
        assert text(f"changes.kind.{bar.kind}", "zh") in markup
        assert json.dumps(["bar", bar.kind]) in links


def test_cut_by_team_every_cell_opens_and_the_total_adds_up(shown) -> None:
    _, markup = shown(by="team", lang="en")
    found = asked("team")
    links = opens(markup)
    for bridge in found.groups:
        for bar in bridge.bars:
            assert json.dumps(["bar", bar.kind, bridge.group]) in links
    assert sum((one.end.amount for one in found.groups), NOTHING) == found.whole.end.amount


def test_an_opened_bar_lists_its_deals_with_before_and_after(shown, monkeypatch) -> None:
    shown()
    found = asked("team")
    seen = []
    monkeypatch.setattr(opened, "_open", lambda frame, title, lines, note: seen.append((title, lines)))

    frame = SimpleNamespace(lang="zh", desk=SimpleNamespace(settings=DEFAULT_SETTINGS))
    answers = Answers(found, (), (), ())
    for bridge in (found.whole, *found.groups):
        for bar in bridge.bars:
            place = [] if bridge is found.whole else [bridge.group]
            opened.open_number(frame, answers, json.dumps(["bar", bar.kind, *place]))
            lines = seen.pop()[1]
            assert len(lines) == bar.customers
            assert sum((line.delta for line in lines), NOTHING) == bar.amount
    for strange in ("", "[]", '["bar","nothing"]', '["bar","won","No such team"]', "{", '["flow"]'):
        opened.open_number(frame, answers, strange)
    assert not seen


def test_only_changed_or_all_customers(shown) -> None:
    _, few = shown()
    _, many = shown(listed="all")
    pairs = asked().pairs
    changed, everyone = deal_lines(pairs, only_changed=True), deal_lines(pairs, only_changed=False)
    assert text("changes.lines_title_changed", "zh", n=len(changed)) in few
    assert text("changes.lines_title_all", "zh", n=len(everyone)) in many
    assert 0 < len(changed) < len(everyone)
    assert all(line.start and line.end for line in everyone if line not in changed)


def test_the_workbook_adds_up(shown) -> None:
    shown()
    found = asked("owner")
    lines = deal_lines(found.pairs, only_changed=False)
    rows, headers = file_rows(lines, DEFAULT_SETTINGS, "zh"), file_headers("zh")
    book = CalamineWorkbook.from_filelike(io.BytesIO(changes_workbook(found, rows, headers, "zh")))
    bridge, deals = (book.get_sheet_by_index(at).to_python() for at in (0, 1))
    assert deals[0] == list(headers.values())
    assert len(deals) == len(lines) + 1
    change = deals[0].index(headers["change"])
    moved = sum(round(row[change] * 100) for row in deals[1:])
    assert moved == int((found.whole.end.amount - found.whole.start.amount) * 100)
    ends = [row for row in bridge if row[0] == text("changes.end", "zh")]
    assert round(ends[0][1] * 100) == int(found.whole.end.amount * 100)
    assert ends[0][2] == found.whole.end.customers


def test_with_one_import_the_page_says_what_is_needed(shown, full_workspace: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(full_workspace, tmp_path / "one")
    with open_workspace(copied) as workspace:
        for record in workspace.imports()[1:]:
            workspace.undo(record.import_id, "test")
        only = workspace.as_of_dates()[-1]
    _, markup = shown(copied)
    assert text("changes.one_import", "zh") in markup
    assert format.day(only) in markup


def test_before_the_first_import_there_is_nothing_to_compare_with(shown) -> None:
    shown()
    first = own_workspace().as_of_dates()[0]
    _, markup = shown(as_of=first.isoformat())
    assert text("changes.no_earlier", "zh", day=format.day(first)) in markup
