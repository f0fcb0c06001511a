"""Random histories: the SQL of the state against a plain retelling of PRODUCT §3, customer by customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from salesanalytics.intake.types import Batch
from salesanalytics.store.workspace import open_workspace
from tests.counts import counted

START = date(2026, 7, 1)
ORDER = {"lead": 1, "prospect": 2, "opportunity": 3, "quote": 4, "won": 5}
OPEN = ["lead", "prospect", "opportunity", "quote"]
CUSTOMERS = ["A", "B", "C"]

days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
maybe_day = st.none() | days
row = st.fixed_dictionaries(
    {
        "stage": st.sampled_from([*ORDER, "lost"]),
        "first_contact_on": maybe_day,
        "won_on": maybe_day,
        "lost_on": maybe_day,
        "lost_from_stage": st.none() | st.sampled_from(OPEN),
        "last_followup_on": maybe_day,
        "expected_amount": st.none() | st.integers(1, 900).map(float),
        "actual_amount": st.none() | st.integers(1, 900).map(float),
        "owner": st.sampled_from(["Li", "Wu"]),
    }
)
call = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from(CUSTOMERS),
        "day": days,
        "stage_after": st.none() | st.sampled_from([*ORDER, "lost"]),
    }
)


@dataclass(frozen=True)
class History:
    imports: list[tuple[date, dict[str, dict[str, Any]]]]
    calls: list[dict[str, Any]] = field(default_factory=list)


histories = st.builds(
    History,
    st.lists(st.tuples(days, st.dictionaries(st.sampled_from(CUSTOMERS), row, min_size=1)), min_size=1, max_size=5).map(
        lambda told: sorted(told, key=lambda one: one[0])
    ),
    st.lists(call, max_size=12).map(lambda calls: sorted(calls, key=lambda one: one["day"])),
)


def _frames(history: History, place: int) -> dict[str, pl.DataFrame]:
    """Import ``place``: its leads, and the calls up to its date. Each file is another one, though it may say the same."""
    as_of, rows = history.imports[place]
    origin = {"_digest": f"{place}", "_file": f"{place}.xlsx", "_sheet": "s", "_row": 2}
    dated = {"first_contact_on": pl.Date, "won_on": pl.Date, "lost_on": pl.Date, "last_followup_on": pl.Date}
    leads = pl.DataFrame(
        [{"customer_id": customer, **values, **origin} for customer, values in rows.items()],
        schema_overrides=dated
        | {"lost_from_stage": pl.String, "expected_amount": pl.Float64, "actual_amount": pl.Float64},
    )
    calls = [
        {
            "followup_id": f"F{number:03}",
            "customer_id": one["customer_id"],
            "followed_up_at": datetime(one["day"].year, one["day"].month, one["day"].day, 9),
            "stage_after": one["stage_after"],
            **origin,
        }
        for number, one in enumerate(history.calls)
        if one["day"] <= as_of
    ]
    if not calls:
        return {"leads": leads}
    return {"leads": leads, "followups": pl.DataFrame(calls, schema_overrides={"stage_after": pl.String})}


def _told(history: History, as_of: date) -> dict[str, dict[str, Any]]:
    """What PRODUCT §3 says of each customer at ``as_of`` (not before the first import). All imports are full, one after the other."""
    known = [told for told in history.imports if told[0] <= as_of]
    with_calls = [on for on, _ in history.imports if any(c["day"] <= on for c in history.calls)]
    # before the first import with a log, the log is rebuilt from that import: what it says of the days up to D
    last_log = max([on for on in with_calls if on <= as_of] or with_calls, default=date.min)
    answers: dict[str, dict[str, Any]] = {}
    for customer in CUSTOMERS:
        sightings = [(on, rows[customer]) for on, rows in known if customer in rows]
        if not sightings or _missing(known, customer):
            continue
        calls = [c for c in history.calls if c["customer_id"] == customer and c["day"] <= min(as_of, last_log)]
        answers[customer] = _customer(sightings, calls, as_of)
    return answers


def _missing(known: list[tuple[date, dict[str, dict[str, Any]]]], customer: str) -> bool:
    """Their owner is in a later file, they are not."""
    seen = max(place for place, (_, rows) in enumerate(known) if customer in rows)
    owner = known[seen][1][customer]["owner"]
    return any(row["owner"] == owner for _, rows in known[seen + 1 :] for row in rows.values())


def _customer(sightings: list[tuple[date, dict[str, Any]]], calls: list[dict[str, Any]], as_of: date) -> dict[str, Any]:
    now = sightings[-1][1]
    stage = now["stage"]
    winner = _start_of_last_run(sightings)[1]
    log = [(c["day"], c["stage_after"]) for c in calls if c["stage_after"]]
    own = {"won": now["won_on"], "lost": now["lost_on"]}.get(stage)
    own = own if own is not None and own <= as_of else None
    closed_on, recorded = own, True
    if stage in {"won", "lost"} and not own:
        closed_on, recorded = _told_closing(sightings, log, stage)
    evidence = [ORDER[s] for s in [*(r["stage"] for _, r in sightings), *(s for _, s in log)] if s in ORDER]
    if stage == "lost" and now["lost_from_stage"]:
        evidence.append(ORDER[now["lost_from_stage"]])
    worth = now["actual_amount"] if now["actual_amount"] is not None else now["expected_amount"]
    contacts = [c["day"] for c in calls]
    table = [now["last_followup_on"]] if now["last_followup_on"] and now["last_followup_on"] <= as_of else []
    return {
        "stage": stage,
        "won_on": closed_on if stage == "won" else None,
        "lost_on": closed_on if stage == "lost" else None,
        "inferred": not recorded,
        "reached_order": 5 if stage == "won" else min(max(evidence, default=1), 4),
        "reached_unknown": stage == "lost" and not evidence,
        "deal_amount": worth if stage == "won" else None,
        "last_contact_on": max([*contacts, *table], default=now["first_contact_on"]),
        "followup_count": len(calls),
        "won_owner": winner if stage == "won" else None,
        "silent": _is_silent(max([*contacts, *table], default=now["first_contact_on"]), contacts, as_of),
    }


def _start_of_last_run(sightings: list[tuple[date, dict[str, Any]]]) -> tuple[date, str]:
    start = len(sightings) - 1
    while start and sightings[start - 1][1]["stage"] == sightings[-1][1]["stage"]:
        start -= 1
    return sightings[start][0], sightings[start][1]["owner"]


def _told_closing(
    sightings: list[tuple[date, dict[str, Any]]], log: list[tuple[date, str]], stage: str
) -> tuple[date, bool]:
    """When log and table together last told of coming into a stage, and whether the log did. The log speaks during a day, the table at its end.

    The table adds nothing where the log told the same since the table's last change, or told more before the table's first word; and nothing
    between the log's last word, if it is that the deal is closed, and the table's first word of it.
    """
    log = [(day, told) for place, (day, told) in enumerate(log) if not place or log[place - 1][1] != told]
    moves = [(on, row["stage"]) for on, row in sightings]
    turns = [place for place in range(len(moves)) if not place or moves[place - 1][1] != moves[place][1]]
    runs = [moves[place] for place in turns]
    first_told = next(place for place, (_, told) in enumerate(runs) if told == stage)
    evidence = [(day, 0, told) for day, told in log]
    for place, (on, told) in enumerate(runs):
        before = runs[place - 1][0] if place else date.min
        same = any(word == told and before < day <= on for day, word in log)
        ahead = not place and any(
            day <= on and word in ORDER and told in ORDER and ORDER[word] >= ORDER[told] for day, word in log
        )
        lags = place < first_told and log and log[-1][1] == stage and log[-1][0] <= on
        if not (same or ahead or lags):
            evidence.append((on, 1, told))
    evidence.sort(key=lambda one: one[:2])
    while evidence[-1][2] != stage:
        evidence.pop()
    while len(evidence) > 1 and evidence[-2][2] == stage:
        evidence.pop()
    return evidence[-1][0], evidence[-1][1] == 0


def _is_silent(last: date | None, contacts: list[date], as_of: date) -> bool:
    if last is None:
        return False
    silent = (as_of - last).days
    occasions = sorted(set(contacts))
    gaps = [(b - a).days for a, b in pairwise(occasions)]
    return silent >= 30 or (len(contacts) >= 4 and bool(gaps) and silent > 2 * median(gaps))


@given(histories, st.integers(0, 50))
def test_the_state_is_what_the_contract_tells(history: History, later: int) -> None:
    as_of = history.imports[0][0] + timedelta(days=later)
    with open_workspace(None) as workspace:
        for place in range(len(history.imports)):
            batch = Batch(_frames(history, place), (), (), ())
            workspace.load(batch, history.imports[place][0], who="test")
        state = workspace.state(as_of)
        rows = state.fetch(
            f"""SELECT customer_id, stage, won_on, lost_on, won_on_inferred OR lost_on_inferred AS inferred, reached_order, reached_unknown,
            deal_amount::DOUBLE AS deal_amount, last_contact_on, followup_count, won_owner, coalesce(tier = 'churn-risk', false) AS silent
            FROM {state.relation("leads")}"""
        )
        found = {row.pop("customer_id"): row for row in rows}
        expected = _told(history, as_of)
        for told in expected.values():
            told["silent"] = told["silent"] and told["stage"] != "lost"
        assert found == expected
        _check_reach(state.fetch(f"FROM {state.relation('stage_reach')} ORDER BY customer_id, stage_order"), found)
        _check_closings(state.fetch(f"FROM {state.relation('stage_entries')} ORDER BY customer_id, place"), found)
        counted("random histories retold")


def _check_closings(entries: list[dict[str, Any]], leads: dict[str, dict[str, Any]]) -> None:
    """A closed deal's history ends with its closing, on the day and as certain as the deal itself says; no history runs backwards."""
    for customer, lead in leads.items():
        mine = [row for row in entries if row["customer_id"] == customer]
        days = [row["entered_on"] for row in mine]
        assert days == sorted(days)
        assert all(one["stage"] != after["stage"] for one, after in pairwise(mine))
        if lead["stage"] in ("won", "lost"):
            last = (mine[-1]["stage"], mine[-1]["entered_on"], mine[-1]["inferred"])
            assert last == (lead["stage"], lead["won_on"] or lead["lost_on"], lead["inferred"])


def _check_reach(reach: list[dict[str, Any]], leads: dict[str, dict[str, Any]]) -> None:
    """Every stage up to the furthest exactly once; dates never run backwards beyond the first contact; won on the day it was won."""
    for customer, lead in leads.items():
        mine = [row for row in reach if row["customer_id"] == customer]
        assert [row["stage_order"] for row in mine] == list(range(1, lead["reached_order"] + 1))
        dates = [row["first_entered_on"] for row in mine[1:] if row["first_entered_on"] is not None]
        assert dates == sorted(dates)
        if lead["stage"] == "won":
            assert mine[-1]["first_entered_on"] == lead["won_on"]
    assert {row["customer_id"] for row in reach} == set(leads)
