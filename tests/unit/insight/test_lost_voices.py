"""The last words of lost customers, counted once a customer and only of those lost from the asked stage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from known_state import KnownState, lead

from salesanalytics.access import Scope
from salesanalytics.insight.lost_voices import Voice, lost_voices
from salesanalytics.metrics.types import Filters

AS_OF = date(2026, 11, 8)


def said(number: int, customer: str, day: int, words: str | None) -> dict[str, Any]:
    return {
        "followup_id": f"F{number}", "customer_id": customer, "followed_up_at": datetime(2026, 10, day), "feedback": words,
    }  # fmt: skip


def state() -> KnownState:
    def lost(name: str, day: int, **more: Any) -> dict[str, Any]:
        return lead(
            name, "lost", reached="opportunity", first_contact_on=date(2026, 9, 1), lost_on=date(2026, 10, day), **more
        )

    return KnownState(
        AS_OF,
        [
            lost("1", 20, owner="A"),
            lost("2", 21, owner="B"),
            lost("3", 5, owner="B"),
            lost("4", 6),
            lead("5", "lost", reached="prospect", first_contact_on=date(2026, 9, 1), lost_on=date(2026, 10, 9)),
            lead("6", "opportunity", first_contact_on=date(2026, 9, 1)),
        ],
        followups=[
            said(1, "1", 2, "early words"),
            said(2, "1", 9, " too dear "),
            said(3, "2", 12, "too dear"),
            said(4, "3", 3, "no budget"),
            said(5, "4", 3, "  "),
            said(6, "5", 3, "another stage"),
            said(7, "6", 3, "still open"),
        ],
    )


def test_the_last_words_of_each_are_counted() -> None:
    found = lost_voices(state().view(), Filters(), "cohort", "opportunity")
    assert found.voices == (Voice("too dear", 2, date(2026, 10, 12)), Voice("no budget", 1, date(2026, 10, 3)))
    assert found.heard == 3


def test_a_flow_hears_those_lost_in_the_period_and_a_snapshot_nobody() -> None:
    october = Filters((), date(2026, 10, 10), date(2026, 10, 31))
    assert [voice.words for voice in lost_voices(state().view(), october, "flow", "opportunity").voices] == ["too dear"]
    assert lost_voices(state().view(), october, "cohort", "opportunity").heard == 0
    assert lost_voices(state().view(), Filters(), "snapshot", "opportunity").heard == 0


def test_nobody_hears_customers_out_of_their_scope() -> None:
    mine = state().view(Scope(owners=frozenset({"A"}), pool=False))
    assert lost_voices(mine, Filters(), "cohort", "opportunity").voices == (Voice("too dear", 1, date(2026, 10, 9)),)
