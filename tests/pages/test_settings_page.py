"""Settings: what is changed is previewed, saved as a version, undone; a stage added once is seen everywhere."""

from __future__ import annotations

import io
import re
import shutil

import openpyxl
import pytest

from salesanalytics.access.view import View
from salesanalytics.i18n import LANGS, has_text, text
from salesanalytics.insight.flags import flags
from salesanalytics.intake.issues import CHECKS
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.settings_keys import field_of, flat, with_values
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.empty import _templates as templates
from salesanalytics.ui.settings.sections import SECTIONS


@pytest.fixture
def shown(open_page, full_workspace, tmp_path):
    """Return a function that opens a section in a new session, always of the same copy of the workspace."""

    def opened(section, lang="zh"):
        own = tmp_path / "copy"
        if not own.exists():
            shutil.copytree(full_workspace, own)
        return open_page("settings", own, lang=lang, section=section)[0]

    return opened


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


def test_a_draft_survives_a_reload_says_its_time_and_is_let_go(shown, page_text):
    app = shown("alerts", lang="en")
    app.number_input(key="settings-alerts.silent_days").set_value(21).run()
    assert own_workspace().settings().alerts.silent_days == 30
    again = shown("alerts", lang="en")
    assert again.number_input(key="settings-alerts.silent_days").value == 21
    assert re.search(r"Unsaved draft of \d\d:\d\d", page_text(again))
    again.button(key="settings-discard").click().run()
    assert again.number_input(key="settings-alerts.silent_days").value == 30
    third = shown("alerts", lang="en")
    assert text("settings.preview_none", "en") in page_text(third)
    # what was saved is no draft any more
    third.number_input(key="settings-alerts.silent_days").set_value(22).run()
    third.button(key="settings-do-save").click().run()
    assert text("settings.preview_none", "en") in page_text(shown("alerts", lang="en"))
    assert own_workspace().settings().alerts.silent_days == 22


def test_anothers_draft_is_theirs(shown, page_text, monkeypatch):
    app = shown("alerts")
    app.number_input(key="settings-alerts.silent_days").set_value(21).run()
    with monkeypatch.context() as as_wang:
        as_wang.setattr("salesanalytics.ui.settings.desk.user", lambda: "Wang")
        theirs = shown("alerts")
        assert theirs.number_input(key="settings-alerts.silent_days").value == 30
        theirs.number_input(key="settings-alerts.stuck_days").set_value(20).run()
        theirs.button(key="settings-do-save").click().run()
    ours = shown("alerts")
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


LINES = "客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人\nZ1,甲,制造,展会,2026-01-05,{stage},李\n"


def offered_stages(book):
    """What the drop-downs of a template's stage columns offer, by sheet."""
    return {
        sheet.title: rule.formula1.strip('"').split(",")
        for sheet in openpyxl.load_workbook(io.BytesIO(book))
        for rule in sheet.data_validations.dataValidation
        if "线索" in rule.formula1 and "成交" in rule.formula1
    }


def uploaded(app, stage, page_text):
    """The Data page after a file with one customer in ``stage`` was given to it."""
    app.switch_page("pages/data.py").run()
    app.file_uploader[0].set_value([("2026-12-01_w.csv", LINES.format(stage=stage).encode(), "text/csv")])
    app.run()
    assert not app.exception
    return page_text(app)


def test_a_newcomer_adds_a_stage_and_sees_it_in_funnel_import_check_and_templates(shown, page_text, open_app, tmp_path):
    asked = text("check.unknown-stage.title", "zh")
    before = uploaded(open_app(tmp_path / "empty", lang="zh"), "试点客户", page_text)
    assert asked in before  # the check knows no such stage
    assert "试点客户" in before

    app = shown("stages")
    workspace = own_workspace()
    assert all("试点客户" not in stages for stages in offered_stages(templates("zh")).values())
    app.text_input(key="settings-new-zh").input("试点客户")
    app.text_input(key="settings-new-en").input("Pilot")
    app.selectbox(key="settings-new-after").select("opportunity")
    app.button(key="settings-new-do").click().run()
    app.button(key="settings-do-save").click().run()
    settings = workspace.settings()
    assert settings.stages.ids == ("lead", "prospect", "opportunity", "pilot", "quote", "won", "lost")
    # the templates as they are downloaded: in the drop-down, where it belongs
    offered = offered_stages(templates("zh"))
    assert len(offered) >= 2
    for stages in offered.values():
        assert stages[stages.index("商机") : stages.index("报价") + 1] == ["商机", "试点客户", "报价"]
    # the import check takes it, and suggests it for a slip of the pen
    after = uploaded(app, "试点客户", page_text)
    assert asked not in after
    assert text("data_page.impact_title_ready", "zh", rows="1") in after
    app.button(key="data-load").click().run()
    assert not app.exception
    app.switch_page("pages/funnel.py")
    app.query_params["period"] = "all"
    app.run()
    assert not app.exception
    funnel = page_text(app)
    assert funnel.index(">商机<") < funnel.index(">试点客户<") < funnel.index(">报价<")
    found = {stage.stage: stage.customers for stage in stage_funnel(View(workspace.state()), settings).of(None)}
    assert 0 < found["pilot"] < found["opportunity"]  # the newcomer's one, and those who went past it
    slip = uploaded(app, "试点客护", page_text)
    assert asked in slip
    assert "试点客户" in slip
