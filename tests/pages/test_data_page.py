"""The Data page through app.py: its empty state, every step of an upload, refusals, history, undo and quarantine, in both languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesanalytics.i18n import Lang, text
from salesanalytics.ui import data as ui_data
from salesanalytics.ui.importing import desk as importing_desk
from salesanalytics.ui.importing.history import history  # noqa: F401 - fails here, not in the app, if it cannot be imported

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
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
    "备注",
]


def _csv(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode()


def _row(customer: str, stage: str, notes: str = "") -> list[str]:
    return [customer, "甲公司", "制造", "官网", "2026-11-10", stage, "王芳", "1000", "2026-11-12", notes]


GOOD = ("2026-11-15_a.csv", _csv(_row("K1", "报价"), _row("K2", "线索")), "text/csv")
DIRTY = ("2026-11-15_b.csv", _csv(_row("K1", "报价"), _row("K2", "再议", "=1+1")), "text/csv")
NO_DATE = ("leads.csv", GOOD[1], "text/csv")
NOT_A_TABLE = ("scan.pdf", b"%PDF-1.7 nothing", "application/pdf")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    # only this: a workspace other tests hold open must stay the one that is open
    importing_desk._bench.clear()


def _data(app: AppTest) -> AppTest:
    return app.switch_page("pages/data.py").run()


def _upload(app: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    app.file_uploader[0].set_value(list(files))
    return app.run()


def _press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def _sound(app: AppTest) -> None:
    assert not app.exception
    assert [error.value for error in app.error] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_empty_page_says_what_to_upload(open_app: Open, page_text: Text, lang: Lang) -> None:
    app = _data(open_app(lang=lang))
    _sound(app)
    shown = page_text(app)
    for key in ("upload_first_title", "templates_title", "history_empty", "quarantine_empty"):
        assert text(f"data_page.{key}", lang) in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clean_file_goes_straight_to_the_preview(open_app: Open, page_text: Text, lang: Lang) -> None:
    app = _upload(_data(open_app(lang=lang)), GOOD)
    _sound(app)
    assert text("data_page.impact_title_ready", lang, rows="2") in page_text(app)
    _press(app, "data-load")
    _sound(app)
    assert text("data_page.result_title", lang) in page_text(app)
    (record,) = ui_data.own_workspace().imports()
    assert (record.as_of.isoformat(), record.tables["leads"].new) == ("2026-11-15", 2)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_refused_file_says_why_and_the_others_go_on(open_app: Open, page_text: Text, lang: Lang) -> None:
    app = _upload(_data(open_app(lang=lang)), NOT_A_TABLE, GOOD)
    _sound(app)
    shown = page_text(app)
    assert text("error.not-a-table", lang, file="scan.pdf") in shown
    assert text("data_page.impact_title_ready", lang, rows="2") in shown


def test_a_file_without_a_date_is_asked_for_it(open_app: Open, page_text: Text) -> None:
    app = _upload(_data(open_app(lang="zh")), NO_DATE)
    _sound(app)
    assert text("data_page.bar_date_label", "zh") in page_text(app)
    assert "data-load" not in [button.key for button in app.button]


def test_a_wrong_row_is_held_back_and_can_be_downloaded_harmlessly(open_app: Open, page_text: Text) -> None:
    from salesanalytics.ui.csv_file import csv_bytes
    from salesanalytics.ui.importing.quarantine import quarantine_records

    app = _upload(_data(open_app(lang="zh")), DIRTY)
    _sound(app)
    assert text("check.unknown-stage.title", "zh") in page_text(app)
    _press(app, "data-load")
    _sound(app)
    assert text("data_page.result_title_held", "zh", n=1) in page_text(app)
    held = ui_data.own_workspace().quarantine()
    assert [each.row.cells["客户编号"] for each in held] == ["K2"]
    download = csv_bytes(quarantine_records(held, "zh")).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(download))
    assert (row["备注"], row["当前跟进阶段"]) == ("'=1+1", "再议")


def test_the_same_file_again_changes_nothing_and_says_so(open_app: Open, page_text: Text) -> None:
    app = _press(_upload(_data(open_app(lang="zh")), GOOD), "data-load")
    app = _upload(app, GOOD)
    _sound(app)
    assert text("data_page.repeat_title", "zh") in page_text(app)
    _press(app, "data-load")
    assert len(ui_data.own_workspace().imports()) == 1
    assert text("data_page.result_repeat", "zh") in page_text(app)


def test_an_import_is_undone_after_asking(open_app: Open, page_text: Text) -> None:
    app = _press(_upload(_data(open_app(lang="zh")), GOOD), "data-load")
    _press(app, "data-undo-confirm-1")
    _sound(app)
    (record,) = ui_data.own_workspace().imports()
    assert record.undone_at is not None
    assert text("data_page.history_undone", "zh", who=record.undone_by) in page_text(app)


def test_discarding_forgets_the_upload_and_loads_nothing(open_app: Open, page_text: Text) -> None:
    app = _press(_upload(_data(open_app(lang="zh")), DIRTY), "data-discard-confirm")
    _sound(app)
    assert text("data_page.history_empty", "zh") in page_text(app)
    assert ui_data.own_workspace().imports() == []


def test_a_new_session_finds_the_upload_again(open_app: Open, page_text: Text, tmp_path: Path) -> None:
    first = _upload(_data(open_app(lang="zh")), DIRTY)
    later = _data(open_app(lang="en"))
    assert text("check.unknown-stage.title", "en") not in page_text(
        later
    )  # another window prepares an import of its own
    _press(later, "data-resume")
    _sound(later)
    assert later.query_params["draft"] == first.query_params["draft"]
    assert text("check.unknown-stage.title", "en") in page_text(later)


def test_each_fix_is_listed_and_can_be_undone(open_app: Open, page_text: Text) -> None:
    app = _upload(_data(open_app(lang="zh")), DIRTY)
    app.selectbox(key="data-value-unknown-stage-leads-stage-再议").select("商机").run()
    _press(app, "data-apply-再议")
    _sound(app)
    done = text("data_page.edit_map-spelling", "zh", old="再议", new="商机")
    assert done in page_text(app)
    assert text("check.unknown-stage.title", "zh") not in page_text(app)
    _press(app, "data-undo-edit-0")
    assert done not in page_text(app)
    assert text("check.unknown-stage.title", "zh") in page_text(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_history_offers_the_files_and_the_quarantine_its_correction(
    open_app: Open, page_text: Text, lang: Lang
) -> None:
    app = _upload(_data(open_app(lang=lang)), DIRTY)
    app = _press(app, "data-to-preview")
    assert text("data_page.outcome_quarantined", lang) in page_text(app)
    app = _press(app, "data-load")
    _sound(app)
    shown = page_text(app)
    for key, params in (("memory.empty", {}), ("memory.fix_rows", {"n": 1})):
        assert text(key, lang, **params) in shown or any(
            button.label == text(key, lang, **params) for button in app.button
        )
    app = _press(app, "data-correct-held-1")
    _sound(app)
    assert text("check.unknown-stage.title", lang) in page_text(app)
    assert any(button.key == "data-to-preview" for button in app.button)
