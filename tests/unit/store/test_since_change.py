"""Version and settings are asked a dozen times a page: what was read holds until the next change."""

from __future__ import annotations

from datetime import date

import pytest

from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace

OTHERS = DEFAULT_SETTINGS.model_copy(update={"currency": "USD"})


def test_every_change_is_seen_at_once(workspace, batch_of):
    before = workspace.version()
    assert workspace.settings() == DEFAULT_SETTINGS
    workspace.load(batch_of(leads=[{"customer_id": "A", "stage": "lead"}]), date(2026, 7, 5), who="test")
    assert workspace.version() == before + 1
    workspace.save_settings(OTHERS, "test")
    assert (workspace.settings(), workspace.version()) == (OTHERS, before + 2)
    workspace.undo_settings("test")
    assert workspace.settings() == DEFAULT_SETTINGS


def test_a_change_that_failed_changes_nothing(workspace):
    before = workspace.version()

    def breaks() -> None:
        with workspace._writers.change() as cursor:
            workspace._writers.bump(cursor)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        breaks()
    assert workspace.version() == before


def test_nothing_is_read_twice_between_changes(workspace, monkeypatch):
    seen = workspace.version(), workspace.settings()
    monkeypatch.setattr(workspace, "_reading", lambda: pytest.fail("read again"))
    assert (workspace.version(), workspace.settings()) == seen


def test_workspaces_remember_each_for_itself(workspace):
    with open_workspace(None) as other:
        workspace.save_settings(OTHERS, "test")
        assert (workspace.settings(), other.settings()) == (OTHERS, DEFAULT_SETTINGS)
