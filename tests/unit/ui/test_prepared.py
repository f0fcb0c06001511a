"""A page over data that is being made ready waits for it, and not for ever; where nothing is prepared it does not wait."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui import prepared

SOURCE = SimpleNamespace(imports=(object(),), folder="x", version=1)


@pytest.fixture
def under_way(monkeypatch):
    """What is being prepared."""
    found = SimpleNamespace(answered=threading.Event())
    monkeypatch.setattr(prepared, "prepare", lambda source, settings: found)
    return found


def test_a_page_waits_until_what_it_asks_first_is_answered(under_way):
    threading.Timer(0.2, under_way.answered.set).start()
    began = time.monotonic()
    prepared.wait_until_ready(SOURCE, DEFAULT_SETTINGS)
    assert under_way.answered.is_set()
    assert time.monotonic() - began < prepared.MOST_WAITED


def test_a_page_does_not_wait_for_ever(under_way, monkeypatch):
    monkeypatch.setattr(prepared, "MOST_WAITED", 0.1)
    prepared.wait_until_ready(SOURCE, DEFAULT_SETTINGS)
    assert not under_way.answered.is_set()


def test_where_nothing_is_prepared_nothing_is_waited_for(monkeypatch):
    monkeypatch.setattr(prepared, "_ask", [])
    prepared.wait_until_ready(SOURCE, DEFAULT_SETTINGS)
