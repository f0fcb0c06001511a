"""Formula options, working days and ratios somebody made: what is chosen changes the figure, and the formula in words says so."""

from datetime import date, timedelta
from typing import Any

import pytest
from known_state import KnownState, lead, target

from salesanalytics.analysis import Analysis, Ratio
from salesanalytics.errors import UserError
from salesanalytics.i18n import LANGS, Lang
from salesanalytics.insight.pace import paces
from salesanalytics.metrics import METRICS, Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.registry import check_analysis, formula_options, metrics_of
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.working_days import is_working_day, working_days
from salesanalytics.settings import DEFAULT_SETTINGS, Settings

D = date(2026, 10, 12)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def chosen(**formulas: str) -> Settings:
    return analysed(formulas=formulas)


def analysed(**analysis: Any) -> Settings:
    return DEFAULT_SETTINGS.model_copy(update={"analysis": Analysis(**analysis)})


def row(state: KnownState, settings: Settings, *metrics: str, **filters: object) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), settings).total


def signed(contract: str, customer: str, amount: float, **columns: object) -> dict[str, object]:
    return {"contract_id": contract, "customer_id": customer, "signed_on": D, "contract_amount": amount, **columns}


DEALS = KnownState(
    D,
    [lead("a", "won", won_on=D, actual_amount=900), lead("b", "won", won_on=D, actual_amount=100)],
    contracts=[
        signed("A1", "a", 500, due_on=D, due_amount=400, collected_on=D, collected_amount=100),
        signed("A2", "a", 300),
        signed("B1", "b", 100),
    ],
)


@pytest.mark.parametrize(
    ("formulas", "value", "n", "words"),
    [
        ({}, 500, 2, "per customer, mean"),
        ({"mean_deal_per": "contract"}, 300, 3, "per contract, mean"),
        ({"mean_deal_average": "median"}, 500, 2, "per customer, median"),
        ({"mean_deal_per": "contract", "mean_deal_average": "median"}, 300, 3, "per contract, median"),
    ],
)
def test_mean_deal_per_customer_or_contract_mean_or_median(
    formulas: dict[str, str], value: float, n: int, words: str
) -> None:
    settings = chosen(**formulas)
    found = row(DEALS, settings, "mean_deal")
    assert (found.values["mean_deal"], found.n["mean_deal"]) == (value, n)
    assert words in metrics_of(settings)["mean_deal"].formula("en")
    assert len(rows_behind(DEALS.view(), "mean_deal", Filters(), settings)) == n


def test_a_median_is_no_mean() -> None:
    state = KnownState(D, [lead(str(i), "won", won_on=D, actual_amount=amount) for i, amount in enumerate((1, 2, 99))])
    assert row(state, chosen(mean_deal_average="median"), "mean_deal").values["mean_deal"] == 2


def test_collection_rate_of_contracted_or_of_due() -> None:
    assert row(DEALS, DEFAULT_SETTINGS, "collection_rate").values["collection_rate"] == pytest.approx(100 / 900)
    settings = chosen(collection_of="due")
    found = row(DEALS, settings, "collection_rate", "collection_due_rate").values
    assert found["collection_rate"] == found["collection_due_rate"] == 0.25
    assert "到期" in metrics_of(settings)["collection_rate"].formula("zh")


def test_working_days_know_the_holidays_and_the_weekends_worked_in_their_stead() -> None:
    # National Day 2026: 1-7 October off; Sunday 20 September and Saturday 10 October worked (State Council notice)
    assert not any(is_working_day(date(2026, 10, day), "CN") for day in range(1, 8))
    assert is_working_day(date(2026, 10, 10), "CN")
    assert is_working_day(date(2026, 9, 20), "CN")
    assert not is_working_day(date(2026, 10, 11), "CN")
    assert working_days(Period(*OCTOBER), "CN") == 18
    assert working_days(Period(date(2026, 7, 1), date(2026, 7, 7)), "US") == 4  # Friday 3 July observed


