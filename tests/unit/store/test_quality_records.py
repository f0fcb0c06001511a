"""What the Quality page needs kept: issue counts an import, and the weekly sample with its marks; also in a workspace of an earlier version."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from salesanalytics.errors import UserError
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.types import SampledRow, SampleMark
from salesanalytics.store.workspace import open_workspace

DAY = date(2026, 11, 8)
LEADS = """客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人
1,甲,制造,展会,2026-10-01,线索,李
1,甲,制造,展会,2026-10-01,线索,李
2,,制造,展会,2026-10-02,意向,李
3,丙,制造,展会,2026-10-03,商机,王
3,丙丙,制造,展会,2026-10-03,报价,王
4,丁,制造,展会,2026-10-04,什么,王
"""


def batch(rows: str = LEADS):
    file = UploadedFile("leads.csv", rows.encode(), str(hash(rows)))
    return process([file], DEFAULT_SETTINGS, as_of=DAY)


def drawn(*customers: str) -> list[SampledRow]:
    return [SampledRow(each, f"名 {each}", None, "lead", {"stage": "lead"}, "a.xlsx", "s", 7) for each in customers]


def test_an_import_keeps_how_many_issues_of_each_kind_it_was_loaded_with() -> None:
    with open_workspace(None) as workspace:
        found = batch()
        outcome = workspace.load(found, DAY, who="Li", accept_errors=True)
        kept = workspace.issue_counts()[outcome.import_id]
    counts = {each.kind: each.n for each in kept}
    assert counts == dict(Counter(issue.kind for issue in found.issues))
    assert counts["duplicate-identical"] == 1
    assert counts["duplicate-conflicting"] == 2
    assert counts["unknown-stage"] == 1
    assert {each.table for each in kept} == {"leads"}


def test_an_import_without_issues_is_known_to_have_none() -> None:
    with open_workspace(None) as workspace:
        clean = LEADS.splitlines()[0] + "\n7,庚,制造,展会,2026-10-01,线索,李\n"
        found = batch(clean)
        outcome = workspace.load(found, DAY, who="Li")
        assert sum(each.n for each in workspace.issue_counts()[outcome.import_id]) == len(found.issues)


def test_each_issue_is_kept_with_its_place_and_each_row_read_with_its_key() -> None:
    with open_workspace(None) as workspace:
        found = batch()
        outcome = workspace.load(found, DAY, who="Li", accept_errors=True)
        kept = workspace.issues_of(outcome.import_id)
        assert sorted(map(repr, kept)) == sorted(map(repr, found.issues))
        kind = kept[0].kind
        assert workspace.issues_of(outcome.import_id, kind) == [issue for issue in kept if issue.kind == kind]
        read = workspace.rows_of(outcome.import_id)
        assert [row["key"] for row in read] == found.tables["leads"]["customer_id"].to_list()
        assert all(row["table"] == "leads" and row["file"] and row["row"] > 1 for row in read)


def test_a_workspace_of_schema_1_gets_the_new_tables_and_keeps_its_rows(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        workspace.load(batch(), DAY, who="Li", accept_errors=True)
        with workspace._writers.change() as cursor:
            for name in ("import_issues", "issue_places", "sample_rows", "sample_marks"):
                cursor.execute(f"DROP TABLE ws.main.{name}")
            cursor.execute("UPDATE ws.main.schema_version SET version = 1")
    with open_workspace(tmp_path) as workspace:
        assert workspace.issue_counts() == {}
        assert workspace.issues_of(1) == []
        assert workspace.sampled("everyone") == {}
        assert [record.import_id for record in workspace.imports()] == [1]
        workspace.mark_sampled("2026-W45", "everyone", drawn("1"), {"1": SampleMark("correct", "", "Li")})
        assert len(workspace.sampled("everyone")["2026-W45"]) == 1


def test_the_first_drawing_of_a_week_stands_and_the_newest_mark_counts() -> None:
    with open_workspace(None) as workspace:
        workspace.mark_sampled("2026-W45", "everyone", drawn("1", "2"), {"1": SampleMark("correct", "", "Li")})
        workspace.mark_sampled("2026-W45", "everyone", drawn("8", "9"), {"1": SampleMark("wrong", "电话不对", "Wang")})
        rows = workspace.sampled("everyone")["2026-W45"]
        log = [(entry.who, entry.action) for entry in workspace.audit_log()]
    assert [row.customer_id for row in rows] == ["1", "2"]
    assert rows[0].mark is not None
    assert (rows[0].mark.verdict, rows[0].mark.note, rows[0].mark.who) == ("wrong", "电话不对", "Wang")
    assert rows[0].mark.at is not None
    assert rows[1].mark is None
    assert log == [("Wang", "sample-checked"), ("Li", "sample-checked"), ("Li", "sample-drawn")]


def test_each_audience_has_its_own_sample() -> None:
    with open_workspace(None) as workspace:
        workspace.mark_sampled("2026-W45", "everyone", drawn("1"), {"1": SampleMark("correct", "", "Li")})
        assert workspace.sampled("team-east") == {}


def test_a_sealed_workspace_takes_no_marks() -> None:
    with open_workspace(None) as workspace:
        workspace.seal()
        with pytest.raises(UserError, match="workspace-read-only"):
            workspace.mark_sampled("2026-W45", "everyone", drawn("1"), {"1": SampleMark("correct", "", "Li")})
