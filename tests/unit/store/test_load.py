"""Loading: counts, provenance, repeats, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from salesanalytics.errors import UserError
from salesanalytics.intake.types import Batch, QuarantinedRow
from salesanalytics.store import workspace as workspace_module
from salesanalytics.store.newest import newest_rows_sql
from salesanalytics.store.types import TableCounts
from salesanalytics.store.workspace import Workspace
from salesanalytics.tables import BY_NAME, TABLES

MONDAY, NEXT = date(2026, 11, 9), date(2026, 11, 16)
MakeBatch = Callable[..., Batch]


def lead(customer: str, **values: Any) -> dict[str, Any]:
    return {"customer_id": customer, "stage": "lead", "owner": "Li", **values}


def newest(workspace: Workspace, table: str, as_of: date = NEXT) -> list[dict[str, Any]]:
    with workspace._reading() as cursor:
        cursor.execute(f"SELECT * FROM ({newest_rows_sql(BY_NAME[table])}) ORDER BY row", {"as_of": as_of})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def stored(workspace: Workspace, table: str) -> int:
    with workspace._reading() as cursor:
        return cursor.execute(f"SELECT count(*) FROM ws.main.{table}_content").fetchall()[0][0]


def test_every_table_comes_back_as_it_went_in(workspace: Workspace, batch_of: MakeBatch) -> None:
    rows = {
        "leads": [
            lead(
                "007", first_contact_on=date(2026, 1, 2), expected_amount=0.1, assigned_at=datetime(2026, 1, 2, 8, 30)
            ),
            lead("CL2", _custom='{"产品线": "X", "等级": null}'),
        ],
        "followups": [
            {"followup_id": "1", "customer_id": "007", "followed_up_at": datetime(2026, 1, 3, 9), "effective": True}
        ],
        "conversion": [{"stage": "lead", "entered": 100, "conversion_share": 1 / 3}],
        "funnel": [{"stage": "won", "customers": 5, "period": "2026-10"}],
        "targets": [{"period": "2026Q4", "target_amount": 1500000.0}],
        "contracts": [{"contract_id": "H1", "customer_id": "007", "signed_on": MONDAY, "contract_amount": 99999999.99}],
        "channel_costs": [{"source": "展会", "period": "2026-10", "cost": 50000.0}],
    }
    outcome = workspace.load(batch_of(**rows), MONDAY, who="Li")
    assert list(outcome.tables) == [table.name for table in TABLES]
    for name, loaded in rows.items():
        assert outcome.tables[name] == TableCounts(new=len(loaded))
        for given, found in zip(loaded, newest(workspace, name), strict=True):
            for column, value in given.items():
                if column != "_custom":
                    kept = found[column]
                    assert (float(kept) if isinstance(kept, Decimal) else kept) == value
            assert (found["file"], found["sheet"], found["import_id"]) == ("week.xlsx", name, outcome.import_id)
    assert [row["row"] for row in newest(workspace, "leads")] == [2, 3]
    assert newest(workspace, "leads")[1]["custom"] == '{"产品线": "X"}'


def test_counts_against_the_state_just_before(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(batch_of(leads=[lead("1"), lead("2"), lead("3"), lead("4", owner="Wu")]), MONDAY, who="Li")
    week = batch_of(leads=[lead("1"), lead("2", stage="won"), lead("5")])
    preview = workspace.preview(week, NEXT)
    counts = TableCounts(new=1, updated=1, unchanged=1, missing=1)
    assert preview.tables == {"leads": counts}
    assert preview.samples["leads"] == {"new": ("5",), "updated": ("2",), "unchanged": ("1",), "missing": ("3",)}
    assert [row["customer_id"] for row in newest(workspace, "leads")] == ["1", "2", "3", "4"], (
        "a preview changes nothing"
    )
    assert workspace.load(week, NEXT, who="Li").tables == {"leads": counts}
    assert {row["customer_id"] for row in newest(workspace, "leads")} == {"1", "2", "4", "5"}
    assert {row["customer_id"] for row in newest(workspace, "leads", MONDAY)} == {"1", "2", "3", "4"}


def test_unchanged_rows_are_stored_once(workspace: Workspace, batch_of: MakeBatch) -> None:
    for week in range(5):
        rows = [lead(str(number), expected_amount=number / 10) for number in range(40)]
        rows[week]["stage"] = "won"
        workspace.load(batch_of(leads=rows), date(2026, 11, 1 + week), who="Li")
    assert stored(workspace, "leads") == 40 + 5


def test_null_and_empty_and_negative_zero_are_told_apart_where_they_differ(
    workspace: Workspace, batch_of: MakeBatch
) -> None:
    workspace.load(batch_of(leads=[lead("1", notes=None, expected_amount=0.0)]), MONDAY, who="Li")
    same = workspace.load(batch_of(leads=[lead("1", notes=None, expected_amount=-0.0)]), NEXT, who="Li")
    assert same.tables["leads"].unchanged == 1
    other = workspace.load(batch_of(leads=[lead("1", notes=None, expected_amount=None)]), NEXT, who="Li")
    assert other.tables["leads"].updated == 1


def test_moving_custom_columns_changes_no_row(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(batch_of(leads=[lead("1", _custom='{"a": "1", "b": "2"}')]), MONDAY, who="Li")
    again = workspace.load(batch_of(leads=[lead("1", _custom='{"b":"2","a":"1"}')]), NEXT, who="Li")
    assert again.tables["leads"] == TableCounts(unchanged=1)


def test_the_same_upload_again_changes_nothing_and_says_so(workspace: Workspace, batch_of: MakeBatch) -> None:
    held = [QuarantinedRow("leads", "week.xlsx", "d", "leads", 9, {"编号": "9"}, ("bad-date",))]
    batch = batch_of(leads=[lead("1")], followups=[], held=held, digest="d")
    first = workspace.load(batch, MONDAY, who="Li", accept_errors=True)
    version = workspace.version()
    assert workspace.preview(batch, MONDAY).repeat_of == first.import_id
    again = workspace.load(batch, MONDAY, who="Wu", accept_errors=True)
    assert (again.repeated, again.import_id, again.tables["leads"].unchanged) == (True, first.import_id, 1)
    assert (workspace.version(), len(workspace.imports()), len(workspace.quarantine())) == (version, 1, 1)


def test_the_same_file_otherwise_corrected_dated_or_meant_is_no_repeat(
    workspace: Workspace, batch_of: MakeBatch
) -> None:
    workspace.load(batch_of(leads=[lead("1")], digest="d"), MONDAY, who="Li")
    assert not workspace.load(batch_of(leads=[lead("1", stage="won")], digest="d"), MONDAY, who="Li").repeated
    assert not workspace.load(batch_of(leads=[lead("1")], digest="d"), NEXT, who="Li").repeated
    assert not workspace.load(batch_of(leads=[lead("1")], digest="d"), MONDAY, "changes", who="Li").repeated
    assert not workspace.load(batch_of(leads=[lead("1"), lead("2")], digest="d"), MONDAY, who="Li").repeated
    assert not workspace.load(batch_of(leads=[lead("1")], digest="e"), MONDAY, who="Li").repeated


def test_on_the_same_date_the_later_upload_is_newer_and_an_older_date_never(
    workspace: Workspace, batch_of: MakeBatch
) -> None:
    for stage, as_of in (("lead", NEXT), ("quote", NEXT), ("won", MONDAY)):
        workspace.load(batch_of(leads=[lead("1", stage=stage)]), as_of, who="Li")
    assert [row["stage"] for row in newest(workspace, "leads", NEXT)] == ["quote"]
    assert [row["stage"] for row in newest(workspace, "leads", MONDAY)] == ["won"]


def test_an_empty_period_stands_for_the_as_of_date(workspace: Workspace, batch_of: MakeBatch) -> None:
    funnel = [{"stage": "lead", "customers": 100}, {"stage": "won", "customers": 5}]
    workspace.load(batch_of(funnel=funnel), MONDAY, who="Li")
    assert workspace.load(batch_of(funnel=funnel), NEXT, who="Li").tables["funnel"].new == 2
    assert len(newest(workspace, "funnel", NEXT)) == 4
    assert len(newest(workspace, "funnel", MONDAY)) == 2
    dated = [{**row, "period": "2026-10"} for row in funnel]
    workspace.load(batch_of(funnel=dated), MONDAY, who="Li")
    assert workspace.load(batch_of(funnel=dated), NEXT, who="Li").tables["funnel"] == TableCounts(unchanged=2)


def test_targets_without_team_or_owner_have_a_key(workspace: Workspace, batch_of: MakeBatch) -> None:
    def targets(amount: float) -> Batch:
        return batch_of(
            targets=[
                {"period": "2026", "target_amount": amount},
                {"period": "2026", "team": "North", "target_amount": 1.0},
            ]
        )

    workspace.load(targets(3.0), MONDAY, who="Li")
    assert workspace.load(targets(4.0), NEXT, who="Li").tables["targets"] == TableCounts(updated=1, unchanged=1)
    assert sorted(row["target_amount"] for row in newest(workspace, "targets")) == [1, 4]


def test_errors_block_unless_accepted_and_the_rows_are_kept(workspace: Workspace, batch_of: MakeBatch) -> None:
    held = [
        QuarantinedRow("leads", "week.xlsx", "d", "leads", 4, {"编号": "0042", "备注": None}, ("bad-date", "no-stage"))
    ]
    batch = batch_of(leads=[lead("1")], held=held, digest="d")
    with pytest.raises(UserError) as refused:
        workspace.load(batch, MONDAY, who="Li")
    assert (refused.value.kind, refused.value.params, workspace.imports()) == ("errors-block", {"n": 1}, [])
    outcome = workspace.load(batch, MONDAY, who="Li", accept_errors=True)
    assert outcome.tables["leads"] == TableCounts(new=1, quarantined=1)
    assert [(row.import_id, row.row) for row in workspace.quarantine()] == [(outcome.import_id, held[0])]


def test_nothing_to_load_is_refused(workspace: Workspace, batch_of: MakeBatch) -> None:
    with pytest.raises(UserError, match="nothing-to-load"):
        workspace.load(batch_of(leads=[]), MONDAY, who="Li")


def test_a_value_no_column_holds_is_refused_whole(workspace: Workspace, batch_of: MakeBatch) -> None:
    with pytest.raises(UserError, match="value-too-large") as refused:
        workspace.load(batch_of(leads=[lead("1"), lead("2", expected_amount=1e17)]), MONDAY, who="Li")
    assert "销售数据" in refused.value.message("zh")
    assert (stored(workspace, "leads"), workspace.imports()) == (0, [])


@pytest.mark.parametrize("broken", ["write", "verify"])
def test_a_failure_in_the_middle_leaves_nothing(
    workspace: Workspace, batch_of: MakeBatch, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    workspace.load(batch_of(leads=[lead("1")]), MONDAY, who="Li")
    before = (newest(workspace, "leads"), workspace.version(), stored(workspace, "leads"), workspace.audit_log())
    whole = getattr(workspace_module, broken)

    def fails(*args: Any, **kwargs: Any) -> None:
        whole(*args, **kwargs)
        raise RuntimeError("the power went")

    monkeypatch.setattr(workspace_module, broken, fails)
    with pytest.raises(RuntimeError):
        workspace.load(batch_of(leads=[lead("1", stage="won"), lead("2")]), NEXT, who="Li")
    monkeypatch.undo()
    assert (
        newest(workspace, "leads"),
        workspace.version(),
        stored(workspace, "leads"),
        workspace.audit_log(),
    ) == before
    assert workspace.load(batch_of(leads=[lead("2")]), NEXT, who="Li").tables["leads"].new == 1, (
        "and the next load goes on"
    )


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda frame: frame.head(1),
        lambda frame: frame.with_columns(expected_amount=pl.col("expected_amount") + 0.01),
        lambda frame: frame.with_columns(expected_amount=pl.lit(None, pl.Float64)),
    ],
)
def test_what_the_database_holds_is_compared_with_what_was_read(
    workspace: Workspace,
    batch_of: MakeBatch,
    monkeypatch: pytest.MonkeyPatch,
    spoilt: Callable[[pl.DataFrame], pl.DataFrame],
) -> None:
    whole = workspace_module.stage

    def stages_something_else(cursor: Any, batch: Batch, as_of: date) -> Any:
        return whole(cursor, Batch({"leads": spoilt(batch.tables["leads"])}, (), (), batch.files), as_of)

    monkeypatch.setattr(workspace_module, "stage", stages_something_else)
    with pytest.raises(UserError, match="load-mismatch"):
        workspace.load(
            batch_of(leads=[lead("1", expected_amount=0.1), lead("2", expected_amount=2.2)]), MONDAY, who="Li"
        )
    assert (stored(workspace, "leads"), workspace.imports()) == (0, [])


def test_two_rows_of_one_key_are_never_loaded(workspace: Workspace, batch_of: MakeBatch) -> None:
    with pytest.raises(UserError, match="load-mismatch"):
        workspace.load(batch_of(leads=[lead("1"), lead("1", stage="won")]), MONDAY, who="Li")


def test_fractions_of_a_cent_do_not_stop_a_load(workspace: Workspace, batch_of: MakeBatch) -> None:
    rows = [lead(str(number), expected_amount=number + 0.125) for number in range(50)]
    assert workspace.load(batch_of(leads=rows), MONDAY, who="Li").tables["leads"].new == 50


def test_progress_ends_at_one(workspace: Workspace, batch_of: MakeBatch) -> None:
    said: list[float] = []
    workspace.load(batch_of(leads=[lead("1")]), MONDAY, who="Li", progress=said.append)
    assert said == sorted(said)
    assert said[-1] == 1.0


def test_the_former_rows_can_be_loaded_again_over_a_corrected_import_of_the_same_date(workspace, batch_of):
    first = batch_of(leads=[lead("1")], digest="d")
    workspace.load(first, MONDAY, who="Li")
    workspace.load(batch_of(leads=[lead("1", stage="won")], digest="d"), MONDAY, who="Li")
    again = workspace.load(first, MONDAY, who="Li")
    assert (again.repeated, again.tables["leads"].updated) == (False, 1)
    assert (
        workspace.state(MONDAY).fetch("SELECT stage FROM " + workspace.state(MONDAY).relation("leads"))[0]["stage"]
        == "lead"
    )
    assert workspace.load(first, MONDAY, who="Li").repeated
