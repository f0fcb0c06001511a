"""Settings as versions: every change kept, undo as a new version, older workspaces brought along, nobody left in a stage there no longer is."""

from __future__ import annotations

from datetime import date

import pytest

from salesanalytics.errors import UserError
from salesanalytics.settings import DEFAULT_SETTINGS, AlertThresholds, Settings
from salesanalytics.stage_changes import add, remove
from salesanalytics.stages import DEFAULT_STAGES, Stage
from salesanalytics.store import settings_history
from salesanalytics.store.workspace import open_workspace

PILOT = add(DEFAULT_STAGES, Stage("pilot", "试点客户", "Pilot", (), 0.4), "opportunity")


def _silent(days: int) -> Settings:
    return Settings(alerts=AlertThresholds(silent_days=days))


def test_every_change_is_a_version_with_before_and_after():
    with open_workspace(None) as workspace:
        workspace.save_settings(_silent(45), "Li")
        workspace.save_settings(_silent(60), "Wang")
        newest, first = workspace.settings_versions()
    assert [(c.key, c.before, c.after) for c in newest.changes] == [("alerts.silent_days", 45, 60)]
    assert [(c.key, c.before, c.after) for c in first.changes] == [("alerts.silent_days", 30, 45)]
    assert (first.number, first.who, newest.number, newest.who) == (1, "Li", 2, "Wang")
    assert first.saved_at <= newest.saved_at


def test_undo_goes_back_step_by_step_and_keeps_everything():
    with open_workspace(None) as workspace:
        for days in (45, 60, 75):
            workspace.save_settings(_silent(days), "Li")
        seen = []
        for _ in range(3):
            workspace.undo_settings("Wang")
            seen.append(workspace.settings().alerts.silent_days)
        assert seen == [60, 45, 30]
        with pytest.raises(UserError, match="settings-nothing-to-undo"):
            workspace.undo_settings("Wang")
        assert len(workspace.settings_versions()) == 6
        workspace.save_settings(_silent(90), "Li")
        workspace.undo_settings("Li")
        assert workspace.settings() == DEFAULT_SETTINGS


def test_saving_what_stands_already_is_no_version():
    with open_workspace(None) as workspace:
        workspace.save_settings(_silent(45), "Li")
        version = workspace.version()
        workspace.save_settings(_silent(45), "Li")
        assert (len(workspace.settings_versions()), workspace.version()) == (1, version)


def test_each_change_is_a_new_version_of_what_people_see():
    with open_workspace(None) as workspace:
        before = workspace.version()
        workspace.save_settings(_silent(45), "Li")
        workspace.undo_settings("Li")
        assert workspace.version() == before + 2


def test_a_document_of_before_becomes_the_first_version(tmp_path):
    with open_workspace(tmp_path / "ws") as workspace, workspace._connection.cursor() as cursor:
        cursor.execute("DROP TABLE ws.main.settings_history")
        body = _silent(45).model_dump_json()
        cursor.execute("INSERT INTO ws.main.documents VALUES ('settings', ?, 'Li', TIMESTAMP '2026-01-02')", [body])
        cursor.execute("UPDATE ws.main.schema_version SET version = 2")
    with open_workspace(tmp_path / "ws") as workspace:
        assert workspace.settings() == _silent(45)
        assert [version.who for version in workspace.settings_versions()] == ["Li"]


def test_what_is_no_longer_understood_falls_back_and_the_rest_stays(caplog):
    read = settings_history.read_document(
        '{"alerts": {"silent_days": 99999, "stuck_days": 20}, "direction_colours": "mauve", "gone": 1}'
    )
    assert read.alerts == AlertThresholds(stuck_days=20)
    assert read.direction_colours == "green-good"
    assert "silent_days" in caplog.text


def test_only_differences_are_kept_so_that_later_defaults_reach_everybody():
    with open_workspace(None) as workspace:
        workspace.save_settings(_silent(45), "Li")
        with workspace._connection.cursor() as cursor:
            body = cursor.execute("SELECT body FROM ws.main.settings_history").fetchall()[0][0]
    assert body == '{"alerts":{"silent_days":45}}'


def test_ladders_rise():
    wrong = Settings(alerts=AlertThresholds(untouched_days_rep=9))
    with open_workspace(None) as workspace, pytest.raises(UserError, match="settings-order"):
        workspace.save_settings(wrong, "Li")


def test_a_stage_in_use_is_not_undone_away_but_moved(batch_of):
    with open_workspace(None) as workspace:
        workspace.save_settings(Settings(stages=PILOT), "Li")
        batch = batch_of(leads=[{"customer_id": "1", "stage": "pilot"}, {"customer_id": "2", "stage": "lead"}])
        workspace.load(batch, date(2026, 11, 8), who="Li")
        with pytest.raises(UserError, match="stage-in-use") as refused:
            workspace.undo_settings("Li")
        assert refused.value.params == {"stage_zh": "试点客户", "stage_en": "Pilot", "n": 1}
        gone = Settings(stages=remove(PILOT, "pilot", "quote"))
        workspace.save_settings(gone, "Li")
        state = workspace.state()
        rows = state.fetch(f"SELECT customer_id, stage, stage_order FROM {state.relation('leads')} ORDER BY 1")
        assert [(row["customer_id"], row["stage"], row["stage_order"]) for row in rows] == [
            ("1", "quote", 4),
            ("2", "lead", 1),
        ]
        workspace.undo_settings("Li")
        state = workspace.state()
        again = state.fetch(f"SELECT stage FROM {state.relation('leads')} WHERE customer_id = '1'")
        assert again == [{"stage": "pilot"}]
