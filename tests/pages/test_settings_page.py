"""Settings: what is changed is previewed, saved as a version, undone; a stage added once is seen everywhere."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from datetime import date

import openpyxl
import pytest

from salesanalytics.access.view import View
from salesanalytics.i18n import LANGS, has_text, text
from salesanalytics.insight.flags import flags
from salesanalytics.intake.issues import CHECKS
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.intake.workbook import blank_workbook
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.settings_keys import field_of, flat, with_values
from salesanalytics.tables import LEADS
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.settings.sections import SECTIONS


@pytest.fixture
def shown(open_app, full_workspace, tmp_path):
    def open_page(section, lang="zh"):
        own = tmp_path / "copy"
        if not own.exists():
            shutil.copytree(full_workspace, own)
        app = open_app(own, lang=lang).run()
        app.switch_page("pages/settings.py")
        app.query_params["section"] = section
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == []
        return app

    return open_page


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_shown(shown, page_text, section):
    markup = page_text(shown(section, lang="en"))
    assert text("settings.preview_none", "en") in markup


@pytest.mark.parametrize("lang", LANGS)
def test_every_declared_setting_has_words(lang):
    shown_groups = ("alerts.", "tiers.", "metrics.", "quality.", "limits.")
    keys = [
        key
        for key in flat(DEFAULT_SETTINGS)
        if key.startswith(shown_groups) or key in ("currency", "direction_colours")
    ]
    assert len(keys) > 25
    assert [key for key in keys if not has_text(f"settings.{key}.title", lang)] == []
    assert all(field_of(key) for key in keys)


def test_a_threshold_is_previewed_saved_and_undone(shown, page_text):
    app = shown("alerts")
    workspace = own_workspace()
    view, now = View(workspace.state()), workspace.settings()
    then = with_values(now, {"alerts.silent_days": 5})
    before, after = (len(flags(view, settings, kinds=["silent"])) for settings in (now, then))
    assert before != after
    app.number_input(key="settings-alerts.silent_days").set_value(5).run()
    markup = page_text(app)
    assert f">{before:,}<" in markup
    assert f">{after:,}<" in markup
    assert workspace.settings() == now  # only previewed
    app.button(key="settings-do-save").click().run()
    assert workspace.settings() == then
    assert own_workspace().settings_versions()[0].changes[0].before == 30
    app.query_params["section"] = "history"
    app.run()
    app.button(key="settings-undo-1").click().run()
    assert workspace.settings() == now


def test_what_is_impossible_is_said_and_not_saved(shown, page_text):
    app = shown("alerts")
    app.number_input(key="settings-alerts.untouched_days_rep").set_value(9).run()
    said = page_text(app).split('role="alert"')[1].split("</div>")[0]
    assert text("settings.alerts.untouched_days_rep.title", "zh") in said
    assert app.button(key="settings-do-save").disabled


def reloaded(open_app, folder, lang="zh"):
    """The page as a new session opens it."""
    app = open_app(folder, lang=lang).run()
    app.switch_page("pages/settings.py")
    app.query_params["section"] = "alerts"
    app.run()
    assert not app.exception
    return app


def test_a_draft_survives_a_reload_says_its_time_and_is_let_go(shown, page_text, open_app, tmp_path):
    app = shown("alerts", lang="en")
    app.number_input(key="settings-alerts.silent_days").set_value(21).run()
    assert own_workspace().settings().alerts.silent_days == 30
    again = reloaded(open_app, tmp_path / "copy", lang="en")
    assert again.number_input(key="settings-alerts.silent_days").value == 21
    assert re.search(r"Unsaved draft of \d\d:\d\d", page_text(again))
    again.button(key="settings-discard").click().run()
    assert again.number_input(key="settings-alerts.silent_days").value == 30
    third = reloaded(open_app, tmp_path / "copy", lang="en")
    assert text("settings.preview_none", "en") in page_text(third)
    # what was saved is no draft any more
    third.number_input(key="settings-alerts.silent_days").set_value(22).run()
    third.button(key="settings-do-save").click().run()
    assert text("settings.preview_none", "en") in page_text(reloaded(open_app, tmp_path / "copy", lang="en"))
    assert own_workspace().settings().alerts.silent_days == 22


def test_anothers_draft_is_theirs(shown, page_text, open_app, tmp_path, monkeypatch):
    app = shown("alerts")
    app.number_input(key="settings-alerts.silent_days").set_value(21).run()
    with monkeypatch.context() as as_wang:
        as_wang.setattr("salesanalytics.ui.settings.desk.user", lambda: "Wang")
        theirs = reloaded(open_app, tmp_path / "copy")
        assert theirs.number_input(key="settings-alerts.silent_days").value == 30
        theirs.number_input(key="settings-alerts.stuck_days").set_value(20).run()
        theirs.button(key="settings-do-save").click().run()
    ours = reloaded(open_app, tmp_path / "copy")
    assert ours.number_input(key="settings-alerts.silent_days").value == 21
    assert ours.number_input(key="settings-alerts.stuck_days").value == 20  # saved by Wang meanwhile
    assert "1 项改动待保存" in page_text(ours)


def test_what_others_saved_meanwhile_stays(shown):
    app = shown("alerts")
    app.number_input(key="settings-alerts.silent_days").set_value(21).run()
    workspace = own_workspace()
    workspace.save_settings(with_values(workspace.settings(), {"alerts.stuck_days": 20}), "Wang")
    app.run()
    app.button(key="settings-do-save").click().run()
    saved = workspace.settings().alerts
    assert (saved.silent_days, saved.stuck_days) == (21, 20)


def test_severities_may_be_chosen_except_the_fixed_ones(shown):
    app = shown("checks")
    switches = {group.key.removeprefix("settings-severity-") for group in app.button_group if group.key}
    assert {check.kind for check in CHECKS if not check.fixed} <= switches
    assert not {check.kind for check in CHECKS if check.fixed} & switches


def test_a_newcomer_adds_a_stage_and_sees_it_in_funnel_import_check_and_templates(shown, page_text):
    app = shown("stages")
    workspace = own_workspace()
    app.text_input(key="settings-new-zh").input("试点客户")
    app.text_input(key="settings-new-en").input("Pilot")
    app.selectbox(key="settings-new-after").select("opportunity")
    app.button(key="settings-new-do").click().run()
    app.button(key="settings-do-save").click().run()
    settings = workspace.settings()
    assert settings.stages.ids == ("lead", "prospect", "opportunity", "pilot", "quote", "won", "lost")

    book = openpyxl.load_workbook(io.BytesIO(blank_workbook([LEADS], "zh", settings.stages)))
    assert any(
        "试点客户" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )

    lines = "客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人\nZ1,甲,制造,展会,2026-01-05,试点客户,李\n"
    content = lines.encode()
    file = UploadedFile("w.csv", content, hashlib.sha256(content).hexdigest())
    as_of = workspace.as_of_dates()[-1]
    default, ours = (process([file], each, as_of=as_of) for each in (DEFAULT_SETTINGS, settings))
    assert "unknown-stage" in {issue.kind for issue in default.issues}
    assert "unknown-stage" not in {issue.kind for issue in ours.issues}

    workspace.load(ours, max(as_of, date(2026, 1, 6)), "changes", who="test")
    funnel = stage_funnel(View(workspace.state()), settings)
    assert "pilot" in [stage.stage for stage in funnel.of(None)]
    app.switch_page("pages/funnel.py")
    app.run()
    assert not app.exception
