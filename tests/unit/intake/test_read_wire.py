"""Whatever the reader may give comes out of the pipe as it went in, blanks as None."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesanalytics.intake.read_wire import pack_columns, read_message, unpack_rows, write_message

CELLS = st.one_of(
    st.just(""),
    st.text(max_size=8),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=12)))
def test_round_trip_keeps_values_and_types(rows: list[list[Any]]) -> None:
    pipe = io.BytesIO()
    write_message(pipe, pack_columns(rows))
    pipe.seek(0)
    back = unpack_rows(read_message(pipe), len(rows))
    expected = [[None if cell == "" else cell for cell in row] for row in rows]
    assert back == expected
    assert [[type(cell) for cell in row] for row in back] == [[type(cell) for cell in row] for row in expected]


def test_durations_become_days() -> None:
    assert unpack_rows(pack_columns([[timedelta(hours=36)], ["x"]]), 2) == [[1.5], ["x"]]


def test_equal_texts_of_a_block_are_one_object_in_the_parent() -> None:
    pipe = io.BytesIO()
    write_message(pipe, pack_columns([["华东" + str(row % 2)] for row in range(100)]))
    pipe.seek(0)
    assert len({id(row[0]) for row in unpack_rows(read_message(pipe), 100)}) == 2


def test_columns_without_anything_cost_nothing() -> None:
    assert pack_columns([["", "a"], ["", "b"]])[0] is None


@pytest.mark.parametrize("cut", [0, 4, 12])
def test_a_message_cut_short_is_the_end(cut: int) -> None:
    pipe = io.BytesIO()
    write_message(pipe, ("rows", [1], [(False, ["a"])]))
    with pytest.raises(EOFError):
        read_message(io.BytesIO(pipe.getvalue()[:cut]))


def test_text_that_looks_like_a_packed_date_stays_text() -> None:
    row = ["\x07\xea\x07\x01", datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None), date(2026, 7, 1), time(1, 2)]
    assert unpack_rows(pack_columns([row]), 1) == [row]
