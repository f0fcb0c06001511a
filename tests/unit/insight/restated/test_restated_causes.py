"""Each cause of a restatement on a handful of rows: what was shown, what is, the count, who did it, and whose rows make the difference."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from salesanalytics.access.scope import Scope
from salesanalytics.access.view import View
from salesanalytics.analysis import Ratio
from salesanalytics.insight.customer import HIDDEN
from salesanalytics.insight.restated.gives import Given
from salesanalytics.insight.restated.history import History, history_of
from salesanalytics.insight.restated.lines import customer_lines
from salesanalytics.insight.restated.restated import Restatement
from salesanalytics.insight.restated.row_changes import CellChange
from salesanalytics.insight.restated.shown import shown_before
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.settings_keys import with_values
from salesanalytics.store.types import ImportRecord, Mode, TableCounts
from salesanalytics.store.workspace import Workspace, open_workspace

HEAD = "customer_id,customer_name,industry,source,first_contact_on,stage,owner,expected_amount,team,lost_reason,lost_on,won_on,actual_amount"
FIRST, SECOND, THIRD = date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)


def line(name: str, stage: str = "lead", amount: str = "100", owner: str = "Li", team: str = "East") -> str:
    closed = {"won": ",,2026-11-02,90", "lost": "price,2026-11-02,,"}.get(stage, ",,,")
    return f"{name},{name},A,web,2026-10-01,{stage},{owner},{amount},{team},{closed}"


@dataclass
class Office:
    """A workspace, and whoever uploads to it."""

    workspace: Workspace

    def upload(self, as_of: date, *rows: str, who: str = "Wang", name: str = "leads.csv", mode: Mode = "full") -> int:
        content = "\n".join([HEAD, *rows, ""]).encode()
        file = UploadedFile(name, content, hashlib.sha256(content).hexdigest())
        batch = process([file], DEFAULT_SETTINGS, as_of=as_of)
        return self.workspace.load(batch, as_of, mode, who=who, accept_errors=True).import_id

    def history(self, scope: Scope | None = None) -> History:
        return history_of(self.workspace, scope or Scope())

    def number(
        self, metric: str = "open_amount", as_of: date = FIRST, where=(), scope: Scope | None = None
    ) -> Restatement:
        return self.history(scope).restated((metric, Filters(where)), as_of)


@pytest.fixture
def office() -> Iterator[Office]:
    with open_workspace(None) as workspace:
        yield Office(workspace)


def causes(found: Restatement) -> list[tuple[str, int, str | None]]:
    return [(one.kind, one.count, one.who) for one in found.causes]


def test_nothing_changed_is_silent(office: Office) -> None:
    office.upload(FIRST, line("a"), line("b", "won"))
    office.upload(SECOND, line("a", amount="150"))
    found = office.number()
    assert (found.was, found.now, found.causes, found.customers, found.known_at) == (100, 100, (), (), None)
    assert office.history().shown(FIRST) is None
    assert office.history().shown(SECOND) is None


def test_a_corrected_file_of_a_past_date(office: Office) -> None:
    """300 open. After the next week came the first week is uploaded again: b is 40, c was won, d is new, e is no longer there."""
    office.upload(FIRST, line("a"), line("b"), line("c"), line("e", amount="0"))
    second = office.upload(SECOND, line("a"), line("b"), line("c"))
    again = office.upload(FIRST, line("a"), line("b", amount="40"), line("c", "won"), line("d", amount="7"), who="Zhao")
    found = office.number()
    assert (found.was, found.now) == (300, 147)
    cause = found.causes[0]
    assert causes(found) == [("re-upload", 4, "Zhao")]
    assert {kind: cause.of(kind) for kind in ("corrected", "new", "gone")} == {"corrected": 2, "new": 1, "gone": 1}
    assert (cause.imports, cause.difference, cause.of_day) == ((again,), -153, FIRST)
    records = {one.import_id: one for one in office.workspace.imports()}
    assert (cause.at, found.known_at) == (records[again].loaded_at, records[second].loaded_at)
    lines = {one.customer_id: one for one in customer_lines(found)}
    assert {name: one.what for name, one in lines.items()} == {
        "b": "corrected",
        "c": "corrected",
        "d": "new",
        "e": "gone",
    }
    assert lines["b"].rows[0].cells == (CellChange("expected_amount", Decimal(100), Decimal(40)),)
    assert {cell.column for cell in lines["c"].rows[0].cells} == {"stage", "won_on", "actual_amount"}
    assert (
        sum(
            (now.above or 0 if now else 0) - (then.above or 0 if then else 0)
            for one in lines.values()
            for _, then, now in one.parts
        )
        == -153
    )
    # the later week's own number stands
    assert office.history().shown(SECOND) is not None
    assert not office.number(as_of=SECOND).differs


def test_corrections_that_do_not_touch_a_number_leave_it_alone(office: Office) -> None:
    office.upload(FIRST, line("a"), line("b", "won"))
    office.upload(SECOND, line("a"))
    office.upload(FIRST, line("a", amount="40"), line("b", "won"))
    assert not office.number("won_customers").differs
    assert office.number("won_customers").causes == ()
    assert office.number("open_amount").differs


def test_a_file_that_came_later(office: Office) -> None:
    office.upload(FIRST, line("a"))
    office.upload(SECOND, line("a"))
    late = office.upload(FIRST, line("w", amount="30", owner="Mo", team="West"), who="Mo", name="west.csv")
    found = office.number()
    assert (found.was, found.now) == (100, 130)
    assert causes(found) == [("late-file", 1, "Mo")]
    assert (found.causes[0].imports, found.causes[0].files) == ((late,), ("west.csv",))
    assert [one.what for one in customer_lines(found)] == ["new"]


def test_a_file_of_an_earlier_date_changes_what_is_known_later(office: Office) -> None:
    office.upload(SECOND, line("a"))
    office.upload(THIRD, line("a"))
    office.upload(FIRST, line("w", amount="30", owner="Mo", team="West"))
    assert (office.number(as_of=SECOND).was, office.number(as_of=SECOND).now) == (100, 130)
    assert causes(office.number(as_of=SECOND))[0][0] == "late-file"
    # of the earlier date itself nothing was shown before
    assert office.history().shown(FIRST) is None


def test_weeks_loaded_out_of_order_were_never_shown_otherwise(office: Office) -> None:
    for day in (FIRST, THIRD, SECOND):
        office.upload(day, line("a", amount=str(day.day)))
    assert [office.history().shown(day) for day in (FIRST, SECOND)] == [None, None]


def test_an_import_undone(office: Office) -> None:
    office.upload(FIRST, line("a"))
    west = office.upload(FIRST, line("w", amount="30", owner="Mo", team="West"))
    office.upload(SECOND, line("a"))
    office.workspace.undo(west, "Sun")
    found = office.number()
    assert (found.was, found.now) == (130, 100)
    assert causes(found) == [("undone", 1, "Sun")]
    assert found.causes[0].imports == (west,)
    assert [(one.customer_id, one.what) for one in customer_lines(found)] == [("w", "gone")]


def test_a_correction_that_was_undone_leaves_what_never_had_it(office: Office) -> None:
    office.upload(FIRST, line("a"))
    office.upload(SECOND, line("a"))
    again = office.upload(FIRST, line("a", amount="40"))
    assert office.number().differs
    office.workspace.undo(again, "Sun")
    assert office.history().shown(FIRST) is None
    assert office.number().causes == ()


def test_held_rows_fixed_and_loaded(office: Office) -> None:
    office.upload(FIRST, line("a"), line("b", "no such stage"), line("c", "nor this one"))
    office.upload(SECOND, line("a"))
    office.upload(FIRST, line("b"), line("c", amount="5"), mode="changes", who="Zhao", name="fixed.csv")
    found = office.number()
    assert (found.was, found.now) == (100, 205)
    assert causes(found) == [("quarantine-fixed", 2, "Zhao")]


def test_settings_changed_since(office: Office) -> None:
    """All three were last spoken to 36 days before: silent, until the limit of 30 days was made 90."""
    office.upload(FIRST, line("a", "won"), line("b", "won"), line("c"))
    office.upload(SECOND, line("a", "won"))
    before = office.workspace.settings()
    office.workspace.save_settings(with_values(before, {"alerts.silent_days": 90}), "Admin")
    found = office.number("flagged_silent")
    assert (found.was, found.now) == (3, 0)
    assert causes(found) == [("settings", 1, "Admin")]
    assert [(one.key, one.before, one.after) for one in found.causes[0].changes] == [("alerts.silent_days", 30, 90)]
    # what no number depends on, or what was turned back, is no cause
    office.workspace.undo_settings("Admin")
    office.workspace.save_settings(with_values(office.workspace.settings(), {"limits.max_sheets": 3}), "Admin")
    assert office.history().shown(FIRST) is None


def test_a_ratio_made_later_was_never_shown(office: Office) -> None:
    office.upload(FIRST, line("a", "won"), line("b"))
    office.upload(SECOND, line("a", "won"))
    now = office.workspace.settings()
    ratio = Ratio(name="won_a_lead", zh="成交比", en="Won a lead", above="won_customers", below="leads", unit="share")
    analysis = now.analysis.model_copy(update={"ratios": (ratio,)})
    office.workspace.save_settings(now.model_copy(update={"analysis": analysis}), "Admin")
    found = office.number("won_a_lead")
    assert (found.was, found.now, found.causes) == (0.5, 0.5, ())
    assert not office.number("won_customers").differs


def test_causes_add_up_in_their_order(office: Office) -> None:
    office.upload(FIRST, line("a"), line("b"))
    east = office.upload(FIRST, line("w", amount="30", owner="Mo", team="West"))
    office.upload(SECOND, line("a"), line("b"))
    office.upload(FIRST, line("a", amount="70"), line("b"), who="Zhao")
    office.workspace.undo(east, "Sun")
    found = office.number()
    assert (found.was, found.now) == (230, 170)
    assert [(one.kind, one.who, one.difference) for one in found.causes] == [
        ("re-upload", "Zhao", -30),
        ("undone", "Sun", -30),
    ]
    assert sum(one.difference or 0 for one in found.causes) == found.now - found.was
    assert all(one.before == other.after for one, other in zip(found.causes[1:], found.causes, strict=False))


def test_a_rate_is_told_by_both_sides_of_its_line(office: Office) -> None:
    """2 won of 3 closed were shown; one of the won was a mistake: 1 of 2."""
    office.upload(FIRST, line("a", "won"), line("b", "won"), line("c", "lost"))
    office.upload(SECOND, line("a", "won"))
    office.upload(FIRST, line("a", "won"), line("b"), line("c", "lost"))
    found = office.number("closed_win_rate")
    assert (found.was, found.now) == (pytest.approx(2 / 3), 0.5)
    one = found.customers[0]
    assert (len(found.customers), one.customer_id, one.before, one.after) == (1, "b", Given(1, 1.0, 1.0), None)


def test_a_norm_carries_a_correction_to_others(office: Office) -> None:
    """Weighted pipeline: the chance of winning is the company's, so that one lost deal moves every open deal's share in it."""
    office.workspace.save_settings(with_values(office.workspace.settings(), {"metrics.min_sample": 1}), "Admin")
    office.upload(FIRST, line("a"), line("b"), line("c", "won"), line("d", "won"))
    office.upload(SECOND, line("a"), line("b"))
    office.upload(FIRST, line("a"), line("b"), line("c", "won"), line("d", "lost"))
    found = office.number("weighted_pipeline")
    assert (found.was, found.now) == (200, 100)
    assert [(one.kind, one.count, one.moved) for one in found.causes] == [("re-upload", 1, 2)]
    assert {one.customer_id: one.what for one in customer_lines(found)} == {"a": "moved", "b": "moved"}


def test_a_rep_sees_only_their_own_customers_among_the_causes(office: Office) -> None:
    office.upload(FIRST, line("a"), line("m", owner="Mo"))
    office.upload(SECOND, line("a"), line("m", owner="Mo"))
    office.upload(FIRST, line("a", amount="40"), line("m", amount="10", owner="Mo"))
    rep = Scope(owners=frozenset({"Mo"}), pool=False)
    found = office.number(scope=rep)
    assert (found.was, found.now) == (100, 10)
    assert [one.customer_id for one in customer_lines(found)] == ["m"]
    assert {row.customer_id for cause in found.causes for row in cause.rows} == {"m"}
    # what changed others' rows only is no cause of theirs
    nobody = office.number(scope=Scope(owners=frozenset({"Xu"}), pool=False))
    assert (nobody.causes, nobody.customers) == ((), ())


def test_contact_data_are_not_told(office: Office) -> None:
    """That a phone number was corrected is told, not which; nor does a number in a note come out."""
    head = "customer_id,customer_name,industry,source,first_contact_on,stage,owner,expected_amount,contact_phone,notes"

    def upload(as_of: date, phone: str, amount: int) -> None:
        content = f"{head}\na,a,A,web,2026-10-01,lead,Li,{amount},{phone},call {phone}\n".encode()
        file = UploadedFile("leads.csv", content, hashlib.sha256(content).hexdigest())
        batch = process([file], DEFAULT_SETTINGS, as_of=as_of)
        office.workspace.load(batch, as_of, who="Wang", accept_errors=True)

    upload(FIRST, "13812345678", 1)
    upload(SECOND, "13812345678", 1)
    upload(FIRST, "13987654321", 2)
    cells = {cell.column: cell for cell in office.number().causes[0].rows[0].cells}
    assert (cells["contact_phone"].before, cells["contact_phone"].after) == (HIDDEN, HIDDEN)
    assert "12345678" not in repr(cells)
    assert "87654321" not in repr(cells)


def test_filters_hold_then_and_now(office: Office) -> None:
    office.upload(FIRST, line("a"), line("m", owner="Mo"))
    office.upload(SECOND, line("a"))
    office.upload(FIRST, line("a", owner="Mo"), line("m", owner="Mo"))
    found = office.number(where=(("owner", ("Mo",)),))
    assert (found.was, found.now) == (100, 200)


def test_a_table_first_uploaded_later_is_named(office: Office) -> None:
    office.upload(FIRST, line("a", "won"))
    content = b"contract_id,customer_id,signed_on,contract_amount,collected_on,collected_amount\nC1,a,2026-11-01,200,2026-11-02,50\n"
    file = UploadedFile("contracts.csv", content, hashlib.sha256(content).hexdigest())
    office.workspace.load(
        process([file], DEFAULT_SETTINGS, as_of=SECOND, known_customers=frozenset("a")), SECOND, who="Qian"
    )
    found = office.number("collected")
    assert causes(found) == [("table-added", 1, "Qian")]
    assert found.now == 50


def test_what_was_shown_is_what_only_these_files_give(office: Office) -> None:
    """The state as it was known: a workspace that only ever got the files loaded before says the same."""
    office.upload(FIRST, line("a"), line("b", "won"))
    office.upload(SECOND, line("a"))
    office.upload(FIRST, line("a", amount="40"), line("b"))
    shown = office.history().shown(FIRST)
    assert shown is not None
    assert shown.known == frozenset({1})
    with open_workspace(None) as only:
        Office(only).upload(FIRST, line("a"), line("b", "won"))
        for metric in ("open_amount", "sales_amount", "leads", "closed_win_rate"):
            query = MetricQuery((metric,))
            expected = ask(View(only.state(FIRST)), query, DEFAULT_SETTINGS).total.values
            assert ask(office.history().view_shown(FIRST), query, DEFAULT_SETTINGS).total.values == expected


def record(number: int, as_of: date, hour: int, undone: int | None = None) -> ImportRecord:
    start = datetime(2026, 11, 6, tzinfo=UTC)
    gone = start + timedelta(hours=undone) if undone else None
    counts = {"leads": TableCounts(new=1)}
    return ImportRecord(
        number, as_of, "full", "Li", start + timedelta(hours=hour), ("f.csv",), counts, gone, "Li" if gone else None
    )


def test_a_mistyped_later_date_ends_no_date_that_came_after_it() -> None:
    """2062 was typed, seen and undone; the week loaded after it was the newest until the next."""
    records = [
        record(1, FIRST, 1), record(2, date(2062, 11, 6), 2, undone=3), record(3, SECOND, 5),
        record(4, THIRD, 9), record(5, SECOND, 10),
    ]  # fmt: skip
    shown = shown_before(records, SECOND)
    assert shown is not None
    assert (shown.until, shown.known, [one.record.import_id for one in shown.events if one.record]) == (
        records[3].loaded_at,
        {1, 3},
        [5],
    )


def test_the_newest_date_looks_back_over_its_last_change() -> None:
    """The teams' files of one morning are no restatement anybody is told of; a correction of the next day is."""
    morning = [record(1, FIRST, 1), record(2, FIRST, 2)]
    assert (shown := shown_before(morning, FIRST)) is not None
    assert (shown.newest, shown.noticeable) == (True, False)
    later = shown_before([*morning, record(3, FIRST, 30)], FIRST)
    assert later is not None
    assert (later.noticeable, later.known) == (True, {1, 2})


def test_before_the_first_import_nothing_was_shown() -> None:
    assert shown_before([record(1, SECOND, 1), record(2, SECOND, 2)], FIRST) is None
