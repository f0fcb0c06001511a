"""What the browser says is chosen: read, checked, and turned into the state the URL carries."""

from __future__ import annotations

from datetime import date

import pytest

from salesanalytics.ui.filter_bar import chosen_state, read_view, shown_view
from salesanalytics.ui.periods import Period
from salesanalytics.ui.view_state import ViewState

NEWEST = date(2026, 11, 8)
STATES = [
    ViewState(),
    ViewState(as_of=date(2026, 11, 1), against="week", period=Period.MONTH),
    ViewState(period=Period.CUSTOM, start=date(2026, 8, 1), end=date(2026, 8, 31), against="2026-10-30"),
    ViewState(where=(("custom:产品*线", ("云",)), ("owner", ("", "Li")))),
]


@pytest.mark.parametrize("state", STATES)
def test_what_is_shown_and_told_back_is_the_state(state):
    told = {"seq": 1, **shown_view(state, state.as_of or NEWEST, state.against)}
    assert chosen_state(told, ViewState(), NEWEST) == state


def test_the_newest_date_is_the_plain_view():
    assert chosen_state({"as_of": "2026-11-08"}, ViewState(as_of=date(2026, 11, 1)), NEWEST).as_of is None


def test_days_of_ones_own_begin_as_those_of_the_period_before():
    before = ViewState(period=Period.MONTH)
    state = chosen_state({"as_of": "2026-11-08", "period": "custom", "from": "", "to": ""}, before, NEWEST)
    assert (state.period, state.start, state.end) == (Period.CUSTOM, date(2026, 11, 1), NEWEST)


def test_nothing_chosen_in_a_dimension_is_no_filter():
    assert chosen_state({"where": {"team": [], "owner": ["Li"]}}, ViewState(), NEWEST).where == (("owner", ("Li",)),)


@pytest.mark.parametrize("said", [None, 7, "x", ["where"]])
def test_what_cannot_be_read_changes_nothing(said):
    assert read_view(said) is None
    assert chosen_state(said, STATES[1], NEWEST) == STATES[1]


@pytest.mark.parametrize(
    "said",
    [
        {"where": {"leads; DROP": ["x"], "team": "East", "owner": [7]}},
        {"as_of": "soon", "period": "never", "against": "<b>", "from": 7},
        {"where": 7},
    ],
)
def test_what_a_browser_cannot_have_chosen_is_left_out(said):
    assert chosen_state(said, ViewState(), NEWEST) == ViewState()
