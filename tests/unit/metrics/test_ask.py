"""The door: names, cuts by time, custom columns, stocks over time, order of rows."""

from datetime import date, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.access import View
from salesanalytics.errors import UserError
from salesanalytics.metrics import DIMENSIONS, METRICS, Filters, MetricQuery, ask, custom_dimensions
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)
STATE = KnownState(
    D,
    [
        lead(
            "1",
            "won",
            owner="Wang",
            first_contact_on=date(2026, 9, 30),
            won_on=D,
            actual_amount=5,
            custom='{"产品/线": "A~1", "size": 3}',
        ),
        lead(
            "2", "quote", owner="Li", first_contact_on=date(2026, 10, 1), expected_amount=7, custom='{"产品/线": "B"}'
        ),
        lead("3", "lead", owner="Li", first_contact_on=date(2026, 12, 31), expected_amount=9),
    ],
)


def asked(metric: str, *by: str, **filters: object) -> list[tuple[object, ...]]:
    answer = ask(STATE.view(), MetricQuery((metric,), by, Filters(**filters)), DEFAULT_SETTINGS)
    return [(*row.dims.values(), row.values[metric]) for row in answer.rows]


def test_an_answer_carries_its_state() -> None:
    answer = ask(STATE.view(), MetricQuery(("leads",)), DEFAULT_SETTINGS)
    assert (answer.as_of, answer.version, answer.reconstructed) == (D, 1, False)


@pytest.mark.parametrize(
    ("grain", "labels"),
    [
        ("day", ["2026-09-30", "2026-10-01", "2026-12-31"]),
        ("week", ["2026-W40", "2026-W53"]),
        ("month", ["2026-09", "2026-10", "2026-12"]),
        ("quarter", ["2026Q3", "2026Q4"]),
    ],
)
def test_time_buckets(grain: str, labels: list[str]) -> None:
    assert [row[0] for row in asked("leads", grain)] == labels
    assert asked("leads", where=((grain, (labels[-1],)),))[0][0] == asked("leads", grain)[-1][-1]


def test_two_cuts_make_a_grid_in_the_order_of_stages_and_names() -> None:
    assert asked("leads", "owner", "stage") == [("Li", "lead", 1), ("Li", "quote", 1), ("Wang", "won", 1)]


def test_custom_columns_are_dimensions_whatever_they_are_called() -> None:
    assert custom_dimensions(STATE.view()) == ("custom:size", "custom:产品/线")
    assert asked("leads", "custom:产品/线") == [("A~1", 1), ("B", 1), (None, 1)]
    assert asked("leads", "custom:size", where=(("custom:产品/线", ("A~1",)),)) == [("3", 1)]
    assert asked("leads", where=(("custom:产品/线", ("", "B")),)) == [(2,)]


def test_metrics_of_different_rows_and_dates_stand_side_by_side() -> None:
    answer = ask(STATE.view(), MetricQuery(("leads", "sales_amount", "open_amount"), ("owner",)), DEFAULT_SETTINGS)
    assert [(row.dims["owner"], *row.values.values()) for row in answer.rows] == [("Li", 2, 0, 16), ("Wang", 1, 5, 0)]


@pytest.mark.parametrize(
    ("query", "kind", "near"),
    [
        (MetricQuery(("sales_amout",)), "unknown-metric", "sales_amount"),
        (MetricQuery(("leads",), ("regoin",)), "unknown-dimension", "region"),
        (MetricQuery(("leads",), ("custom:siz",)), "unknown-dimension", "custom:size"),
        (MetricQuery(("leads",), (), Filters((("onwer", ("Li",)),))), "unknown-filter", "owner"),
        (MetricQuery(("leads",), (), Filters((("month", ("2026-W45",)),))), "unreadable-period", "2026-W45"),
        (MetricQuery(("leads",), (), Filters((), D, D - timedelta(days=1))), "period-reversed", "2026-11-08"),
        (MetricQuery(("open_amount",), ("week",)), "stock-over-time", "open_amount"),
        (MetricQuery(("target_amount",), ("industry",)), "no-such-cut", "industry"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(query: MetricQuery, kind: str, near: str) -> None:
    with pytest.raises(UserError) as caught:
        ask(STATE.view(), query, DEFAULT_SETTINGS)
    assert caught.value.kind == kind
    for lang in ("zh", "en"):
        sentence = caught.value.message(lang)
        assert near in sentence
        assert "\n" not in sentence


def test_a_stock_by_time_is_what_stood_at_each_buckets_end() -> None:
    seen: list[date] = []

    def view_at(day: date) -> View:
        seen.append(day)
        rows = [lead("2", "quote", owner="Li", expected_amount=day.day)]
        return KnownState(day, rows).view()

    period = Filters((), date(2026, 10, 20), date(2026, 12, 31))
    answer = ask(
        STATE.view(), MetricQuery(("open_amount", "sales_amount"), ("month",), period), DEFAULT_SETTINGS, view_at
    )
    # the part month ends at D, whose state is the one at hand; nothing is asked beyond D
    assert seen == [date(2026, 10, 31)]
    assert [(row.dims["month"], row.values["open_amount"], row.values["sales_amount"]) for row in answer.rows] == [
        ("2026-10", 31, 0),
        ("2026-11", 16, 5),
    ]
    by_owner = ask(STATE.view(), MetricQuery(("open_amount",), ("owner", "month"), period), DEFAULT_SETTINGS, view_at)
    assert [(*row.dims.values(), row.values["open_amount"]) for row in by_owner.rows] == [
        ("Li", "2026-10", 31),
        ("Li", "2026-11", 16),
    ]


def test_every_metric_can_be_cut_by_every_dimension_or_says_so() -> None:
    for name in METRICS:
        for cut in DIMENSIONS:
            try:
                ask(STATE.view(), MetricQuery((name,), (cut,)), DEFAULT_SETTINGS, lambda day: STATE.view())
            except UserError as refused:
                assert refused.kind == "no-such-cut"  # noqa: PT017 - most cuts are answered
                assert DIMENSIONS[cut].special or not METRICS[name].source.lead_columns


def test_every_metric_and_dimension_has_words_in_both_languages() -> None:
    for lang in ("zh", "en"):
        for metric in METRICS.values():
            assert metric.title(lang)
            assert metric.short(lang)
            assert metric.formula(lang)
        assert all(dimension.title(lang) for dimension in DIMENSIONS.values())
