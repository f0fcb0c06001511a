"""Kept states: the same rows as built ones, found only while they are made from the same, and whole as far as anybody asks."""

from __future__ import annotations

import gc
from datetime import date, datetime

import polars as pl
import pytest

from salesanalytics.intake.types import Batch
from salesanalytics.settings import DEFAULT_SETTINGS, TierRules
from salesanalytics.store import state_kept
from salesanalytics.store.state_build import RELATIONS
from salesanalytics.store.state_kept import ONLY_WHOLE
from salesanalytics.store.workspace import Workspace, open_workspace

WEEKS = (date(2026, 7, 5), date(2026, 7, 12), date(2026, 7, 19))


def _rows(state, relation: str) -> list[tuple[object, ...]]:
    # the version says when a state was asked for, not what it holds
    left_out = "EXCLUDE (version)" if relation == "state_info" else ""
    found = state.fetch(f"SELECT * {left_out} FROM {state.relation(relation)} ORDER BY ALL")
    return [tuple(row.values()) for row in found]


def _kept_schemas(workspace: Workspace) -> list[str]:
    sql = "SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'ws' AND schema_name LIKE 'kept_%'"
    with workspace._connection.cursor() as cursor:
        return sorted(name for (name,) in cursor.execute(sql).fetchall())


@pytest.fixture
def told(story):
    lead = {"customer_id": "A", "owner": "Li", "first_contact_on": "07-01", "expected_amount": 9.0}
    call = {
        "followup_id": "F1",
        "customer_id": "A",
        "followed_up_at": datetime(2026, 7, 4, 9),
        "stage_after": "prospect",
    }
    deal = {"contract_id": "C1", "customer_id": "A", "signed_on": "07-03", "contract_amount": 9.0}
    both = [lead | {"stage": "lead"}, lead | {"customer_id": "B", "stage": "lead"}]
    story.load("07-05", leads=both, followups=[call], contracts=[deal])
    story.load("07-12", leads=[lead | {"stage": "prospect"}])
    story.load("07-19", leads=[lead | {"stage": "won", "won_on": "07-18"}], followups=[call])
    return story


def _forgetting(workspace: Workspace) -> None:
    """As after a restart: nothing on the shelf."""
    workspace._states._states.clear()
    gc.collect()


def test_kept_states_hold_the_rows_of_built_ones(told):
    workspace = told.workspace
    built = {(on, name): _rows(workspace.state(on), name) for on in WEEKS for name in RELATIONS}
    for on in WEEKS:
        workspace.keep_state(on)
    _forgetting(workspace)
    for on in WEEKS:
        state = workspace.state(on)
        assert state.rows == 0, "found in the file, not built"
        assert state.version == workspace.version()
        assert {name: _rows(state, name) for name in RELATIONS} == {name: built[on, name] for name in RELATIONS}
        named = state.fetch(f"SELECT version FROM {state.relation('state_info')}")
        assert named == [{"version": workspace.version()}]


def test_a_kept_state_weighs_nothing_in_memory(told):
    workspace = told.workspace
    built = "SELECT schema_name FROM duckdb_schemas() WHERE starts_with(schema_name, 'state_')"
    assert workspace.state(WEEKS[2]).fetch(built) != []
    workspace.keep_state(WEEKS[2])
    kept = workspace.state(WEEKS[2])
    assert kept.rows == 0
    assert kept.fetch(built) == []


def test_only_of_the_newest_everything_is_kept(told):
    workspace = told.workspace
    workspace.keep_state(WEEKS[0])
    workspace.keep_state(WEEKS[2])
    _forgetting(workspace)
    earlier, newest = workspace.state(WEEKS[0]), workspace.state(WEEKS[2])
    assert set(newest._relations) == set(RELATIONS)
    assert set(RELATIONS) - set(earlier._relations) == set(ONLY_WHOLE)