TARGETS = KnownState(
    D,
    [lead("a", "won", won_on=date(2026, 10, 9), actual_amount=900)],
    targets=[target("2026-10", *OCTOBER, 1_800, target_customers=18)],
)


def test_targets_are_spread_over_working_days_when_chosen() -> None:
    settings = chosen(target_days="working")
    first_week = {"start": date(2026, 10, 1), "end": date(2026, 10, 7)}
    next_days = {"start": date(2026, 10, 8), "end": date(2026, 10, 11)}
    assert row(TARGETS, settings, "target_amount", **first_week).values["target_amount"] == 0
    assert row(TARGETS, settings, "target_amount", **next_days).values["target_amount"] == pytest.approx(300)
    assert row(TARGETS, settings, "target_customers", **next_days).values["target_customers"] == pytest.approx(3)
    assert row(TARGETS, DEFAULT_SETTINGS, "target_amount", **next_days).values["target_amount"] == pytest.approx(
        1_800 * 4 / 31
    )
    # the whole is the whole either way
    whole = {"start": OCTOBER[0], "end": OCTOBER[1]}
    assert row(TARGETS, settings, "target_amount", **whole).values["target_amount"] == pytest.approx(1_800)


def test_a_target_of_days_off_alone_is_spread_over_its_days() -> None:
    state = KnownState(D, targets=[target("golden week", date(2026, 10, 1), date(2026, 10, 7), 70)])
    found = row(state, chosen(target_days="working"), "target_amount", start=date(2026, 10, 1), end=date(2026, 10, 3))
    assert found.values["target_amount"] == pytest.approx(30)


def test_pace_is_measured_in_the_chosen_days_everywhere() -> None:
    whole = {"start": OCTOBER[0], "end": OCTOBER[1]}
    assert row(TARGETS, DEFAULT_SETTINGS, "pace", **whole).values["pace"] == pytest.approx(0.5 - 12 / 31)
    settings = chosen(pace_days="working")
    # 8, 9, 10 and 12 October have been worked, of 18
    assert row(TARGETS, settings, "pace", **whole).values["pace"] == pytest.approx(0.5 - 4 / 18)
    assert paces(TARGETS.view(), settings, (), Period(*OCTOBER))[0].due == pytest.approx(4 / 18)
    before = ask(
        TARGETS.view(), MetricQuery(("pace",), (), Filters(start=date(2026, 10, 20), end=OCTOBER[1])), settings
    )
    assert before.total.values["pace"] == 0  # nothing sold and none of it gone


@pytest.mark.parametrize("lang", LANGS)
def test_every_choice_is_said_in_the_formula(lang: Lang) -> None:
    for name, (option, metrics) in formula_options().items():
        for metric in metrics:
            words = {metrics_of(chosen(**{name: choice}))[metric.name].formula(lang) for choice in option.choices}
            assert len(words) == len(option.choices), (name, metric.name)
            assert METRICS[metric.name].formula(lang) in words
        assert option.title(lang)
        assert all(option.choice_title(choice, lang) for choice in option.choices)


PER_LEAD = Ratio(name="sales_per_lead", zh="每条线索销售额", en="Sales per lead", above="sales_amount", below="leads", unit="money")  # fmt: skip
AGAIN = Ratio(name="per_lead_of_target", zh="占目标", en="Of target", above="sales_per_lead", below="target_amount")


