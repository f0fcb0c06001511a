"""Sheets as people keep them: what is data, what each cell becomes, and what is held back."""

from datetime import date, datetime

from salesanalytics.intake.mapping import ColumnMap
from salesanalytics.settings import Settings


def test_clean_leads_load_without_an_issue(run, leads_sheet, a_lead):
    batch = run(leads_sheet([a_lead("C1"), a_lead("C2", first=date(2024, 3, 2))]))
    assert batch.issues == ()
    frame = batch.tables["leads"]
    assert frame["customer_id"].to_list() == ["C1", "C2"]
    assert frame["first_contact_on"].to_list() == [date(2024, 3, 1), date(2024, 3, 2)]
    assert frame["stage"].to_list() == ["opportunity", "opportunity"]
    assert frame["_row"].to_list() == [2, 3]


def test_titles_notes_totals_and_blanks_are_no_data(run, sheet, a_lead):
    headers = ["客户编号", "客户名称", "行业", "线索来源", "首次接触时间", "当前跟进阶段", "负责人"]
    blank = [None] * 7
    rows = [
        ["2024年3月销售数据", *[None] * 6],
        ["导出时间：2024-03-31", *[None] * 6],
        blank,
        headers,
        a_lead("C1"),
        blank,
        headers,
        a_lead("C2"),
        ["合计", "2", *[None] * 5],
        blank,
        ["注：金额单位为元", *[None] * 6],
    ]
    batch = run(sheet(rows))
    assert batch.tables["leads"]["_row"].to_list() == [5, 8]
    assert batch.issues == ()
    matched = batch.files[0].sheets[0]
    assert matched.header_row == 4
    assert sorted(matched.dropped.values()) == ["blank", "blank", "header", "note", "total"]


def test_several_tables_in_one_sheet(run, sheet, a_lead):
    rows = [
        ["客户编号", "客户名称", "行业", "线索来源", "首次接触时间", "当前跟进阶段", "负责人"],
        a_lead("C1"),
        [None] * 7,
        ["销售漏斗", *[None] * 6],
        ["阶段", "客户数量", "环比变化", "目标数量", "完成率", None, None],
        ["线索", 100, "+10%", 120, "83%", None, None],
        ["意向", 60, "+5%", 70, "86%", None, None],
        ["商机", 30, "-10%", 40, "75%", None, None],
        ["成交", 15, "-25%", 20, "75%", None, None],
    ]
    batch = run(sheet(rows))
    assert batch.tables["leads"].height == 1
    assert batch.tables["funnel"]["attainment_share"].to_list() == [0.83, 0.86, 0.75, 0.75]
    assert batch.errors == ()


def test_a_row_with_an_error_is_kept_whole_in_quarantine(run, leads_sheet, a_lead, kinds):
    batch = run(leads_sheet([a_lead("C1", stage="商机阶段x"), a_lead("C2")]))
    assert kinds(batch) == [(2, "stage", "unknown-stage")]
    assert batch.issues[0].suggestion == "opportunity"
    assert batch.tables["leads"]["customer_id"].to_list() == ["C2"]
    (held,) = batch.quarantine
    assert (held.row, held.kinds) == (2, ("unknown-stage",))
    assert held.cells["当前跟进阶段"] == "商机阶段x"


def test_empty_names_and_dates_only_warn(run, leads_sheet, a_lead):
    batch = run(leads_sheet([a_lead("C1", name="", first=None, owner=None)]))
    assert {issue.kind for issue in batch.issues} == {"missing-expected-cell"}
    assert {issue.field for issue in batch.issues} == {"customer_name", "first_contact_on", "owner"}
    assert batch.tables["leads"].height == 1


def test_empty_key_and_stage_block(run, leads_sheet, a_lead, kinds):
    batch = run(leads_sheet([a_lead(""), a_lead("C2", stage=None)]))
    assert kinds(batch) == [(2, "customer_id", "empty-key"), (3, "stage", "empty-stage")]
    assert batch.tables["leads"].is_empty()


