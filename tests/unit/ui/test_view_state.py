from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesanalytics.ui.periods import Period, span, target_bucket
from salesanalytics.ui.view_state import DIMENSIONS, MORE, ViewState, read_params, write_params

D = date(2026, 11, 8)

words = st.text(max_size=8)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@st.composite
def states(draw):
    state = ViewState(as_of=draw(st.none() | days), period=draw(st.sampled_from(Period)))
    for dimension in draw(st.sets(st.sampled_from((*DIMENSIONS, *MORE, "custom:产品/线", "custom:a=b&c")))):
        state = state.choosing(dimension, draw(st.lists(words, max_size=3, unique=True)))
    return state


@given(states())
def test_what_the_url_carries_reads_back_as_the_same_view(state):
    assert read_params(write_params(state)) == state


def test_a_plain_address_is_the_plain_view():
    assert write_params(ViewState()) == {}
    assert read_params({}) == ViewState()


def test_own_dates_read_back_and_are_put_in_order():
    asked = {"period": ["custom"], "from": ["2026-08-31"], "to": ["2026-08-01"]}
    assert read_params(asked).span(D) == (date(2026, 8, 1), date(2026, 8, 31))


def test_a_mangled_link_still_opens():
    asked = {"as_of": ["soon"], "period": ["fortnight"], "from": ["x"], "team": ["华东"], "colour": ["red"]}
    assert read_params(asked) == ViewState(where=(("team", ("华东",)),))


def test_the_pool_is_a_choice_like_any_other():
    state = ViewState().choosing("owner", [""])
    assert write_params(state) == {"owner": [""]}
    assert read_params({"owner": [""]}).chosen("owner") == ("",)
    assert state.choosing("owner", []) == ViewState()


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period.WEEK, date(2026, 11, 2)),
        (Period.MONTH, date(2026, 11, 1)),
        (Period.QUARTER, date(2026, 10, 1)),
        (Period.YEAR, date(2026, 1, 1)),
        (Period.LAST_90_DAYS, date(2026, 8, 11)),
    ],
)
def test_periods_end_on_the_as_of_date(period, first):
    assert span(period, D) == (first, D)


def test_targets_are_those_of_the_whole_bucket():
    assert target_bucket(Period.MONTH, D)[1].end == date(2026, 11, 30)
    grain, whole = target_bucket(Period.ALL, D)
    assert (grain, whole.start, whole.end) == (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31))
