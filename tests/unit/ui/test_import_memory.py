"""Answered once, not asked again: spellings, date orders and decimal signs; forgotten, asked again. And rows in quarantine corrected later."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, replace
from datetime import date

import pytest

from salesanalytics.intake.answers import Answer
from salesanalytics.intake.types import UploadedFile
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.ui.importing.accept_all import taking
from salesanalytics.ui.importing.all_cells import with_all
from salesanalytics.ui.importing.draft import Edit, ImportDraft, draft_from_json
from salesanalytics.ui.importing.groups import IssueGroup, issue_groups
from salesanalytics.ui.importing.held_again import draft_again
from salesanalytics.ui.importing.workbench import Workbench

HEAD = [
    "客户编号",
    "客户名称",
    "行业",
    "线索来源",
    "首次接触时间",
    "当前跟进阶段",
    "负责人",
    "预计成交金额(元)",
    "备注",
]
FIRST, NEXT = date(2026, 11, 15), date(2026, 11, 22)


def _row(key, source="官网表单", first="2026-11-10", stage="报价", amount="1000", notes=""):
    return [key, "甲公司", "制造", source, first, stage, "王芳", amount, notes]


def _file(name, *rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    content = out.getvalue().encode()
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


@dataclass
class Desk:
    """As much of the page's desk as the parts tested ask for."""

    workspace: Workspace
    bench: Workbench
    who: str = "ann"

    def drafted(self, *files):
        for file in files:
            self.workspace.keep_file(file)
        return ImportDraft().with_files(files)

    def group(self, draft, kind) -> IssueGroup:
        return next(group for group in issue_groups(self.bench.batch(draft)) if group.kind == kind)

    def kinds(self, draft):
        return [group.kind for group in issue_groups(self.bench.batch(draft))]

    def load(self, draft, as_of):
        return self.bench.load(draft, as_of, self.who, lambda share: None)


@pytest.fixture
def desk():
    with open_workspace(None) as workspace:
        yield Desk(workspace, Workbench(workspace))


def test_a_spelling_confirmed_once_is_read_so_next_week_until_forgotten(desk):
    draft = desk.drafted(_file("a.csv", _row("1"), _row("2"), _row("3", "官网 表单")))
    group = desk.group(draft, "spelling-variant")
    draft = draft.with_edit(desk.bench.fixer(draft, "ann").map_spelling(group, "官网 表单", "官网表单", remember=True))
    assert draft_from_json(draft.to_json()) == draft
    desk.load(draft, FIRST)
    (answer,) = desk.workspace.remembered_answers()
    assert answer == Answer("value", "leads.source", "官网 表单", "官网表单")
    again = desk.drafted(_file("b.csv", _row("1"), _row("4", " 官网 表单 ")))
    assert "spelling-variant" not in desk.kinds(again)
    assert set(desk.bench.batch(again).tables["leads"]["source"]) == {"官网表单"}
    desk.workspace.forget_answer(answer, "ann")
    assert "spelling-variant" in desk.kinds(again)
    actions = [entry.action for entry in desk.workspace.audit_log()]
    assert {"answers-remembered", "answer-forgotten"} <= set(actions)


def test_date_order_and_decimal_sign_are_remembered_for_the_same_headers(desk):
    draft = desk.drafted(_file("a.csv", _row("1", first="03/04/2026", amount="1.234")))
    fixer = desk.bench.fixer(draft, "ann")
    dates = fixer.read_dates(desk.group(draft, "date-order-undecided").issues[0], "dmy")
    numbers = fixer.read_numbers(desk.group(draft, "number-format-undecided").issues[0], ",")
    draft = draft.with_edit(dates).with_edit(numbers)
    assert desk.bench.batch(draft).errors == ()
    desk.load(draft, FIRST)
    again = desk.drafted(_file("b.csv", _row("2", first="05/06/2026", amount="5.678")))
    frame = desk.bench.batch(again).tables["leads"]
    assert frame["first_contact_on"].to_list() == [date(2026, 6, 5)]
    assert frame["expected_amount"].to_list() == [5678]
    proved = desk.drafted(
        _file("c.csv", _row("2", first="05/16/2026", amount="5.678,5"), _row("3", first="05/06/2026", amount="7.5"))
    )
    frame = desk.bench.batch(proved).tables["leads"]  # what a column proves counts more than what was answered
    assert frame["first_contact_on"].to_list() == [date(2026, 5, 16), date(2026, 5, 6)]


def test_every_suggestion_is_listed_and_each_can_be_left(desk):
    notes = "电话13812345678"
    draft = desk.drafted(
        _file("a.csv", _row("1"), _row("2"), _row("3", "官网 表单"), _row("4", "官网 表单", notes=notes))
    )
    suggested = desk.bench.suggested(draft, "ann", "zh")
    edits = suggested.edits
    made = [(each.row, each.new) for edit in edits for each in edit.corrections]
    assert sorted(made) == [(4, "官网表单"), (5, "官网表单"), (5, "电话138****5678")]
    assert taking(draft, edits, [True] * 3) == suggested
    ticks = [row != 4 for row, _ in made]
    kept = taking(draft, edits, ticks)
    assert len(kept.corrections) == 2
    assert not any("13812345678" in (each.old or "") for each in suggested.corrections)
    assert desk.kinds(suggested) == []


