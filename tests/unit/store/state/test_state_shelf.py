"""States are built once, shared between threads, and their tables go when nobody holds them."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from salesanalytics.settings import DEFAULT_SETTINGS, TierRules
from salesanalytics.store.state import StateShelf

DAY = date(2026, 7, 5)


def _told(story):
    story.load("07-05", leads=[{"customer_id": "A", "stage": "lead", "owner": "Li", "first_contact_on": "07-01"}])
    return story.workspace


def test_the_same_date_and_version_are_built_once(story):
    workspace = _told(story)
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda _: workspace.state(DAY), range(24)))
    assert len({id(state) for state in states}) == 1
    assert workspace.state(DAY + timedelta(days=1)) is not states[0]


def test_new_data_and_new_settings_give_another_state(story):
    workspace = _told(story)
    before = workspace.state(DAY)
    story.load("07-05", leads=[{"customer_id": "A", "stage": "prospect", "owner": "Li"}])
    after = workspace.state(DAY)
    assert after.version > before.version
    stages = [state.fetch(f"SELECT stage FROM {state.relation('leads')}") for state in (before, after)]
    assert stages == [[{"stage": "lead"}], [{"stage": "prospect"}]]  # who holds the old one still reads the old one
    workspace.save_settings(DEFAULT_SETTINGS.model_copy(update={"tiers": TierRules(high_value_quantile=0.5)}), "test")
    assert workspace.state(DAY).settings.tiers.high_value_quantile == 0.5


def test_an_evicted_state_lives_as_long_as_it_is_held(story):
    workspace = _told(story)
    connection = workspace._connection
    shelf = StateShelf(connection, keep=2)
    count = "SELECT count(*) FROM duckdb_schemas() WHERE schema_name LIKE 'state_%'"
    held = shelf.state(DAY, DEFAULT_SETTINGS)
    for n in range(1, 6):
        shelf.state(DAY + timedelta(days=n), DEFAULT_SETTINGS)
    assert held.fetch(f"SELECT count(*) AS n FROM {held.relation('leads')}") == [{"n": 1}]
    del held
    gc.collect()
    shelf.state(DAY + timedelta(days=9), DEFAULT_SETTINGS)
    with connection.cursor() as cursor:
        assert cursor.execute(count).fetchall()[0][0] <= 3  # two on the shelf, one that just left


def test_threads_read_their_own_answers(story):
    state = _told(story).state(DAY)

    def ask(n: int) -> int:
        return state.fetch("SELECT sum(i)::BIGINT AS s FROM range(?) t(i)", [n])[0]["s"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(1, 200))) == [n * (n - 1) // 2 for n in range(1, 200)]


def test_arrow_and_named_parameters(story):
    state = _told(story).state(DAY)
    table = state.arrow(f"SELECT customer_id FROM {state.relation('leads')} WHERE stage = $stage", {"stage": "lead"})
    assert table.to_pydict() == {"customer_id": ["A"]}


def test_only_relations_of_a_state_have_names(story):
    with pytest.raises(KeyError):
        _told(story).state(DAY).relation("imports")


def test_heavy_states_are_kept_by_weight(story):
    shelf = StateShelf(_told(story)._connection, keep=16, keep_rows=4)  # one customer a state
    states = [shelf.state(DAY + timedelta(days=n), DEFAULT_SETTINGS) for n in range(6)]
    assert [state.rows for state in states] == [1] * 6
    assert [shelf.state(DAY + timedelta(days=n), DEFAULT_SETTINGS) is states[n] for n in (5, 4, 3)] == [True] * 3
    assert shelf.state(DAY, DEFAULT_SETTINGS) is not states[0]