def test_a_made_ratio_is_asked_cut_and_opened_like_any_metric() -> None:
    state = KnownState(
        D,
        [
            lead("a", "won", owner="Li", first_contact_on=D, won_on=D, actual_amount=900),
            lead("b", owner="Li", first_contact_on=D),
            lead("c", owner="Wang", first_contact_on=D - timedelta(days=40)),
        ],
    )
    settings = analysed(ratios=(PER_LEAD,))
    found = row(state, settings, "sales_per_lead")
    assert (found.values["sales_per_lead"], found.n["sales_per_lead"], found.k["sales_per_lead"]) == (300, 3, 900)
    answer = ask(state.view(), MetricQuery(("sales_per_lead", "leads"), ("owner",)), settings)
    assert [(one.dims["owner"], one.values["sales_per_lead"]) for one in answer.rows] == [("Li", 450), ("Wang", 0)]
    by_month = ask(state.view(), MetricQuery(("sales_per_lead",), ("month",)), settings)
    assert {one.dims["month"]: one.values["sales_per_lead"] for one in by_month.rows} == {"2026-09": 0, "2026-10": 450}
    behind = [
        (one["side"], one["customer_id"]) for one in rows_behind(state.view(), "sales_per_lead", Filters(), settings)
    ]
    assert behind == [("above", "a"), ("below", "a"), ("below", "b"), ("below", "c")]
    metric = metrics_of(settings)["sales_per_lead"]
    assert (metric.title("zh"), metric.title("en")) == ("每条线索销售额", "Sales per lead")
    assert "销售额 ÷ 线索" in metric.formula("zh")


def test_a_ratio_of_a_ratio_is_taken_at_the_asked_grain() -> None:
    state = KnownState(
        D, [lead("a", "won", first_contact_on=D, won_on=D, actual_amount=900), lead("b", first_contact_on=D)],
        targets=[target("2026-10", *OCTOBER, 1_800)],
    )  # fmt: skip
    settings = analysed(ratios=(AGAIN, PER_LEAD))  # in any order
    found = row(state, settings, "per_lead_of_target", start=OCTOBER[0], end=OCTOBER[1])
    assert found.values["per_lead_of_target"] == pytest.approx((900 / 2) / 1_800)
    assert list(metrics_of(settings))[-2:] == ["per_lead_of_target", "sales_per_lead"]
    assert row(state, settings, "pace", "per_lead_of_target", "coverage").values["per_lead_of_target"] is not None


def test_a_ratio_of_a_stock_by_time_needs_the_states_of_then() -> None:
    settings = analysed(ratios=(PER_LEAD.model_copy(update={"above": "open_amount"}),))
    state = KnownState(D, [lead("a", first_contact_on=D, expected_amount=5)])
    query = MetricQuery(("sales_per_lead",), ("month",), Filters(start=D, end=D))
    with pytest.raises(UserError, match="stock-over-time"):
        ask(state.view(), query, settings)
    assert ask(state.view(), query, settings, lambda on: state.view()).rows[0].values["sales_per_lead"] == 5


@pytest.mark.parametrize(
    ("analysis", "kind"),
    [
        ({"ratios": (PER_LEAD.model_copy(update={"below": "lead"}),)}, "ratio-unknown"),
        ({"ratios": (PER_LEAD.model_copy(update={"name": "leads"}),)}, "ratio-name-taken"),
        ({"ratios": (PER_LEAD.model_copy(update={"zh": "销售额"}),)}, "ratio-name-taken"),
        ({"ratios": (PER_LEAD, PER_LEAD.model_copy(update={"name": "other"}))}, "ratio-name-taken"),
        ({"ratios": (PER_LEAD.model_copy(update={"above": "sales_per_lead"}),)}, "ratio-circle"),
        (
            {"ratios": (AGAIN, PER_LEAD.model_copy(update={"above": "per_lead_of_target"}))},
            "ratio-circle",
        ),
        ({"formulas": {"mean_deal_per": "moon"}}, "analysis-formula"),
        ({"cards": ("leads", "led")}, "unknown-metric"),
        ({"country": "ZZ"}, "country-unknown"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(analysis: dict[str, Any], kind: str) -> None:
    with pytest.raises(UserError) as refused:
        check_analysis(Analysis(**analysis))
    assert refused.value.kind == kind
    assert all(refused.value.message(lang) for lang in LANGS)
    # settings that got there some other way close no page
    assert set(METRICS) <= set(metrics_of(analysed(**analysis)))
