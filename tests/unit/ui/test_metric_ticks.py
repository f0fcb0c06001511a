"""Editing the table of metrics: ticks, places and bounds, and the ratios somebody makes."""

from __future__ import annotations

import pytest

from salesanalytics.analysis import Analysis, Ratio, Threshold
from salesanalytics.metrics.registry import check_analysis, metrics_of
from salesanalytics.metrics.shown import CARDS, HEATMAP, dimensions_shown, fits, shown
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.ui.settings.analysis.order_table import Arranged, read_arranged
from salesanalytics.ui.settings.analysis.proposing import without_metric
from salesanalytics.ui.settings.analysis.ratios_panel import ratio_id
from salesanalytics.ui.settings.analysis.ticking import arranged, lines

RATIO = Ratio(name="per_lead", zh="每线索", en="Per lead", above="sales_amount", below="leads")


def analysed(**analysis: object) -> Settings:
    return DEFAULT_SETTINGS.model_copy(update={"analysis": Analysis(**analysis)})


def row_of(settings: Settings, name: str) -> int:
    return next(at for at, line in enumerate(lines(settings, "cards")) if line.metric.name == name)


def after(
    settings: Settings, order: tuple[str, ...] | None = None, **bounds: tuple[float | None, float | None]
) -> Analysis:
    """The analysis after the table was made into this order (None = as it was) with these bounds typed."""
    before = lines(settings, "cards")
    as_it_was = tuple(line.metric.name for line in before if line.place)
    given = {line.metric.name: (line.target, line.warning) for line in before} | bounds
    made = Arranged(as_it_was if order is None else order, given)
    return settings.analysis.model_copy(update=arranged(settings.analysis, "cards", before, made))


def test_by_itself_the_usual_metrics_come_first_and_every_other_that_fits_after_them() -> None:
    found = lines(DEFAULT_SETTINGS, "cards")
    assert tuple(line.metric.name for line in found if line.place) == CARDS
    assert [line.place for line in found[:8]] == [1, 2, 3, 4, 5, 6, 7, None]
    assert len(found) == len(metrics_of(DEFAULT_SETTINGS))
    assert tuple(line.metric.name for line in lines(DEFAULT_SETTINGS, "heatmap") if line.place) == HEATMAP


def test_what_the_table_was_made_into_is_what_is_ticked() -> None:
    assert after(DEFAULT_SETTINGS, ("mean_deal", *CARDS)).cards == ("mean_deal", *CARDS)
    assert after(DEFAULT_SETTINGS, CARDS).cards is None  # the default stays one
    assert after(DEFAULT_SETTINGS, ()).cards == ()
    other = Threshold(target=7)
    kept = after(analysed(thresholds={"gone": other}), mean_deal=(5.0, None)).thresholds
    assert kept == {"gone": other, "mean_deal": Threshold(target=5)}


def test_bounds_are_typed_in_percent_kept_as_shares_and_taken_away() -> None:
    kept = after(DEFAULT_SETTINGS, closed_win_rate=(30.0, None))
    assert kept.thresholds == {"closed_win_rate": Threshold(target=0.3)}
    assert kept.cards is None  # what is shown is not touched by it
    settings = DEFAULT_SETTINGS.model_copy(update={"analysis": kept})
    assert lines(settings, "cards")[row_of(settings, "closed_win_rate")].target == 30
    both = after(settings, closed_win_rate=(30.0, 20.0))
    assert both.thresholds == {"closed_win_rate": Threshold(target=0.3, warning=0.2)}
    assert after(settings, closed_win_rate=(None, None)).thresholds == {}
    assert after(DEFAULT_SETTINGS, sales_amount=(5e6, None)).thresholds["sales_amount"].target == 5e6


def test_what_a_browser_says_is_read_as_far_as_it_is_known() -> None:
    said = {"seq": 7, "order": ["b", "a", "b", "zz", 3], "bounds": {"a": [1, None], "b": ["x", True], "zz": [1, 2]}}
    assert read_arranged(said, {"a", "b"}) == Arranged(("b", "a"), {"a": (1.0, None), "b": (None, None)})
    for nothing in (None, {}, {"order": "a"}, "a"):
        assert read_arranged(nothing, {"a"}) is None
    assert read_arranged({"order": [], "bounds": 5}, {"a"}) == Arranged((), {})


def test_shown_are_the_ticked_in_their_order_and_never_nothing() -> None:
    assert [one.name for one in shown(analysed(cards=("leads", "per_lead"), ratios=(RATIO,)), "cards")] == [
        "leads",
        "per_lead",
    ]
    assert [one.name for one in shown(analysed(cards=("gone",)), "cards")] == list(CARDS)
    assert [one.name for one in shown(analysed(cards=()), "cards")] == list(CARDS)
    # a target has no customers
    assert [one.name for one in shown(analysed(heatmap=("sales_cycle_median", "target_amount", "leads")), "heatmap")] == ["sales_cycle_median", "leads"]  # fmt: skip


def test_dimensions_are_offered_as_ticked() -> None:
    assert dimensions_shown(analysed(dimensions=("region", "team")), ("team", "owner", "region")) == ("region", "team")
    assert dimensions_shown(analysed(dimensions=("region",)), ("team", "region"), least=2) == ("team", "region")
    assert dimensions_shown(DEFAULT_SETTINGS, ("team",)) == ("team",)


def test_a_removed_ratio_leaves_ticks_and_thresholds_and_is_kept_where_another_needs_it() -> None:
    analysis = Analysis(ratios=(RATIO,), cards=("leads", "per_lead"), thresholds={"per_lead": Threshold(target=1)})
    left = analysis.model_copy(update=without_metric(analysis, "per_lead"))
    assert (left.ratios, left.cards, left.thresholds, left.trends) == ((), ("leads",), {}, None)
    other = Ratio(name="again", zh="再比", en="Again", above="per_lead", below="leads")
    both = analysis.model_copy(update={"ratios": (RATIO, other)})
    with pytest.raises(Exception, match="ratio-unknown"):
        check_analysis(both.model_copy(update=without_metric(both, "per_lead")))


def test_an_id_is_made_of_the_name_and_never_a_taken_one() -> None:
    assert ratio_id("Sales per lead", DEFAULT_SETTINGS) == "sales_per_lead"
    assert ratio_id("Leads", DEFAULT_SETTINGS) == "leads_2"
    assert ratio_id("每线索", DEFAULT_SETTINGS) == "ratio"
    assert ratio_id("3 x", DEFAULT_SETTINGS) == "ratio_3_x"


def test_what_fits_a_cell_has_the_customers_dimensions() -> None:
    known = metrics_of(DEFAULT_SETTINGS)
    for name in (
        "leads",
        "sales_amount",
        "closed_win_rate",
        "mean_deal",
        "won_customers",
        "sales_cycle_median",
        "core_customers",
        "sales_velocity",
    ):
        assert fits(known[name], "heatmap", DEFAULT_SETTINGS), name
    for name in ("coverage", "pace", "target_amount", "funnel_attainment", "channel_cost"):
        assert not fits(known[name], "heatmap", DEFAULT_SETTINGS), name
