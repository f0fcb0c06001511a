"""Quality: its figures are what the questions answer, the sample's marks are kept, and a narrower scope sees less."""

from __future__ import annotations

import shutil
from functools import partial

import pytest

from salesanalytics.access.scope import EVERYONE, Scope
from salesanalytics.access.view import View
from salesanalytics.i18n import format, text
from salesanalytics.insight.quality import completeness
from salesanalytics.insight.quality_gaps import gap_counts
from salesanalytics.insight.weekly_sample import audience
from salesanalytics.store.types import SampledRow, SampleMark
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.quality.sample_panel import changed_marks

PARTS = ("records", "imports", "sample", "reconciliation")


@pytest.fixture
def shown(open_page):
    return partial(open_page, "quality")


@pytest.fixture
def writable(full_workspace, tmp_path):
    return shutil.copytree(full_workspace, tmp_path / "copy")


def view():
    workspace = own_workspace()  # the app holds it open
    return View(workspace.state()), workspace.settings()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_is_shown_in_both_languages(shown, part, lang):
    _, markup = shown(part=part, lang=lang)
    assert text("quality.card_completeness", lang) in markup
    assert "sa-table" in markup or "sa-sampled" in markup
    assert "{" not in markup.split("</style>")[-1]


def test_the_cards_are_what_the_questions_answer(shown):
    _, markup = shown()
    seen, settings = view()
    assert f">{format.share(completeness(seen, settings).share)}</span>" in markup
    for gap in ("overdue-close", "no-amount", "undated"):
        card = markup.split(text(f"quality.gap_{gap}", "zh") + "</div>")[1].split("sa-card-foot")[0]
        assert f">{format.number(gap_counts(seen)[gap])}</span>" in card


def test_a_filter_narrows_it(shown):
    shown()
    seen, settings = view()
    team = seen.fetch("SELECT min(team) AS team FROM leads")[0]["team"]
    expected = completeness(seen, settings, (("team", (team,)),))
    assert expected.customers < completeness(seen, settings).customers
    assert text("quality.columns_subtitle", "zh", n=expected.customers) in shown(team=team)[1]


def test_a_scope_narrows_the_page(shown, monkeypatch):
    shown()
    seen, _ = view()
    owner = seen.fetch("SELECT min(owner) AS owner FROM leads WHERE owner <> ''")[0]["owner"]
    others = {row["owner"] for row in seen.fetch("SELECT DISTINCT owner FROM leads WHERE owner <> ''")} - {owner}
    monkeypatch.setattr("salesanalytics.ui.data.EVERYONE", Scope(owners=frozenset({owner}), pool=False))
    records = shown(part="records")[1].split('aria-label="')
    assert owner in "".join(records)
    assert not any(f'<td class="">{other}</td>' in table for other in others for table in records)
    sample = shown(part="sample")[1]
    assert f"· {owner}</span>" in sample
    assert not any(f"· {other}</span>" in sample for other in others)
    assert text("quality.imports_scope_note", "zh") in shown(part="imports")[1]
    assert text("quality.conversion_empty", "zh") in shown(part="reconciliation")[1]


def test_marks_are_kept_with_who_and_when_and_come_back(shown, writable):
    app, _ = shown(own=writable, part="sample")
    boxes = [box for box in app.get("button_group") if str(box.key).startswith("quality-verdict-")]
    assert len(boxes) == 10
    boxes[0].set_value("correct")
    boxes[1].set_value("wrong")
    notes = [note for note in app.text_input if str(note.key).startswith("quality-note-")]
    notes[1].set_value("  =电话不对  ")
    next(button for button in app.button if button.label == text("quality.sample_save", "zh")).click().run()
    assert not app.exception
    (kept,) = own_workspace().sampled(audience(EVERYONE)).values()
    assert len(kept) == 10
    verdicts = {row.customer_id: row.mark for row in kept if row.mark}
    assert sorted(mark.verdict for mark in verdicts.values()) == ["correct", "wrong"]
    wrong = next(mark for mark in verdicts.values() if mark.verdict == "wrong")
    assert wrong.note == "=电话不对"
    assert wrong.who
    assert wrong.at is not None
    again = shown(own=writable, part="sample")[1]
    assert text("quality.accuracy_title", "zh", share="50.0%", n=2) in again
    assert wrong.who in again
    audit = own_workspace().audit_log()
    assert [entry.action for entry in audit[:3]] == ["sample-checked", "sample-checked", "sample-drawn"]


def test_a_mark_a_colleague_made_meanwhile_stays(shown, writable):
    app, _ = shown(own=writable, part="sample")
    boxes = [box for box in app.get("button_group") if str(box.key).startswith("quality-verdict-")]
    first, second = (box.key.removeprefix("quality-verdict-").split("-", 2) for box in boxes[:2])
    week = "-".join(first[:2])
    drawn = [SampledRow(box.key.split("-", 4)[4], None, None, "lead", {}, "a", "s", 1) for box in boxes]
    own_workspace().mark_sampled(week, "everyone", drawn, {first[2]: SampleMark("wrong", "x", "Wang")})
    boxes[1].set_value("correct")
    next(button for button in app.button if button.label == text("quality.sample_save", "zh")).click().run()
    assert not app.exception
    kept = {row.customer_id: row.mark for row in own_workspace().sampled("everyone")[week]}
    assert kept[first[2]].who == "Wang"
    assert kept[second[2]].verdict == "correct"
    assert len(kept) == 10
    shown_now = [box for box in app.get("button_group") if box.key == boxes[0].key]
    assert shown_now[0].value == "wrong"


def test_only_marks_that_changed_are_written():
    rows = [
        SampledRow(name, None, None, "lead", {}, "a", "s", 1, mark)
        for name, mark in (("1", None), ("2", SampleMark("correct", "x", "Li")), ("3", SampleMark("wrong", "", "Li")))
    ]
    given = {"1": ("unchecked", " "), "2": ("correct", "x "), "3": ("unchecked", "")}
    assert changed_marks(rows, given, "Wang") == {"3": SampleMark("unchecked", "", "Wang")}


def test_downloads_are_offered(shown):
    app, _ = shown(part="reconciliation")
    keys = {button.key for button in app.get("download_button")}
    assert {"quality-csv-reconciled_conversion", "quality-csv-reconciled_funnel", "quality-csv-behind"} <= keys


def test_nobody_says_so(shown):
    assert text("quality.nobody", "zh") in shown(owner="没有这个人")[1]


def test_an_empty_workspace_says_what_to_upload(shown, tmp_path):
    assert "还没有数据" in shown(own=tmp_path / "nothing")[1]


def test_the_sample_company_is_only_looked_at(open_app, small_exports, page_text):
    app = open_app(exports=small_exports, lang="zh", part="sample").switch_page("pages/quality.py").run()
    assert not app.exception
    assert text("quality.sample_readonly", "zh") in page_text(app)
    save = next(button for button in app.button if button.label == text("quality.sample_save", "zh"))
    assert save.disabled
