"""Channels side by side: lines that add up, who stands out and who cannot be told, and A against B within industries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

import pytest
from known_state import KnownState, lead

from salesanalytics.insight.channel_comparison import compare, usual_pair
from salesanalytics.insight.channels import Channel, channels, stage_rows, usual_window
from salesanalytics.insight.two_shares import Pair
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)
OLD, YOUNG = date(2026, 9, 1), date(2026, 11, 1)
_IDS = count(1)


def came(source: str | None, n: int, won: int, *, on: date = OLD, **columns: Any) -> Iterator[dict[str, Any]]:
    """``n`` leads of a source, ``won`` of them within 30 days."""
    for at in range(n):
        wins = {"stage": "won", "won_on": on + timedelta(days=10), "actual_amount": 100} if at < won else {}
        yield lead(
            f"{next(_IDS):04d}", source=source, first_contact_on=on, **{"expected_amount": 10, **wins, **columns}
        )


@cache
def company() -> KnownState:
    return KnownState(
        D,
        [
            *came("referral", 100, 40),
            *came("web", 200, 30),
            *came("ads", 100, 2),
            *came("fair", 10, 5),
            *came("web", 7, 0, on=YOUNG),
            *came(None, 5, 0),
        ],
    )


def of(lines: tuple[Channel, ...], name: str) -> Channel:
    return next(one for one in lines if one.sources == (name,))


def test_worst_first_then_the_small_then_those_without_a_source() -> None:
    found = channels(company().view(), DEFAULT_SETTINGS, Filters())
    assert [one.sources for one in found.channels] == [("ads",), ("web",), ("referral",), ("fair",), ("",)]
    assert [one.standing for one in found.channels] == ["below", "within", "above", "small", "unjudged"]
    web = of(found.channels, "web")
    assert (web.won, web.old_enough, web.too_young, web.figures.n["leads"]) == (30, 200, 7, 207)
    assert of(found.channels, "fair").share == 0.5  # greyed and unranked, though half were won
    assert (found.total.won, found.total.old_enough) == (77, 415)


def test_a_channel_that_cannot_be_told_says_how_many_more_leads_would() -> None:
    web = of(channels(company().view(), DEFAULT_SETTINGS, Filters()).channels, "web")
    assert web.standing == "within"
    more = web.more_needed
    assert more
    # 15 % against 77 / 415: with so many more at 15 % its interval lies below
    k, n = 0.15 * (200 + more), 200 + more
    high = (k / n + 1.959964**2 / (2 * n) + 1.959964 * ((0.15 * 0.85 / n + 1.959964**2 / (4 * n * n)) ** 0.5)) / (
        1 + 1.959964**2 / n
    )
    assert high == pytest.approx(77 / 415, abs=2e-4)
    assert high < 77 / 415


def test_lines_add_up_to_the_total_and_beyond_the_most_there_is_a_remainder() -> None:
    state = KnownState(D, [row for at in range(9) for row in came(f"s{at}", 20 - at, at)] + list(came(None, 3, 1)))
    found = channels(state.view(), DEFAULT_SETTINGS, Filters(), most=5)
    assert len(found.channels) == 6
    rest, missing = found.channels[-2:]
    assert rest.sources == ("s4", "s5", "s6", "s7", "s8")
    assert (rest.standing, missing.sources) == ("unjudged", ("",))
    for name in ("leads", "won_customers", "sales_amount", "open_amount"):
        assert sum(one.figures.values[name] or 0 for one in found.channels) == found.total.figures.values[name]
    assert sum(one.won for one in found.channels) == found.total.won
    for stage in found.stages:
        assert sum(one.reached[stage] for one in found.channels) == found.total.reached[stage]
    everyone = channels(state.view(), DEFAULT_SETTINGS, Filters(), most=None)
    assert len(everyone.channels) == 10


def test_stages_are_the_funnels_own_and_open_their_customers() -> None:
    state = KnownState(
        D,
        [
            *came("web", 5, 2),
            *came("web", 4, 0, stage="opportunity"),
            *came("ads", 3, 1, on=YOUNG),
            *came("ads", 2, 0, stage="lost", reached="prospect"),
        ],
    )
    filters = Filters(start=date(2026, 8, 1), end=date(2026, 9, 30))
    found = channels(state.view(), DEFAULT_SETTINGS, filters)
    funnel = stage_funnel(state.view(), DEFAULT_SETTINGS, filters, "cohort", "source")
    for one in found.channels:
        asked = {stage.stage: stage.customers for stage in funnel.of(one.sources[0])}
        assert {stage: one.reached[stage] for stage in found.stages} == {stage: asked.get(stage, 0) for stage in found.stages}  # fmt: skip
    opened = stage_rows(state.view(), Filters((("source", ("web",)),), filters.start, filters.end), "opportunity")
    assert len(opened) == of(found.channels, "web").reached["opportunity"] == 6
    assert {row["file"] for row in opened} == {"leads.xlsx"}


def test_nobody_and_one_row_and_all_lost_give_lines_or_none() -> None:
    nobody = channels(KnownState(D).view(), DEFAULT_SETTINGS, Filters())
    assert (nobody.channels, nobody.total.share, nobody.costed) == ((), None, False)
    assert usual_pair(nobody) is None
    lost = channels(KnownState(D, came("web", 40, 0, stage="lost")).view(), DEFAULT_SETTINGS, Filters())
    assert [one.standing for one in lost.channels] == ["within"]
    assert (lost.total.share, lost.channels[0].more_needed) == (0, None)
    young = channels(KnownState(D, came("web", 40, 0, on=YOUNG)).view(), DEFAULT_SETTINGS, Filters())
    assert [(one.standing, one.low) for one in young.channels] == [("unjudged", None)]


def test_a_channel_that_only_cost_money_is_a_line_of_its_own() -> None:
    costs = [{"source": "radio", "period": "2026-10", "period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31), "cost": 310}]  # fmt: skip
    found = channels(KnownState(D, came("web", 3, 1), channel_costs=costs).view(), DEFAULT_SETTINGS, Filters())
    radio = of(found.channels, "radio")
    assert radio.figures.values["channel_cost"] == pytest.approx(310)
    assert (radio.figures.n["leads"], found.costed) == (0, True)


def test_the_usual_window_is_the_findings_one() -> None:
    assert usual_window(D) == (date(2026, 5, 12), D)


def test_better_over_all_and_worse_in_every_industry_is_said_to_be_reversed() -> None:
    # the shape of the kidney stones: A has the hard cases
    state = KnownState(
        D,
        [
            *came("A", 87, 81, industry="easy"),
            *came("B", 270, 234, industry="easy"),
            *came("A", 263, 192, industry="hard"),
            *came("B", 80, 55, industry="hard"),
        ],
    )
    found = compare(state.view(), DEFAULT_SETTINGS, Filters(), "A", "B")
    assert found.pair == Pair(273, 350, 289, 350)
    assert found.difference is not None
    assert found.within is not None
    assert found.difference.value < 0 < found.within.value
    assert found.reversed
    turned = compare(state.view(), DEFAULT_SETTINGS, Filters(), "B", "A")
    assert turned.reversed
    assert turned.within is not None
    assert turned.within.value == pytest.approx(-found.within.value)


def test_a_difference_that_is_only_the_mix_of_industries_is_said_to_be() -> None:
    state = KnownState(
        D,
        [
            *came("A", 200, 100, industry="easy"),
            *came("A", 100, 10, industry="hard"),
            *came("B", 100, 50, industry="easy"),
            *came("B", 200, 20, industry="hard"),
        ],
    )
    found = compare(state.view(), DEFAULT_SETTINGS, Filters(), "A", "B")
    assert found.difference is not None
    assert found.within is not None
    assert found.difference.certain
    assert found.within.value == pytest.approx(0)
    assert found.explained
    assert not found.reversed


def test_only_equally_old_leads_are_compared_and_the_others_counted() -> None:
    state = KnownState(
        D, [*came("A", 40, 8), *came("A", 6, 0, on=YOUNG), *came("B", 30, 3), *came("B", 2, 0, on=YOUNG)]
    )
    found = compare(
        state.view(), DEFAULT_SETTINGS, Filters((("source", ("A",)),)), "A", "B"
    )  # the pair stands above the filter
    assert found.pair == Pair(8, 40, 3, 30)
    assert found.too_young == (6, 2)
    assert not found.small


def test_industries_only_one_of_them_has_say_nothing_within_industries() -> None:
    state = KnownState(D, [*came("A", 40, 8, industry="x"), *came("B", 30, 3, industry="y"), *came("B", 5, 0)])
    found = compare(state.view(), DEFAULT_SETTINGS, Filters(), "A", "B")
    assert found.within is None
    assert found.unmatched == (40, 35)
    assert [one.name for one in found.strata] == ["x", "y", ""]
    assert found.difference is not None


def test_nobody_old_enough_on_a_side_is_no_comparison() -> None:
    state = KnownState(D, [*came("A", 40, 8), *came("B", 2, 0, on=YOUNG)])
    found = compare(state.view(), DEFAULT_SETTINGS, Filters(), "A", "B")
    assert (found.difference, found.more_needed, found.small) == (None, None, True)


def test_the_usual_pair_is_the_best_and_the_worst() -> None:
    assert usual_pair(channels(company().view(), DEFAULT_SETTINGS, Filters())) == ("referral", "ads")
    two = KnownState(D, [*came("A", 40, 8), *came("B", 3, 0), *came("C", 2, 0)])
    assert usual_pair(channels(two.view(), DEFAULT_SETTINGS, Filters())) == ("A", "B")
