"""Losses with their reasons, and where customers come from: table in, expected out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.lost_reasons import split_reasons
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


def lost(customer: str, reason: str | None, **columns: object) -> dict[str, object]:
    return lead(customer, "lost", reached="quote", lost_on=ago(9), lost_reason=reason, **columns)


STATE = KnownState(
    D,
    [
        lost("1", "预算不足(占比40%)、竞品更优", region="N"),
        lost("2", "预算不足", region="N"),
        lost("3", " 预算不足 ； 预算不足", region="S"),  # twice the same is once
        lost("4", None, region="S"),
        lead("5", "quote", lost_reason="预算不足"),  # left over from before it was reopened
        lead("6", "won", won_on=ago(3)),
    ],
)


def row(*metrics: str, state: KnownState = STATE, **filters: object) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def by_reason(state: KnownState = STATE, **filters: object) -> dict[str | None, float | None]:
    query = MetricQuery(("lost_customers",), ("lost_reason",), Filters(**filters))
    return {
        found.dims["lost_reason"]: found.values["lost_customers"]
        for found in ask(state.view(), query, DEFAULT_SETTINGS).rows
    }


def test_lost_customers_by_date_of_loss() -> None:
    assert row("lost_customers").values["lost_customers"] == 4
    assert row("lost_customers", start=ago(9), end=ago(9)).values["lost_customers"] == 4
    assert row("lost_customers", start=ago(8), end=D).values["lost_customers"] == 0


def test_lost_customers_with_two_reasons_count_in_both_and_once_in_the_whole() -> None:
    assert by_reason() == {"预算不足": 3, "竞品更优": 1, None: 1}
    both = (("lost_reason", ("竞品更优", "预算不足")),)
    assert row("lost_customers", where=both).values["lost_customers"] == 3
    assert row("lost_customers", where=both).n["lost_customers"] == 3
    assert by_reason(where=(("region", ("N",)),)) == {"预算不足": 2, "竞品更优": 1}


def test_the_rows_behind_a_reason_are_customers_once() -> None:
    both = Filters(where=(("lost_reason", ("竞品更优", "预算不足")),))
    rows = rows_behind(STATE.view(), "lost_customers", both, DEFAULT_SETTINGS)
    assert sorted(found["customer_id"] for found in rows) == ["1", "2", "3"]
    assert all(found["file"] == "leads.xlsx" and found["on"] == ago(9) for found in rows)


_PIECES = st.sampled_from(
    [
        "价格",
        "budget",
        " ",
        "\u3000",
        "\xa0",
        "、",
        ",",
        "/",
        "\n",
        "(占比40%)",
        "（30 %）",
        "(占比４０％)",
        "(x)",
        "%",
        "'",
        "{",
        "\\",
    ]
)


@given(st.lists(st.lists(_PIECES, max_size=8).map("".join), min_size=1, max_size=20))
def test_reasons_are_split_in_sql_as_they_are_in_the_funnel(cells: list[str]) -> None:
    expected: dict[str | None, float | None] = {}
    for cell in cells:
        for reason in split_reasons(cell) or (None,):
            expected[reason] = (expected.get(reason) or 0) + 1
    assert by_reason(KnownState(D, [lost(str(i), cell) for i, cell in enumerate(cells)])) == expected


ORIGINS = KnownState(
    D,
    [
        lead("1", first_contact_on=ago(3), origin_kind="复购"),
        lead("2", "lost", first_contact_on=ago(3), origin_kind="new"),  # lost ones stay in the denominator
        # as the template's list has them, in either language, or as people write them
        lead("3", "won", first_contact_on=ago(40), origin_kind="Referral"),
        lead("4", first_contact_on=ago(40), origin_kind="老 带 新"),
        lead("5", first_contact_on=ago(40)),  # not given
    ],
)


def test_repurchase_share_and_referral_share_are_of_leads_whose_origin_is_given() -> None:
    found = row("repurchase_share", "referral_share", state=ORIGINS)
    assert found.values == {"repurchase_share": 0.25, "referral_share": 0.5}
    assert found.n == {"repurchase_share": 4, "referral_share": 4}
    assert found.left_out == {"repurchase_share": 1, "referral_share": 1}
    assert row("repurchase_share", state=ORIGINS, start=ago(7), end=D).values["repurchase_share"] == 0.5
