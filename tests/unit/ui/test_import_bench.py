"""A draft worked out against a real workspace: suggestions, fixes, what a load would do, and that it then does just that."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from salesanalytics.intake.types import UploadedFile
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.ui.importing.draft import ImportDraft
from salesanalytics.ui.importing.groups import IssueGroup, issue_groups
from salesanalytics.ui.importing.workbench import Workbench

AS_OF = date(2026, 11, 15)
HEAD = [
    "客户编号",
    "客户名称",
    "行业",
    "线索来源",
    "首次接触时间",
    "当前跟进阶段",
    "负责人",
    "预计成交金额(元)",
    "最后跟进时间",
]


def _file(rows: list[list[str]], head: list[str] = HEAD, name: str = "2026-11-15_leads.csv") -> UploadedFile:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    content = out.getvalue().encode()
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


def _row(customer: str, stage: str, amount: str = "1000", last: str = "2026-11-10", owner: str = "王芳") -> list[str]:
    return [customer, f"客户{customer}", "制造", "官网", "2026-10-01", stage, owner, amount, last]


LEADS = _file(
    [
        _row("K1", "报价", "70000"),
        _row("K2", "洽谈中", "20000"),
        _row("K3", "", "30000"),
        _row("K4", "意向", "40000", "2026-11-01"),
        _row("K4", "商机", "50000", "2026-11-12"),
        _row("K5", "线索", "5000"),
        _row("K5", "线索", "5000"),
    ]
)
LOG = _file(
    [["G1", "K2", "2026-11-09", "电话", "王芳", "商机"], ["G2", "K3", "2026-11-09", "电话", "王芳", "报价"]],
    ["跟进记录ID", "客户编号", "跟进时间", "跟进方式", "跟进人", "跟进后阶段"],
    "2026-11-15_log.csv",
)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with open_workspace(None) as opened:
        yield opened


@pytest.fixture
def bench(workspace: Workspace) -> Workbench:
    return Workbench(workspace)


def _draft(workspace: Workspace, *files: UploadedFile) -> ImportDraft:
    for file in files:
        workspace.keep_file(file)
    return ImportDraft().with_files(files)


def _group(bench: Workbench, draft: ImportDraft, kind: str) -> IssueGroup:
    return next(group for group in issue_groups(bench.batch(draft)) if group.kind == kind)


def test_groups_put_errors_first_and_count_rows(bench: Workbench, workspace: Workspace) -> None:
    groups = issue_groups(bench.batch(_draft(workspace, LEADS, LOG)))
    severities = [group.severity for group in groups]
    assert severities == sorted(severities)
    counted = {group.kind: group.rows for group in groups if group.severity == "error"}
    assert counted == {"duplicate-conflicting": 2, "unknown-stage": 1, "empty-stage": 1}
    assert _group(bench, _draft(workspace, LEADS, LOG), "unknown-stage").spellings() == [("洽谈中", 1)]


def test_every_row_is_accounted_for_before_and_after(bench: Workbench, workspace: Workspace) -> None:
    draft = _draft(workspace, LEADS, LOG)
    now = bench.impact(draft, AS_OF).accounts
    assert (now.total, now.new, now.merged, now.quarantined, now.left_out) == (9, 4, 1, 4, 0)
    assert now.balanced
    then = bench.impact(bench.suggested(draft, "ann", "zh"), AS_OF).accounts
    assert (then.total, then.new, then.merged, then.quarantined, then.left_out) == (9, 7, 1, 0, 1)
    assert then.balanced


def test_a_stage_is_suggested_from_the_latest_followup(bench: Workbench, workspace: Workspace) -> None:
    draft = _draft(workspace, LEADS, LOG)
    suggester = bench.suggester(draft, "ann", "zh")
    (empty,) = _group(bench, draft, "empty-stage").issues
    assert suggester.for_issue(empty) == "报价"
    assert suggester.agreement(_group(bench, draft, "unknown-stage").issues) == ("opportunity", 1)


def test_the_most_recent_copy_is_kept(bench: Workbench, workspace: Workspace) -> None:
    draft = _draft(workspace, LEADS)
    edit = bench.fixer(draft, "ann").keep_one(_group(bench, draft, "duplicate-conflicting"), "most-recent")
    frame = bench.batch(draft.with_edit(edit)).tables["leads"]
    assert frame.filter(frame["customer_id"] == "K4")["expected_amount"].to_list() == [50000.0]
    assert [(each.row, each.action, each.who) for each in edit.corrections] == [(5, "drop", "ann")]


def test_a_remembered_spelling_needs_no_correction_next_time(bench: Workbench, workspace: Workspace) -> None:
    draft = _draft(workspace, LEADS)
    edit = bench.fixer(draft, "ann").map_spelling(
        _group(bench, draft, "unknown-stage"), "洽谈中", "商机", stage_id="opportunity"
    )
    draft = draft.with_edit(edit)
    assert workspace.settings().stages.resolve("洽谈中") is None  # nothing before the load
    bench.load(draft, AS_OF, "ann", lambda share: None)
    assert workspace.settings().stages.resolve("洽谈中") == "opportunity"
    again = _draft(workspace, _file([_row("K9", "洽谈中")], name="2026-11-22.csv"))
    assert bench.batch(again).errors == ()


def test_the_preview_is_what_the_load_then_does(bench: Workbench, workspace: Workspace) -> None:
    draft = bench.suggested(_draft(workspace, LEADS, LOG), "ann", "zh")
    before = bench.before(AS_OF)
    assert before["open_amount"] is None
    promised = bench.impact(draft, AS_OF)
    assert workspace.imports() == []  # a rehearsal leaves nothing
    outcome = bench.load(draft, AS_OF, "ann", lambda share: None)
    assert outcome.tables == promised.tables
    assert bench.before(AS_OF) == promised.figures
    assert promised.figures["open_amount"] == 70000 + 20000 + 30000 + 50000 + 5000
    assert len(workspace.corrections(outcome.import_id)) == len(draft.corrections)
    assert bench.impact(draft, AS_OF).repeat_of == outcome.import_id


def test_who_is_no_longer_there_is_shown_only_for_a_full_export(bench: Workbench, workspace: Workspace) -> None:
    bench.load(_draft(workspace, LEADS, LOG), AS_OF, "ann", lambda share: None)
    next_week = _draft(workspace, _file([_row("K1", "成交")], name="2026-11-22.csv"))
    day = date(2026, 11, 22)
    assert bench.impact(next_week, day).missing == 1  # K5; K2, K3 and K4 never got in
    assert bench.impact(replace(next_week, mode="changes"), day).missing == 0


def test_an_undecided_date_order_shows_its_rows_and_is_settled(bench: Workbench, workspace: Workspace) -> None:
    rows = [_row("K1", "线索"), _row("K2", "线索")]
    for row, written in zip(rows, ("03/04/2026", "05/06/2026"), strict=True):
        row[4] = written
    draft = _draft(workspace, _file(rows))
    group = _group(bench, draft, "date-order-undecided")
    assert (group.rows, [issue.row for issue in group.issues]) == (2, [2, 3])
    settled = draft.with_edit(bench.fixer(draft, "ann").read_dates(group.issues[0], "dmy"))
    dates = bench.batch(settled).tables["leads"]["first_contact_on"].to_list()
    assert dates == [date(2026, 4, 3), date(2026, 6, 5)]


def test_a_loaded_draft_is_let_go_and_can_be_worked_out_again(bench: Workbench, workspace: Workspace) -> None:
    draft = _draft(workspace, LEADS, LOG)
    before = bench.batch(draft)
    assert bench.is_worked_out(draft)
    bench.forget(draft)
    assert not bench.is_worked_out(draft)
    assert bench.batch(draft).issues == before.issues
