"""What the browser says was chosen on a page's switches: only their own parameters reach the URL, and the usual choice leaves it."""

from __future__ import annotations

import pytest
import streamlit as st

from salesanalytics.ui.choices import switch, tools
from salesanalytics.ui.clicks import keep_choices


@pytest.fixture
def address(monkeypatch):
    """The URL's parameters."""
    params = {"team": "华东", "lang": "zh", "grain": "day"}
    monkeypatch.setattr(st, "query_params", params)
    return params


def test_a_choice_is_kept_and_the_usual_one_needs_no_mention(address):
    keep_choices({"seq": 5, "choices": {"shape": "bar", "grain": "", "split": ""}})
    assert address == {"team": "华东", "lang": "zh", "shape": "bar"}


@pytest.mark.parametrize(
    "name", ["team", "custom:产品线", "as_of", "from", "against", "lang", "Shape", "a b", "", "x" * 31]
)
def test_filters_dates_and_language_are_no_choices(address, name):
    before = dict(address)
    keep_choices({"seq": 5, "choices": {name: "value"}})
    assert address == before


@pytest.mark.parametrize("told", [None, 3, [], {}, {"choices": None}, {"choices": ["grain"]}, {"choices": {"grain": 3}}, {"choices": {3: "day"}}])  # fmt: skip
def test_what_cannot_be_read_changes_nothing(address, told):
    before = dict(address)
    keep_choices(told)
    assert address == before


def test_a_switch_shows_what_the_url_has_and_the_usual_one_where_that_is_not_offered(address, switches_of):
    found = switch("grain", {"week": "周", "day": "日"}, "week", label="粒度")
    assert found.chosen == "day"
    assert switches_of(found.markup)["grain"].chosen == "day"
    assert 'data-default="week"' in found.markup
    address["grain"] = "year"
    assert switch("grain", {"week": "周", "day": "日"}, "week", label="粒度").chosen == "week"


def test_what_a_user_named_is_escaped_in_both_kinds_and_read_back_whole(address, switches_of):
    options = {'"><script>': "<b>云 & 端</b>", "b": "B"}
    address["split"] = '"><script>'
    for many in (False, True):
        markup = tools(switch("split", options, "b", label='"粒度"', many=many), note="<i>")
        assert "<script>" not in markup
        assert "<b>" not in markup
        assert "<i>" not in markup
        assert (switches_of(markup)["split"].options, switches_of(markup)["split"].chosen) == (options, '"><script>')
