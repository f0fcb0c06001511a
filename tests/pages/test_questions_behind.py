"""Numbers reckoned from others open what they are reckoned from: points ahead of pace, shares of a rep's target, samples of findings, differences of channels."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salesanalytics.charts.tokens import LIGHT
from salesanalytics.insight.advances import ADVANCE_DAYS, advances
from salesanalytics.insight.channels import SHARE
from salesanalytics.insight.findings import Finding
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.ui.channels.answers import found_channels, found_comparison
from salesanalytics.ui.channels.opened_difference import ALL, IN, WITHIN, difference_number, opened_difference
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.overview import opened_step
from salesanalytics.ui.overview.answers import company_and_teams, reps_ranked
from salesanalytics.ui.overview.opened import finding_question, target_question
from salesanalytics.ui.overview.opened_step import is_step, open_step
from salesanalytics.ui.periods import target_bucket
from salesanalytics.ui.view_state import ViewState


@pytest.fixture
def frame(desk):
    return Frame("en", "light", LIGHT, ViewState(), desk)


def answer(frame, question):
    metric, filters = question
    row = frame.desk.ask(MetricQuery((metric,), (), filters)).total
    return row.values[metric], row.n[metric]


def test_points_of_pace_and_shares_of_targets_are_their_questions_answers(frame):
    whole = target_bucket(frame.state.period, frame.as_of)[1]
    company, teams = company_and_teams(frame.desk, (), whole)
    assert company
    assert len(teams) > 1
    for one in (*company, *teams[:2]):
        assert answer(frame, target_question(frame, "pace", one.name or ""))[0] == pytest.approx(one.ahead)
    reps = [one for one in reps_ranked(frame.desk, (), whole) if one.attainment is not None]
    assert reps
    for one in (reps[0], reps[-1]):
        value, _ = answer(frame, target_question(frame, "attained", one.name))
        assert (value or 0.0) == pytest.approx(one.attainment)


def test_the_sample_of_a_finding_is_its_questions_answer(frame):
    """The sample has too few leads for a finding of its own; the questions are those of ``insight.findings``."""
    view = frame.desk.view
    held = view.fetch("SELECT owner, count(*) AS n FROM leads WHERE is_open AND owner <> '' GROUP BY owner ORDER BY n")
    assert held
    for row in (held[0], held[-1]):
        finding = Finding("rep-silent", "warn", {"owner": row["owner"]}, row["n"], 1.0)
        assert answer(frame, finding_question(frame, finding))[1] == row["n"]
    start = view.as_of - timedelta(days=180)
    sql = "SELECT source, count(*) AS n FROM leads WHERE first_contact_on BETWEEN ? AND ? AND source <> '' GROUP BY source ORDER BY n"
    for row in view.fetch(sql, [start, view.as_of - timedelta(days=30)]):
        finding = Finding("channel-up", "good", {"source": row["source"]}, row["n"], 1.0)
        assert answer(frame, finding_question(frame, finding))[1] == row["n"]


def test_a_difference_opens_the_leads_of_both_channels(frame):
    filters = Filters()
    names = [one.sources[0] for one in found_channels(frame.desk, filters).channels if one.named][:2]
    found = found_comparison(frame.desk, filters, (names[0], names[1]))
    stratum = next(one for one in found.strata if one.difference)
    for kind, name, pair in ((ALL, "", found.pair), (IN, stratum.name, stratum.pair)):
        opened = opened_difference(frame, filters, difference_number(*names, kind, name))
        sides = [[row for row in opened.rows if row["note"] == one] for one in names]
        (k1, n1), (k2, n2) = ((sum(row["hit"] for row in side), len(side)) for side in sides)
        assert (k1, n1, k2, n2) == (pair.k1, pair.n1, pair.k2, pair.n2)
        assert k1 / n1 - k2 / n2 == pytest.approx(opened.difference.value)
        assert frame.desk.metric(SHARE).formula("en") in opened.formula
    within = opened_difference(frame, filters, difference_number(*names, WITHIN))
    shared = sum(one.pair.n1 + one.pair.n2 for one in found.strata if one.pair.comparable)
    assert within.difference == found.within
    assert len(within.rows) == shared
    assert opened_difference(frame, filters, difference_number(*names, "nothing")) is None
    assert opened_difference(frame, filters, '["a", "b"]') is None


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slower_stage_opens_who_entered_it_with_their_stays(frame, lang, earlier, monkeypatch):
    opened = []
    monkeypatch.setattr(opened_step, "rows_dialog", lambda *args, like=None: opened.append(args))
    frame = replace(frame, lang=lang)
    counts = advances(frame.desk.view, ())[earlier]
    k, n = counts["lead"]
    assert n > 10
    finding = Finding("stage-slower", "bad", {"stage": "lead", "before_n": 9}, n, 1.0, ("funnel", {}))
    assert is_step(finding)
    assert finding_question(frame, finding) is None  # no metric's: the rows are its own
    open_step(frame, finding, earlier=earlier)
    ((_, value, formula, filters, rows, title),) = opened
    assert value == f"{100 * k / n:.1f}%"
    assert len(rows) == n
    assert sum(row["hit"] for row in rows) == k
    assert str(filters.start) in formula
    assert str(ADVANCE_DAYS) in title
    assert all(row["note"] and filters.start <= row["on"] <= filters.end for row in rows)
    assert [row["hit"] for row in rows] == sorted(row["hit"] for row in rows)  # who did not go on comes first