def test_cells_of_the_grid_are_undone_one_by_one(desk):
    draft = desk.drafted(_file("a.csv", _row("1", stage="??"), _row("2", amount="很多")))
    fixer = desk.bench.fixer(draft, "ann")
    edits = [
        fixer.set_all([issue], value, kind=issue.kind)
        for issue, value in zip(desk.bench.batch(draft).errors, ("报价", "5"), strict=True)
    ]
    corrected = with_all(draft, edits)
    assert desk.bench.batch(corrected).errors == ()
    assert len(corrected.edits) == 2
    assert [issue.kind for issue in desk.bench.batch(corrected.undoing(0)).errors] == ["unknown-stage"]
    assert [edit.how for edit in with_all(draft, edits * 20).edits] == ["cells"]


def test_one_correction_of_a_lot_is_undone_alone_and_nothing_is_learned_from_it(desk):
    draft = desk.drafted(
        _file("a.csv", _row("1", stage="洽谈中"), _row("2", stage="洽谈中"), _row("3", stage="洽谈中"))
    )
    group = desk.group(draft, "unknown-stage")
    edit = desk.bench.fixer(draft, "ann").map_spelling(group, "洽谈中", "商机", stage_id="opportunity", remember=True)
    lot = draft.with_edit(edit)
    assert desk.bench.batch(lot).errors == ()
    one_less = lot.undoing_some(0, {1})
    assert [issue.row for issue in desk.bench.batch(one_less).errors] == [edit.corrections[1].row]
    assert (len(one_less.corrections), one_less.aliases, lot.aliases) == (2, {}, {"洽谈中": "opportunity"})
    assert lot.undoing_some(0, {0, 1, 2}) == draft


def test_held_rows_are_corrected_later_and_leave_the_quarantine(desk):
    file = _file("2026-11-15_a.csv", _row("1"), _row("2", stage="??"), _row("3", stage="!!"))
    draft = desk.drafted(file)
    group = desk.group(draft, "unknown-stage")
    draft = draft.with_edit(desk.bench.fixer(draft, "ann").set_all([group.issues[0]], "报价", kind="unknown-stage"))
    first = desk.load(draft, FIRST)
    (held,) = desk.workspace.quarantine()
    (record,) = desk.workspace.imports()
    again = draft_again(desk, record, [held])
    assert (again.mode, again.as_of, again.corrections) == ("changes", FIRST, draft.corrections)
    (issue,) = desk.bench.batch(again).errors
    assert issue.row == held.row.row
    done = again.with_edit(desk.bench.fixer(again, "ann").set_all([issue], "线索", kind="unknown-stage"))
    second = desk.load(done, FIRST)
    assert (second.tables["leads"].new, second.tables["leads"].unchanged) == (1, 0)  # that row alone
    assert desk.workspace.corrections(second.import_id) == list(done.edits[-1].corrections)
    assert desk.workspace.quarantine() == []
    assert draft_again(desk, record, [held]) is None  # a later import of the day stands over it
    desk.workspace.undo(second.import_id, "ann")
    assert desk.workspace.quarantine() == [held]
    left = replace(
        again,
        edits=(
            *again.edits,
            Edit(
                "unknown-stage",
                "leave-out",
                desk.bench.fixer(again, "ann").leave_out([issue], kind="unknown-stage").corrections,
            ),
        ),
    )
    desk.load(left, FIRST)
    assert desk.workspace.quarantine() == []
    assert first.import_id == 1


def test_files_of_imports_are_kept_up_to_the_bound_and_said_to_be_gone(desk):
    files = [_file(f"2026-11-{day}_a.csv", _row("1", notes="x" * 400 + str(day))) for day in (15, 22)]
    settings = desk.workspace.settings()
    limits = settings.limits.model_copy(update={"kept_upload_bytes": 700, "max_file_bytes": 700})
    desk.workspace.save_settings(settings.model_copy(update={"limits": limits}), "ann")
    for file, day in zip(files, (FIRST, NEXT), strict=True):
        desk.load(desk.drafted(file), day)
    assert [[file.kept for file in desk.workspace.import_files(number)] for number in (1, 2)] == [[False], [True]]
    assert desk.workspace.import_files(2)[0].name == files[1].name
    assert desk.workspace.file_content(files[1].digest) == files[1].content


def test_a_column_of_ones_own_is_kept_and_remembered(desk):
    from salesanalytics.intake.mapping import ColumnMap
    from salesanalytics.intake.pipeline import process

    out = io.StringIO()
    csv.writer(out).writerows([[*HEAD, "产品线", "客户号码"], [*_row("1"), "A", "z9"]])
    file = UploadedFile("a.csv", out.getvalue().encode(), "d" * 64)
    settings = desk.workspace.settings()
    kept = process([file], settings, maps=[ColumnMap("leads", {"客户号码": "custom", "产品线": None})])
    assert kept.tables["leads"]["_custom"].to_list() == ['{"客户号码": "z9"}']
    remembered = process([file], settings, remembered={"leads": {"客户号码": "custom"}})
    assert '"客户号码": "z9"' in remembered.tables["leads"]["_custom"][0]
