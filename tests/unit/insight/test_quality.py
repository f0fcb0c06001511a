"""Completeness, late recording, gaps, imports over time and the weekly sample, each counted by hand beside."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from known_state import KnownState, lead

from salesanalytics.access import EVERYONE, Scope
from salesanalytics.insight.late_recording import late_recording
from salesanalytics.insight.quality import completeness
from salesanalytics.insight.quality_gaps import GAPS, gap_counts, gap_rows
from salesanalytics.insight.quality_trend import import_quality, kinds_over_time
from salesanalytics.insight.weekly_sample import accuracy, audience, draw_sample, iso_week
from salesanalytics.metrics.types import Filters
from salesanalytics.metrics.wilson import interval
from salesanalytics.settings import DEFAULT_SETTINGS, MetricOptions
from salesanalytics.store.types import ImportRecord, IssueCount, SampledRow, SampleMark, TableCounts

AS_OF = date(2026, 11, 8)
ANY_SAMPLE = DEFAULT_SETTINGS.model_copy(update={"metrics": MetricOptions(min_sample=2)})
DAY = date(2026, 10, 1)
ONLY_A = Scope(owners=frozenset({"A"}), pool=False)


def known() -> KnownState:
    """A: 2 customers complete but for one industry; B: 3, of them one lost without a reason and one won on an inferred date; the pool: 1."""
    everything: dict[str, Any] = {
        "industry": "x",
        "source": "fair",
        "first_contact_on": DAY,
        "expected_amount": 10,
        "last_followup_on": DAY,
    }
    return KnownState(
        AS_OF,
        [
            lead("1", owner="A", **everything),
            lead("2", owner="A", **(everything | {"industry": None})),
            lead("3", "won", owner="B", won_on=DAY, won_on_inferred=True, **everything),
            lead("4", "lost", owner="B", lost_on=DAY, reached="lead", **(everything | {"source": "  "})),
            lead("5", "lost", owner="B", lost_on=DAY, lost_reason="price", reached="lead", **everything),
            lead("6", owner="", **(everything | {"expected_amount": None, "expected_close_on": date(2026, 11, 1)})),
        ],
    )


def test_each_column_counts_the_customers_it_is_about() -> None:
    found = completeness(known().view(), ANY_SAMPLE)
    by_name = {column.column: (column.filled, column.n) for column in found.columns}
    assert by_name["customer_name"] == (6, 6)
    assert by_name["industry"] == (5, 6)
    assert by_name["source"] == (5, 6)  # blanks are no value
    assert by_name["expected_amount"] == (5, 6)
    assert by_name["expected_close_on"] == (1, 3)  # of the open ones
    assert by_name["lost_reason"] == (1, 2)  # of the lost ones
    assert by_name["lost_on"] == (2, 2)
    # the date of the won one was inferred, and nobody else's was recorded: the column is not in the files
    assert "won_on" in found.absent
    assert "actual_amount" in found.absent
    shares = [column.share for column in found.columns if column.scored and column.n]
    assert shares == sorted(shares)
    assert [column.scored for column in found.columns] == sorted(
        (column.scored for column in found.columns), reverse=True
    )


def test_reps_are_ranked_by_their_scored_cells_and_small_ones_come_last() -> None:
    found = completeness(known().view(), ANY_SAMPLE)
    reps = {rep.owner: rep for rep in found.reps}
    # A: 2 customers × (name, industry, source, first contact, amount, last follow-up) + expected close
    assert (reps["A"].filled, reps["A"].n) == (11, 14)
    # B: 3 × 6, + 2 × (lost date, reason)
    assert (reps["B"].filled, reps["B"].n) == (3 * 6 - 1 + 2 + 1, 3 * 6 + 4)
    assert (reps[None].filled, reps[None].n) == (6, 7)
    assert [rep.owner for rep in found.reps] == ["A", "B", None]
    assert [rep.small for rep in found.reps] == [False, False, True]
    assert reps["A"].weakest[0].column == "expected_close_on"
    assert found.filled == sum(rep.filled for rep in found.reps)
    assert found.cells == sum(rep.n for rep in found.reps)


def test_a_filter_and_a_scope_narrow_the_completeness() -> None:
    assert completeness(known().view(), ANY_SAMPLE, (("owner", ("B",)),)).customers == 3
    found = completeness(known().view(ONLY_A), ANY_SAMPLE)
    assert (found.customers, [rep.owner for rep in found.reps]) == (2, ["A"])


def test_nobody_to_see_has_no_share() -> None:
    found = completeness(KnownState(AS_OF).view(), DEFAULT_SETTINGS)
    assert (found.customers, found.share, found.reps) == (0, None, ())


def followup(name: str, rep: str, at: datetime, recorded: datetime | None, customer: str = "1") -> dict[str, Any]:
    return {
        "followup_id": name,
        "customer_id": customer,
        "followed_up_by": rep,
        "followed_up_at": at,
        "recorded_at": recorded,
    }


def log() -> KnownState:
    noon = datetime(2026, 11, 2, 12)
    return KnownState(
        AS_OF,
        [lead("1", owner="A"), lead("2", owner="B")],
        followups=[
            followup("1", "A", noon, datetime(2026, 11, 3, 12)),  # a day to the minute: not over a day
            followup("2", "A", noon, datetime(2026, 11, 3, 12, 1)),  # a minute more
            followup("3", "A", noon, datetime(2026, 11, 2, 9)),  # ahead of time: no delay
            followup("4", "A", noon, None),
            followup("5", "B", datetime(2026, 11, 2), datetime(2026, 11, 3, 23), "2"),  # a date alone: the next day
            followup("6", "B", datetime(2026, 11, 2), datetime(2026, 11, 4, 1), "2"),  # two days
            followup("7", "B", datetime(2026, 1, 2), datetime(2026, 2, 4), "2"),  # long ago
        ],
    )


def test_late_recording_by_rep() -> None:
    found = late_recording(log().view(), ANY_SAMPLE, Filters((), date(2026, 11, 2), AS_OF))
    assert (found.whole.late, found.whole.n, found.untimed) == (2, 5, 1)
    reps = {rep.rep: rep for rep in found.reps}
    assert (reps["A"].late, reps["A"].n) == (1, 3)
    assert (reps["B"].late, reps["B"].n, reps["B"].median_days) == (1, 2, 1.5)
    assert reps["A"].median_days == pytest.approx(1.0)
    assert found.whole.bounds == interval(2, 5)
    assert [rep.rep for rep in found.reps] == ["B", "A"]


def test_a_scope_narrows_the_late_recording_and_an_empty_log_has_none() -> None:
    found = late_recording(log().view(ONLY_A), ANY_SAMPLE)
    assert [rep.rep for rep in found.reps] == ["A"]
    assert late_recording(log().view(), ANY_SAMPLE, Filters((("owner", ("B",)),))).whole.n == 3
    assert late_recording(log().view(), ANY_SAMPLE, Filters((), None, date(2026, 11, 1))).whole.n == 1
    none = late_recording(KnownState(AS_OF).view(), DEFAULT_SETTINGS)
    assert (none.whole.n, none.whole.share, none.reps) == (0, None, ())


def test_gaps_are_counted_and_their_rows_are_as_many() -> None:
    view = known().view()
    counts = gap_counts(view)
    assert counts == {
        "overdue-close": 1, "no-amount": 1, "undated": 0, "won-undated": 1, "lost-undated": 0, "lost-from-unknown": 0,
    }  # fmt: skip
    assert {gap: len(gap_rows(view, gap)) for gap in GAPS} == counts
    overdue = gap_rows(view, "overdue-close")[0]
    assert (overdue["customer_id"], overdue["overdue_days"], overdue["file"]) == ("6", 7, "leads.xlsx")
    assert sum(gap_counts(known().view(ONLY_A)).values()) == 0


def test_a_deal_expected_to_close_today_is_not_overdue() -> None:
    assert gap_counts(KnownState(AS_OF, [lead("1", expected_close_on=AS_OF)]).view())["overdue-close"] == 0


def record(import_id: int, day: date, undone: datetime | None = None) -> ImportRecord:
    loaded = datetime(2026, 11, 1, tzinfo=UTC)
    counts = {"leads": TableCounts(new=90, quarantined=10)}
    return ImportRecord(import_id, day, "full", "Li", loaded, ("a.xlsx",), counts, undone, None)


def test_imports_over_time_tell_none_found_from_not_kept() -> None:
    records = [record(1, date(2026, 10, 25)), record(2, date(2026, 11, 1)), record(3, AS_OF), record(4, date(2026, 11, 15)),
               record(5, AS_OF, datetime(2026, 11, 9, tzinfo=UTC))]  # fmt: skip
    kept = {
        2: (),
        3: (IssueCount("leads", "bad", "warning", 3), IssueCount("followups", "bad", "error", 2), IssueCount("leads", "duplicate-identical", "warning", 4)),
    }  # fmt: skip
    found = import_quality(records, kept, AS_OF, EVERYONE)
    assert found is not None
    assert [each.import_id for each in found] == [1, 2, 3]  # undone and later ones are not there
    assert [each.issues for each in found] == [None, 0, 9]
    assert [each.of("bad") for each in found] == [None, 0, 5]
    assert found[2].per_thousand == 90
    assert kinds_over_time(found) == ("duplicate-conflicting", "duplicate-identical", "bad")


def test_imports_are_the_whole_company_s() -> None:
    assert import_quality([record(1, AS_OF)], {}, AS_OF, ONLY_A) is None


def company(as_of: date = AS_OF) -> KnownState:
    return KnownState(
        as_of, [lead(f"{owner}{n}", owner=owner) for owner in "ABC" for n in range(40 if owner == "A" else 4)]
    )


def test_the_sample_is_the_same_all_week_another_next_week_and_spread_over_owners() -> None:
    drawn = draw_sample(company().view(), DEFAULT_SETTINGS, "w")
    assert len(drawn) == len({row.customer_id for row in drawn}) == 10
    monday = draw_sample(company(date(2026, 11, 2)).view(), DEFAULT_SETTINGS, "w")
    assert [row.customer_id for row in monday] == [row.customer_id for row in drawn]
    ids = [row.customer_id for row in drawn]
    assert [row.customer_id for row in draw_sample(company(date(2026, 11, 9)).view(), DEFAULT_SETTINGS, "w")] != ids
    assert [row.customer_id for row in draw_sample(company().view(), DEFAULT_SETTINGS, "other")] != ids
    # A has 40 of 48 customers, yet no owner gives a fifth row before the others gave what they have
    counts = sorted(sum(row.owner == owner for row in drawn) for owner in "ABC")
    assert counts == [3, 3, 4]
    assert all(row.file and row.row for row in drawn)


def test_a_scope_draws_from_its_own_customers_and_keeps_its_own_sample() -> None:
    drawn = draw_sample(company().view(ONLY_A), DEFAULT_SETTINGS, "w")
    assert {row.owner for row in drawn} == {"A"}
    assert audience(ONLY_A) != audience(EVERYONE) != audience(Scope(teams=frozenset({"A"})))
    assert draw_sample(KnownState(AS_OF).view(), DEFAULT_SETTINGS, "w") == ()


def test_every_customer_of_an_owner_has_the_same_chance() -> None:
    """Over 300 workspaces each of A's 40 customers is drawn about equally often (chi-squared, 39 degrees, 99.9 %: 72.1)."""
    view, seen = company().view(ONLY_A), dict.fromkeys((f"A{n}" for n in range(40)), 0)
    for seed in range(300):
        for row in draw_sample(view, DEFAULT_SETTINGS, str(seed)):
            seen[row.customer_id] += 1
    expected = 300 * 10 / 40
    assert sum((n - expected) ** 2 / expected for n in seen.values()) < 72.1


def test_accuracy_counts_verdicts_alone() -> None:
    def row(name: str, verdict: Any) -> SampledRow:
        return SampledRow(name, None, None, "lead", {}, "a", "s", 1, SampleMark(verdict, "", "Li") if verdict else None)

    kept = {
        "2026-W44": [
            row("1", "correct"),
            row("2", "correct"),
            row("3", "wrong"),
            row("4", "unchecked"),
            row("5", None),
        ],
        "2026-W45": [row("1", None)],
    }
    newest, before = accuracy(kept)
    assert (newest.week, newest.checked, newest.share, newest.bounds) == ("2026-W45", 0, None, None)
    assert (before.correct, before.wrong, before.rows, before.share) == (2, 1, 5, pytest.approx(2 / 3))
    assert before.bounds == interval(2, 3)


def test_the_week_is_iso() -> None:
    assert [iso_week(day) for day in (date(2026, 11, 8), date(2027, 1, 1))] == ["2026-W45", "2026-W53"]
