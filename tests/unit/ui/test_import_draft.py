"""The draft of an import: files, words on columns, fixes and their undo; kept as text and found again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from salesanalytics.intake.types import Correction, UploadedFile
from salesanalytics.ui.importing.draft import Edit, ImportDraft, SheetChoice, draft_from_json


def _file(name: str, content: bytes = b"x") -> UploadedFile:
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


def _correction(digest: str, row: int = 3, action: str = "set") -> Correction:
    moment = datetime(2026, 11, 15, 9, 30, tzinfo=UTC)
    column = None if action == "drop" else "阶段"
    return Correction(digest, "S", row, column, "洽谈中", "商机", action, "ann", moment, "unknown-stage")  # type: ignore[arg-type]


def _full_draft() -> ImportDraft:
    file = _file("a.xlsx")
    edit = Edit(
        "unknown-stage", "map-spelling", (_correction(file.digest),), "洽谈中", "商机", ("洽谈中", "opportunity")
    )
    choice = SheetChoice(file.digest, file.name, "S", "leads", {"客户号": "customer_id"}, {"won_on": "dmy"})
    draft = ImportDraft().with_files([file]).choosing(choice).with_edit(edit)
    return replace(draft, as_of=date(2026, 11, 15), mode="changes")


def test_the_draft_survives_as_text() -> None:
    draft = _full_draft()
    assert draft_from_json(draft.to_json()) == draft
    assert draft_from_json(draft.to_json()).digest == draft.digest


@pytest.mark.parametrize("body", ["[]", '{"files": []}', '{"files": [{"oops": 1}], "choices": [], "edits": []}'])
def test_a_draft_of_another_version_is_told_apart(body: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        draft_from_json(body)


def test_the_same_file_is_taken_once_and_a_newer_of_the_same_name_replaces_it() -> None:
    old, new = _file("a.xlsx", b"old"), _file("a.xlsx", b"new")
    draft = ImportDraft().with_files([old]).with_edit(Edit("k", "cell", (_correction(old.digest),)))
    assert draft.with_files([old]).files == draft.files
    replaced = draft.with_files([new])
    assert [file.digest for file in replaced.files] == [new.digest]
    assert replaced.edits == ()  # what was said about the old one is not true of the new one


def test_a_file_taken_out_takes_its_corrections_along() -> None:
    one, two = _file("a.xlsx", b"1"), _file("b.xlsx", b"2")
    both = Edit("k", "set-all", (_correction(one.digest), _correction(two.digest)))
    draft = ImportDraft().with_files([one, two]).with_edit(both).without_file(one.digest)
    assert [each.digest for each in draft.corrections] == [two.digest]


def test_undo_takes_back_one_fix_whole() -> None:
    file = _file("a.xlsx")
    first = Edit("k", "cell", (_correction(file.digest, 3),))
    second = Edit("k", "leave-out", (_correction(file.digest, 4, "drop"), _correction(file.digest, 5, "drop")))
    draft = ImportDraft().with_files([file]).with_edit(first).with_edit(second)
    assert draft.left_out == {(file.digest, "S", 4), (file.digest, "S", 5)}
    assert draft.undoing(1).corrections == first.corrections
    assert draft.undoing(0).corrections == second.corrections


def test_a_fix_that_changes_nothing_is_no_fix() -> None:
    assert ImportDraft().with_edit(Edit("k", "set-all", ())) == ImportDraft()


def test_later_words_on_a_sheet_are_laid_over_earlier_ones() -> None:
    draft = _full_draft()
    file = draft.files[0]
    draft = draft.choosing(SheetChoice(file.digest, file.name, "S", "leads", {"名称": "customer_name"}))
    (one,) = draft.maps
    assert one.columns == {"客户号": "customer_id", "名称": "customer_name"}
    assert one.date_order == {"won_on": "dmy"}


def test_a_map_means_its_own_file_even_with_brackets_in_its_name() -> None:
    draft = ImportDraft().choosing(SheetChoice("d", "week[1].xlsx", "S*", "leads"))
    assert (draft.maps[0].file, draft.maps[0].sheet) == ("week[[]1].xlsx", "S[*]")
