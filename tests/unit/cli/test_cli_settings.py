"""settings list, set, undo, history: every key, one clear sentence for what cannot be."""

from __future__ import annotations

import json

import openpyxl
import pytest

from salesanalytics.cli import main
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.settings_keys import flat


@pytest.fixture
def settings(tmp_path, capsys):
    def run(*words, code=0):
        assert main(["settings", *words, "--workspace", str(tmp_path / "ws"), "--lang", "en"]) == code
        out, err = capsys.readouterr()
        if code:
            assert len(err.strip().splitlines()) == 1
            return err.strip()
        return json.loads(out) if "--json" in words else out

    return run


def test_list_has_every_setting_and_marks_changed_ones(settings):
    settings("set", "alerts.silent_days", "45")
    rows = {row["key"]: row for row in settings("list", "--json")["settings"]}
    assert set(rows) == set(flat(DEFAULT_SETTINGS))
    assert [key for key, row in rows.items() if row["changed"]] == ["alerts.silent_days"]
    assert (rows["alerts.silent_days"]["value"], rows["alerts.silent_days"]["default"]) == (45, 30)


def test_set_undo_and_history(settings):
    made = settings("set", "alerts.low_amount_reference", "median", "--json")["changes"]
    assert made == [{"key": "alerts.low_amount_reference", "before": "mean", "after": "median"}]
    settings("set", "severities.overdue-close", "error")
    assert settings("undo", "--json")["changes"] == [
        {"key": "severities.overdue-close", "before": "error", "after": None}
    ]
    versions = settings("history", "--json")["versions"]
    assert [(version["version"], version["restores"]) for version in versions] == [(3, 1), (2, None), (1, None)]


def test_a_list_is_given_by_commas(settings):
    settings("set", "quality.scored_columns", "industry, source")
    rows = {row["key"]: row["value"] for row in settings("list", "--json")["settings"]}
    assert rows["quality.scored_columns"] == ["industry", "source"]


def test_a_stage_is_added_renamed_reordered_and_removed(settings):
    settings("set", "stages.pilot", '{"zh": "试点", "en": "Pilot", "after": "opportunity", "default_probability": 0.4}')
    settings("set", "stages.pilot.zh", "试用")
    settings("set", "stages.pilot.aliases", "POC, 试跑")
    settings("set", "stages.order", "lead,prospect,pilot,opportunity,quote,won")
    rows = {row["key"]: row["value"] for row in settings("list", "--json")["settings"]}
    assert rows["stages.order"] == ["lead", "prospect", "pilot", "opportunity", "quote", "won"]
    assert rows["stages.pilot.aliases"] == ["POC", "试跑"]
    settings("set", "stages.pilot", '{"move_to": "opportunity"}')
    rows = {row["key"]: row["value"] for row in settings("list", "--json")["settings"]}
    assert rows["stages.moved.pilot"] == "opportunity"
    assert "试用" in rows["stages.opportunity.aliases"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("alerts.nonsense", "3", "There is no setting “alerts.nonsense”"),
        ("alerts", "3", "There is no setting “alerts”"),
        ("alerts.silent_days", "soon", "1–730"),
        ("alerts.silent_days", "0", "1–730"),
        ("metrics.pace_at_risk", "nan", "is not possible"),
        ("direction_colours", "mauve", "green-good"),
        ("currency", "yuan", "is not possible"),
        ("alerts.untouched_days_rep", "9", "must be less than"),
        ("severities.nonsense", "error", "There is no check “nonsense”"),
        ("severities.overdue-close", "off", "error · warning · default"),
        ("severities.empty-key", "warning", "always blocks its row"),
        ("stages.lead", '{"move_to": "won"}', "cannot be removed"),
        ("stages.pilot", "Pilot", "written as JSON"),
        ("stages.quote.zh", "商机", "already stands for"),
        ("stages.nowhere.zh", "x", "There is no stage “nowhere”"),
        ("stages.order", "won,lead,prospect,opportunity,quote", "comes last"),
        ("stages.quote.default_probability", "1.5", "between 0 and 100%"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_and_changes_nothing(settings, key, value, said):
    assert said in settings("set", key, value, code=2)
    assert settings("history", "--json")["versions"] == []
    assert "left to undo" in settings("undo", code=2)


def test_a_workspaces_stages_are_in_its_templates_and_checks(settings, tmp_path, capsys):
    settings("set", "stages.pilot", '{"zh": "试点客户", "en": "Pilot", "after": "opportunity"}')
    file = tmp_path / "week.csv"
    file.write_text(
        "客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人\nZ1,甲,制造,展会,2026-01-05,试点客户,李\n",
        encoding="utf-8",
    )
    ws = ["--workspace", str(tmp_path / "ws")]
    assert main(["check", str(file), "--as-of", "2026-01-06"]) == 1
    assert main(["check", str(file), "--as-of", "2026-01-06", *ws]) == 0
    for name, more in (("plain", []), ("ours", ws)):
        assert main(["templates", "--out", str(tmp_path / name), *more]) == 0
    capsys.readouterr()

    def offered(name):
        books = [openpyxl.load_workbook(path) for path in (tmp_path / name).glob("*.xlsx")]
        return any("试点客户" in str(cell) for book in books for sheet in book for row in sheet.values for cell in row)

    assert (offered("plain"), offered("ours")) == (False, True)
