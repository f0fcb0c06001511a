"""What docs/sample-data.md promises can be found is in the rows, measured here without the product's own metrics."""

from datetime import date, timedelta

import polars as pl

AS_OF = date(2026, 11, 8)
COLLAPSE = date(2026, 8, 31)
STICKS = date(2026, 9, 14)
won, lost = pl.col("stage") == "won", pl.col("stage") == "lost"
contacted = pl.col("first_contact_on")


def share_won_in_30_days(leads: pl.DataFrame) -> tuple[float, int]:
    old = leads.filter(contacted <= AS_OF - timedelta(days=30))
    soon = old.filter(won & ((pl.col("won_on") - contacted).dt.total_days() <= 30))
    return soon.height / old.height, old.height


def share_that_moved_on(leads: pl.DataFrame) -> float:
    """Of leads at least three weeks old: those that are not lost from, or still at, the first stage."""
    old = leads.filter(contacted <= AS_OF - timedelta(days=21))
    stuck = old.filter((pl.col("stage") == "lead") | (lost & (pl.col("lost_from_stage") == "lead")))
    return 1 - stuck.height / old.height


def test_the_advertising_channel_collapses(last_leads):
    ads, others = last_leads.filter(pl.col("source") == "线上广告"), last_leads.filter(pl.col("source") != "线上广告")
    before, after = ads.filter(contacted < COLLAPSE), ads.filter(contacted >= COLLAPSE)
    rate_before, _ = share_won_in_30_days(before)
    rate_after, n_after = share_won_in_30_days(after)
    assert n_after >= 30, "enough leads after the collapse to judge"
    assert rate_before > 0.05
    assert rate_after < rate_before / 2
    assert share_that_moved_on(after) < share_that_moved_on(before) - 0.2
    assert (
        abs(
            share_that_moved_on(others.filter(contacted >= COLLAPSE))
            - share_that_moved_on(others.filter(contacted < COLLAPSE))
        )
        < 0.1
    )


def test_the_opportunity_stage_sticks(all_followups, last_leads):
    entered = (
        all_followups.filter(pl.col("stage_after").is_in(["opportunity", "quote"]))
        .group_by("customer_id", "stage_after")
        .agg(pl.col("followed_up_at").min().dt.date().alias("day"))
        .pivot(on="stage_after", index="customer_id", values="day")
        .drop_nulls("opportunity")
    )
    days = (pl.col("quote") - pl.col("opportunity")).dt.total_days()
    before = entered.filter(pl.col("quote") < STICKS).select(days.median()).item()
    after = entered.filter(pl.col("quote") >= STICKS).select(days.median()).item()
    assert after > before * 1.3

    leaked = last_leads.filter(lost & (pl.col("lost_from_stage") == "opportunity"))
    passed = entered.drop_nulls("quote")
    shares = []
    for since in (False, True):
        gone = leaked.filter((pl.col("lost_on") >= STICKS) == since).height
        through = passed.filter((pl.col("quote") >= STICKS) == since).height
        shares.append(gone / (gone + through))
    assert shares[1] > 1.6 * shares[0]
    reasons = leaked.filter(pl.col("lost_on") >= STICKS)["lost_reason"].value_counts(sort=True)
    assert reasons["lost_reason"][0] == "预算不足"
    assert reasons["count"][0] / reasons["count"].sum() > 0.4


def test_one_rep_stopped_recording(all_followups, last_leads):
    recent = all_followups.filter(pl.col("followed_up_at").dt.date() >= date(2026, 10, 19))
    reps = set(last_leads["owner"].drop_nulls())
    assert len(reps) == 12
    assert reps - set(recent["followed_up_by"]) == {"郑凯"}
    assert all_followups.filter(pl.col("followed_up_by") == "郑凯").height > 200
    assert last_leads.filter((pl.col("owner") == "郑凯") & ~won & ~lost).height >= 5


def test_high_value_customers_sit_in_one_cell(last_leads):
    cells = (
        last_leads.filter(~won & ~lost)
        .group_by("industry", "region")
        .agg(pl.col("expected_amount").sum().alias("open"), pl.len().alias("n"))
        .sort("open", descending=True)
    )
    assert cells.row(0)[:2] == ("零售快消", "西北")
    assert cells["open"][0] > 1.5 * cells["open"][1]
    hero = last_leads.filter(pl.col("customer_name") == "云帆零售集团").row(0, named=True)
    assert (hero["stage"], hero["owner"], hero["expected_amount"]) == ("quote", "刘洋", 4_500_000)
    assert (AS_OF - hero["last_followup_on"]).days > 30


def test_levels_are_those_of_a_real_company(last_leads, sample_exports):
    closed = last_leads.filter(won | lost)
    assert 0.25 < closed.filter(won).height / closed.height < 0.35
    cycle = last_leads.filter(won).select((pl.col("won_on") - contacted).dt.total_days().median()).item()
    assert 36 <= cycle <= 48
    sold = last_leads.filter(won & (pl.col("won_on") > AS_OF - timedelta(weeks=26)))
    assert 3_000_000 < sold["actual_amount"].sum() / 26 < 6_000_000
    quarter = last_leads.filter(pl.col("won_on") >= date(2026, 10, 1))
    targets = pl.DataFrame(sample_exports[-1].tables["targets"], infer_schema_length=None)
    whole = targets.filter((pl.col("period") == "2026Q4") & pl.col("owner").is_null())
    company = whole.filter(pl.col("team").is_null())["target_amount"].item()
    assert 0.36 < quarter["actual_amount"].sum() / company < 0.44
    elapsed = 39 / 92
    paces = [
        quarter.filter(pl.col("team") == team)["actual_amount"].sum() / target > elapsed
        for team, target in whole.drop_nulls("team").select("team", "target_amount").iter_rows()
    ]
    assert sorted(paces)[0] is False
    assert sorted(paces)[-1] is True


def test_last_year_partly_exists(last_leads):
    assert last_leads.filter(pl.col("won_on").is_between(date(2025, 10, 1), date(2025, 12, 31))).height > 20
