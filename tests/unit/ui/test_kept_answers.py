from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from salesanalytics.insight.findings import Finding
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.kept_answers import KeptAnswers, program
from salesanalytics.ui.overview.answers import _WRITTEN_AS, _written


@dataclass(frozen=True)
class Told:
    on: date
    share: float | None


KIND = TypeAdapter(Told)
ANSWER = Told(date(2026, 11, 8), 0.1 + 0.2)


def never() -> Told:
    raise AssertionError("asked again")


def test_an_answer_outlives_the_process_that_computed_it_exactly(tmp_path):
    with open_workspace(tmp_path) as workspace:
        kept = KeptAnswers(workspace)
        assert kept.answer("key", KIND, lambda: ANSWER) == ANSWER
        kept.keep(workspace)
    with open_workspace(tmp_path) as workspace:
        assert KeptAnswers(workspace).answer("key", KIND, never) == ANSWER


def test_what_is_no_longer_asked_or_cannot_be_read_is_let_go(tmp_path):
    with open_workspace(tmp_path) as workspace:
        workspace.keep_answers({"old": "{}", "damaged": '{"on": "yesterday"}'})
        kept = KeptAnswers(workspace)
        assert kept.answer("damaged", KIND, lambda: ANSWER) == ANSWER
        kept.keep(workspace)
        assert list(workspace.kept_answers()) == ["damaged"]


def test_keeping_is_no_new_version_of_the_data(tmp_path):
    """Otherwise every page would refresh, and what was kept would not be found."""
    with open_workspace(tmp_path) as workspace:
        before = workspace.version()
        workspace.keep_answers({"a": "1"})
        assert workspace.version() == before


def test_every_answer_of_the_overview_can_be_written():
    for name in _WRITTEN_AS:
        _written(name)


def test_a_finding_reads_the_same_after_being_kept():
    params = {
        "stage_names": ("商机", "Opportunity"),
        "now_share": 0.6,
        "down_points": -0.1,
        "before_share": 0.7,
        "days": 30,
    }
    finding = Finding("stage-slower", "bad", params, 40, 2.0, ("funnel", {}))
    (read,) = _written("findings").validate_json(_written("findings").dump_json([finding]))
    assert [read.title("en"), read.detail("zh")] == [finding.title("en"), finding.detail("zh")]


def test_the_program_s_digest_is_one_and_stays():
    assert program() == program()
    assert len(program()) == 64
