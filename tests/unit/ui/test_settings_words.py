"""Changes of settings as people read them, rows a new stage would read, and drafts over what others saved."""

from __future__ import annotations

from salesanalytics.intake.types import QuarantinedRow
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.settings_keys import changes, with_values
from salesanalytics.stage_changes import add, edit, remove
from salesanalytics.stages import DEFAULT_STAGES, Stage
from salesanalytics.store.types import HeldRow
from salesanalytics.ui.settings.desk import rebased
from salesanalytics.ui.settings.read_as import read_as
from salesanalytics.ui.settings.told import told

PILOT = add(DEFAULT_STAGES, Stage("pilot", "试点客户", "Pilot", ("试点",), 0.4), "opportunity")


def lines(before: Settings, after: Settings, lang="en"):
    return [(line.title, line.before, line.after) for line in told(changes(before, after), after, lang)]


def test_a_stage_that_comes_is_one_line():
    assert lines(DEFAULT_SETTINGS, Settings(stages=PILOT)) == [("Stage added", "—", "Pilot · 试点客户 · 40%")]


def test_a_stage_that_goes_says_where_its_customers_go():
    first, *others = lines(Settings(stages=PILOT), Settings(stages=remove(PILOT, "pilot", "quote")), "zh")
    assert first == ("删除阶段", "试点客户", "客户归入报价")
    assert [title for title, _, _ in others] == ["阶段“报价”的其他写法"]


def test_numbers_carry_their_unit_and_shares_are_percent():
    values = {"alerts.silent_days": 21, "alerts.low_amount_share": 0.35, "limits.max_file_bytes": 2**20}
    after = with_values(DEFAULT_SETTINGS, values)
    assert {(before, now) for _, before, now in lines(DEFAULT_SETTINGS, after)} == {
        ("30 days", "21 days"),
        ("20%", "35%"),
        ("200 MB", "1 MB"),
    }


def test_rows_held_back_for_a_stage_now_known_are_counted():
    def held(kinds, **cells):
        return HeldRow(1, QuarantinedRow("leads", "d", "f", "s", 2, cells, kinds))

    rows = [
        held(("unknown-stage",), 客户编号="1", 当前跟进阶段="试点"),
        held(("unknown-stage",), 客户编号="2", 当前跟进阶段="谈判"),
        held(("empty-key",), 客户编号="", 当前跟进阶段="试点"),
    ]
    assert read_as(rows, DEFAULT_STAGES, PILOT) == {"pilot": 1}
    assert read_as(rows, PILOT, PILOT) == {}


def test_a_draft_keeps_to_itself_what_others_saved_meanwhile():
    mine = with_values(DEFAULT_SETTINGS, {"alerts.silent_days": 21})
    theirs = with_values(DEFAULT_SETTINGS, {"alerts.stuck_days": 20}).model_copy(update={"stages": PILOT})
    merged = rebased(DEFAULT_SETTINGS, mine, theirs)
    assert (merged.alerts.silent_days, merged.alerts.stuck_days) == (21, 20)
    assert merged.stages == PILOT


def test_stages_changed_on_both_sides_stay_as_saved():
    mine = Settings(stages=edit(DEFAULT_STAGES, "quote", zh="方案"))
    assert rebased(DEFAULT_SETTINGS, mine, Settings(stages=PILOT)).stages == PILOT