def test_identical_duplicates_are_one_row_conflicting_ones_none(run, leads_sheet, a_lead, kinds):
    rows = [a_lead("C1"), a_lead("C1"), a_lead("C2"), a_lead("C2", stage="成交")]
    batch = run(leads_sheet(rows))
    assert kinds(batch) == [
        (3, "customer_id", "duplicate-identical"),
        (4, "customer_id", "duplicate-conflicting"),
        (5, "customer_id", "duplicate-conflicting"),
    ]
    assert batch.tables["leads"]["_row"].to_list() == [2]
    assert batch.identical_rows == {"leads": 1}
    assert [row.row for row in batch.quarantine] == [4, 5]


def test_columns_of_the_users_own_become_custom_dimensions(run, leads_sheet, a_lead):
    batch = run(leads_sheet([[*a_lead("C1"), "云服务", 3.0], [*a_lead("C2"), None, None]], "产品线", "人数"))
    assert batch.tables["leads"]["_custom"].to_list() == ['{"产品线": "云服务", "人数": "3"}', None]


def test_ids_keep_leading_zeros_and_lose_excels_point_zero(run, leads_sheet, a_lead):
    batch = run(leads_sheet([a_lead("00123"), a_lead(1001.0), a_lead("１００２"), a_lead(123456789012345678.0)]))
    assert batch.tables["leads"]["customer_id"].to_list()[:3] == ["00123", "1001", "1002"]
    assert [issue.kind for issue in batch.issues] == ["id-damaged"]


def test_closed_on_fills_won_or_lost_by_the_stage(run, leads_sheet, a_lead):
    rows = [[*a_lead(f"C{i}", stage=stage), date(2024, 3, 20)] for i, stage in enumerate(["成交", "流失", "商机"])]
    frame = run(leads_sheet(rows, "关闭日期")).tables["leads"]
    assert frame["won_on"].to_list() == [date(2024, 3, 20), None, None]
    assert frame["lost_on"].to_list() == [None, date(2024, 3, 20), None]


def test_an_undecided_date_order_is_one_issue_and_holds_its_rows(run, leads_sheet, a_lead):
    rows = [a_lead("C1", first="03/04/2024"), a_lead("C2", first="2024-03-05"), a_lead("C3", first="3/3/2024")]
    batch = run(leads_sheet(rows))
    (issue,) = batch.issues
    assert (issue.kind, issue.row, issue.field) == ("date-order-undecided", None, "first_contact_on")
    assert issue.suggestion == "dmy: 2024-04-03 | mdy: 2024-03-04"
    assert batch.tables["leads"]["customer_id"].to_list() == ["C2", "C3"]
    assert batch.quarantine[0].kinds == ("date-order-undecided",)


def test_the_files_other_columns_decide_a_date_order(run, leads_sheet, a_lead):
    batch = run(leads_sheet([[*a_lead("C1", first="03/04/2024"), "25/12/2024"]], "预计成交日期"))
    assert batch.tables["leads"]["first_contact_on"].to_list() == [date(2024, 4, 3)]


def test_a_map_decides_table_columns_values_and_date_order(run, sheet):
    rows = [["opp", "who", "phase", "began", "junk"], ["1", "Ann", "Engaging", "03/04/2024", "x"]]
    known = ColumnMap(
        "leads",
        {"opp": "customer_id", "who": "owner", "phase": "stage", "began": "first_contact_on", "junk": None},
        {"stage": {"Engaging": "quote"}},
        {"first_contact_on": "dmy"},
    )
    batch = run(sheet(rows), maps=[known])
    row = batch.tables["leads"].row(0, named=True)
    assert (row["customer_id"], row["owner"], row["stage"], row["_custom"]) == ("1", "Ann", "quote", None)
    assert row["first_contact_on"] == date(2024, 4, 3)
    assert batch.errors == ()