def test_the_former_newest_lets_its_log_go_unless_it_is_read(told):
    workspace = told.workspace
    workspace.keep_state(WEEKS[2])
    _forgetting(workspace)
    held = workspace.state(WEEKS[2])
    told.load("07-26", leads=[{"customer_id": "A", "stage": "won", "owner": "Li"}])
    workspace.keep_state(date(2026, 7, 26))
    assert len(_rows(held, "followups")) == 1, "who holds it still reads it"
    del held
    _forgetting(workspace)
    told.load("08-02", leads=[{"customer_id": "A", "stage": "won", "owner": "Li"}])
    workspace.keep_state(date(2026, 8, 2))
    _forgetting(workspace)
    assert set(RELATIONS) - set(workspace.state(WEEKS[2])._relations) == set(ONLY_WHOLE)


def test_whatever_changes_a_state_makes_the_kept_one_unused(told):
    workspace = told.workspace
    for on in WEEKS:
        workspace.keep_state(on)
    later = told.load("07-12", leads=[{"customer_id": "A", "stage": "quote", "owner": "Li"}])
    _forgetting(workspace)
    assert workspace.state(WEEKS[0]).rows == 0, "made from the same imports as before"
    assert workspace.state(WEEKS[1]).rows > 0
    assert told.rows("07-12", "leads", "customer_id, stage") == [("A", "quote")]
    workspace.undo(later, "test")
    _forgetting(workspace)
    assert workspace.state(WEEKS[1]).rows == 0, "undone: the kept one is right again"
    assert told.rows("07-12", "leads", "customer_id, stage") == [("A", "prospect")]
    stricter = DEFAULT_SETTINGS.model_copy(update={"tiers": TierRules(high_value_quantile=0.5)})
    assert workspace.state(WEEKS[1], stricter).rows > 0


def test_outdated_states_leave_the_file(told):
    workspace = told.workspace
    workspace.keep_state(WEEKS[1])
    assert len(_kept_schemas(workspace)) == 1
    told.load("07-12", leads=[{"customer_id": "A", "stage": "quote", "owner": "Li"}])
    _forgetting(workspace)
    workspace.keep_state(WEEKS[1])
    assert len(_kept_schemas(workspace)) == 1
    assert workspace.state(WEEKS[1]).fetch("SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize(
    ("bound", "most", "left"), [("MOST_KEPT", 2, 2), ("MOST_CUSTOMERS", 2, 2), ("MOST_CUSTOMERS", 9, 3)]
)
def test_the_oldest_are_let_go_above_the_bounds(told, monkeypatch, bound, most, left):
    """Two customers on the first date, one on the others."""
    workspace = told.workspace
    monkeypatch.setattr(state_kept, "FEW_ROWS", 0)  # what is as small as this has no table whose rows count
    for on in WEEKS[:2]:
        workspace.keep_state(on)
    monkeypatch.setattr(state_kept, bound, most)
    for on in WEEKS:
        workspace.keep_state(on)
    _forgetting(workspace)
    assert [workspace.state_at_hand(on) for on in WEEKS] == [place >= len(WEEKS) - left for place in range(len(WEEKS))]


def test_a_restart_finds_them_and_read_only_ones_are_not_written(folder_of_story):
    with open_workspace(folder_of_story, read_only=True) as workspace:
        assert workspace.state(WEEKS[0]).rows == 0
        assert workspace.state(date(2026, 7, 6)).rows > 0
        workspace.keep_state(date(2026, 7, 6))
    with open_workspace(folder_of_story) as workspace:
        assert len(_kept_schemas(workspace)) == 1


@pytest.fixture
def folder_of_story(tmp_path):
    """A workspace on disk with one kept state."""
    frame = pl.DataFrame({"customer_id": ["A"], "stage": ["lead"], "owner": ["Li"]})
    placed = frame.with_columns(_digest=pl.lit("x"), _file=pl.lit("x.xlsx"), _sheet=pl.lit("s"), _row=pl.lit(2))
    folder = tmp_path / "ws"
    with open_workspace(folder) as workspace:
        workspace.load(Batch({"leads": placed}, (), (), ()), WEEKS[0], who="test")
        workspace.keep_state(WEEKS[0])
    return folder