def test_a_map_of_two_headers_finds_them_in_a_wide_foreign_table(run, sheet):
    rows = [["some report"], ["k1", "k2", "k3", "k4", "k5", "k6"], ["1", "won", "a", "b", "c", "d"]]
    batch = run(sheet(rows), maps=[ColumnMap("leads", {"k1": "customer_id", "k2": "stage"})])
    assert batch.tables["leads"]["stage"].to_list() == ["won"]
    assert batch.tables["leads"]["_custom"].to_list() == ['{"k3": "a", "k4": "b", "k5": "c", "k6": "d"}']


def test_formula_like_text_stays_text(run, leads_sheet, a_lead):
    texts = ["=1+1", "+86", "-5 元", "@cmd"]
    batch = run(leads_sheet([a_lead(f"C{i}", name=text) for i, text in enumerate(texts)]))
    assert batch.tables["leads"]["customer_name"].to_list() == texts


def test_error_cells_and_uncomputed_formulas(run, leads_sheet, a_lead, kinds):
    rows = [[*a_lead("C1"), None], [*a_lead("C2"), None], [*a_lead("C3", name=""), 5]]
    batch = run(
        leads_sheet(
            rows, "预计成交金额(元)", error_cells={(1, 7): "#REF!", (3, 1): "#N/A"}, uncomputed=frozenset({(2, 7)})
        )
    )
    assert kinds(batch) == [
        (2, "expected_amount", "error-cell"),
        (3, "expected_amount", "uncomputed-formula"),
        (4, "customer_name", "error-text"),
    ]
    assert batch.tables["leads"]["customer_id"].to_list() == ["C3"]


def test_a_sheet_without_key_column_is_held_back_whole(run, sheet):
    rows = [["客户名称", "行业", "线索来源", "当前跟进阶段", "负责人"], ["甲", "制造", "官网", "商机", "李"]]
    batch = run(sheet(rows))
    assert ("required-column-missing", "customer_id") in {(issue.kind, issue.field) for issue in batch.issues}
    assert batch.tables["leads"].is_empty()
    assert len(batch.quarantine) == 1


def test_a_file_without_a_table_is_refused_the_others_go_on(run, leads_sheet, sheet, a_lead):
    batch = run(sheet([["hello"], ["world"]], file="letter.xlsx"), leads_sheet([a_lead()]))
    assert [report.refused for report in batch.files] == ["no-table-found", None]
    assert batch.tables["leads"].height == 1


def test_followups_without_ids_get_stable_ones(run, sheet):
    rows = [
        ["客户编号", "跟进时间", "跟进方式", "跟进人"],
        ["C1", datetime(2024, 3, 1, 9), "电话", "李"],
        ["C1", datetime(2024, 3, 2, 9), "电话", "李"],
    ]
    first, second = run(sheet(rows)), run(sheet(rows, file="again.xlsx"))
    assert first.tables["followups"]["followup_id"].n_unique() == 2
    assert first.tables["followups"]["followup_id"].to_list() == second.tables["followups"]["followup_id"].to_list()
    assert "id-derived" in {issue.kind for issue in first.issues}


def test_severities_are_settings(run, leads_sheet, a_lead):
    settings = Settings(severities={"unreadable-date": "warning"})
    batch = run(leads_sheet([a_lead("C1", first="someday")]), settings=settings)
    assert batch.errors == ()
    assert batch.tables["leads"]["first_contact_on"].to_list() == [None]


def test_uncertain_headers_are_reported_and_not_used(run, sheet, a_lead):
    headers = ["客户编号", "客户名称", "行业", "线索来源", "首次接触时间", "客户所处阶段啊", "负责人"]
    batch = run(sheet([headers, a_lead()]), remembered={"leads": {"客户所处阶段啊": "stage"}})
    assert batch.tables["leads"]["stage"].to_list() == ["opportunity"]
    unsure = run(sheet([[*headers[:5], "当前跟进阶段", "负责人", "预计成交的日期点"], [*a_lead(), "2024-05-01"]]))
    assert "column-uncertain" in {issue.kind for issue in unsure.issues}
    assert unsure.tables["leads"]["expected_close_on"].to_list() == [None]
    assert unsure.tables["leads"]["_custom"].to_list() == ['{"预计成交的日期点": "2024-05-01"}']
