"""Each check provoked by the smallest table that has its fault, and not by the one that has not."""

from datetime import date, datetime

import pytest

LEAD_COLUMNS = ["最后跟进时间", "预计成交日期", "实际成交金额(元)", "成交日期", "流失日期", "流失原因", "备注"]


def _lead(a_lead, stage="商机", last=None, due=None, amount=None, won=None, lost=None, reason=None, notes=None, **more):
    return [*a_lead("C1", stage=stage, **more), last, due, amount, won, lost, reason, notes]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"first": "2024-04-02"}, ("first_contact_on", "first-contact-in-future")),
        ({"first": "2024-04-01"}, None),
        ({"last": "2024-04-02"}, ("last_followup_on", "last-followup-in-future")),
        ({"last": "2024-02-01"}, ("first_contact_on", "followup-before-first-contact")),
        ({"due": "2024-03-31"}, ("expected_close_on", "overdue-close")),
        ({"due": "2024-04-01"}, None),
        ({"stage": "成交", "amount": 5, "won": "2024-03-20", "due": "2024-03-01"}, None),
        ({"stage": "成交", "won": "2024-03-20"}, ("actual_amount", "won-without-amount")),
        ({"stage": "成交", "amount": 5}, ("won_on", "won-without-date")),
        ({"stage": "成交", "amount": 5, "won": "2024-02-20"}, ("won_on", "closed-before-first-contact")),
        ({"stage": "成交", "amount": 5, "won": "2024-04-20"}, ("won_on", "closed-in-future")),
        ({"stage": "流失", "lost": "2024-03-20"}, ("lost_reason", "lost-without-reason")),
        ({"stage": "流失", "lost": "2024-03-20", "reason": "价格"}, None),
        ({"amount": -5}, ("actual_amount", "negative-amount")),
        ({"amount": 2e12}, ("actual_amount", "absurd-amount")),
        ({"due": "1924-05-01"}, ("expected_close_on", "implausible-date")),
        ({"notes": "电话13812345678"}, ("notes", "sensitive-in-notes")),
        ({"notes": "证件 11010519491231002X"}, ("notes", "sensitive-in-notes")),
        ({"notes": "订单 202403011381234567890"}, None),
    ],
)
def test_leads(run, leads_sheet, a_lead, change, expected):
    batch = run(leads_sheet([_lead(a_lead, **change)], *LEAD_COLUMNS))
    found = {(issue.field, issue.kind) for issue in batch.issues}
    if change.get("due") == "1924-05-01":
        found.discard(("expected_close_on", "overdue-close"))
    assert found == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("stage", "closed", "due", "filled", "told"),
    [
        ("商机", "2024-06-30", None, "expected_close_on", None),
        ("商机", "2024-06-30", "2024-05-31", None, None),  # what the file says of the expected close stands
        ("商机", "2024-03-20", None, "expected_close_on", "overdue-close"),
        ("成交", "2024-03-20", None, "won_on", None),
        ("成交", "2024-06-30", None, "won_on", "closed-in-future"),
        ("成交", None, None, None, "won-without-date"),
        ("流失", "2024-03-20", None, "lost_on", None),
    ],
)
def test_one_close_date_stands_for_what_the_stage_says(run, leads_sheet, a_lead, stage, closed, due, filled, told):
    headers = ["Close Date", *(["预计成交日期"] if due else [])]
    batch = run(leads_sheet([[*a_lead("C1", stage=stage), closed, *([due] if due else [])]], *headers))
    row = batch.tables["leads"].row(0, named=True)
    days = {name: row[name] for name in ("won_on", "lost_on", "expected_close_on") if row[name]}
    expected = {filled: date.fromisoformat(closed)} if filled else {}
    assert days == expected | ({"expected_close_on": date.fromisoformat(due)} if due else {})
    assert row["closed_on"] == (date.fromisoformat(closed) if closed else None)
    # it is told in the column the user has, so that it can be corrected there
    assert [(i.kind, i.field, i.column) for i in batch.issues] == ([(told, "closed_on", "Close Date")] if told else [])


FOLLOWUP = ["跟进记录ID", "客户编号", "跟进时间", "跟进方式", "跟进人", "录入时间", "下次跟进日期"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"customer": "C9"}, ("customer_id", "orphan-customer")),
        ({"at": datetime(2024, 4, 2, 9)}, ("followed_up_at", "future-followup")),
        ({"at": datetime(2024, 4, 1, 23)}, None),
        ({"method": "心灵感应"}, ("method", "unknown-method")),
        ({"method": "电话沟通"}, None),
        ({"recorded": datetime(2024, 3, 13, 9)}, ("recorded_at", "late-recorded")),
        ({"recorded": datetime(2024, 3, 11, 9)}, None),
        ({"planned": date(2024, 3, 20)}, ("next_followup_on", "next-followup-passed")),
        ({"planned": date(2024, 4, 1)}, None),
    ],
)
def test_followups(run, leads_sheet, sheet, a_lead, change, expected):
    row = {
        "customer": "C1",
        "at": datetime(2024, 3, 10, 9),
        "method": "电话",
        "recorded": None,
        "planned": None,
    } | change
    log = sheet(
        [FOLLOWUP, ["F1", row["customer"], row["at"], row["method"], "李", row["recorded"], row["planned"]]],
        sheet="跟进",
    )
    batch = run(leads_sheet([a_lead("C1")]), log)
    assert {(issue.field, issue.kind) for issue in batch.issues} == ({expected} if expected else set())
    assert batch.tables["followups"].height == 1


def test_a_kept_appointment_is_not_passed(run, sheet):
    rows = [
        ["F1", "C1", datetime(2024, 3, 1, 9), "电话", "李", None, date(2024, 3, 5)],
        ["F2", "C1", datetime(2024, 3, 5, 9), "电话", "李", None, None],
    ]
    assert run(sheet([FOLLOWUP, *rows])).issues == ()


def test_customers_the_store_knows_are_no_orphans(run, sheet):
    rows = [["F1", "C1", datetime(2024, 3, 1, 9), "电话", "李", None, None]]
    assert run(sheet([FOLLOWUP, *rows]), known_customers={"C1"}).issues == ()
    assert [issue.kind for issue in run(sheet([FOLLOWUP, *rows]), known_customers=lambda: ["C2"]).issues] == [
        "orphan-customer"
    ]


CONVERSION = ["阶段", "进入阶段客户数", "从上一阶段转化数", "转化率"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("线索", 100, "-", "-"), ("意向", 60, 60, "60%"), ("商机", 30, 30, "50%"), ("成交", 15, 15, "50%")], set()),
        ([("线索", 90, "-", "-"), ("意向", 30, 30, "33%"), ("商机", 20, 20, "67%"), ("成交", 15, 15, 0.75)], set()),
        (
            [("线索", 90, "-", "-"), ("意向", 30, 30, "33.0%"), ("商机", 20, 20, "67%"), ("成交", 15, 15, "75%")],
            {(3, "conversion_share", "share-mismatch")},
        ),
        (
            [("线索", 50, "-", "-"), ("意向", 60, 40, "80%"), ("商机", 30, 30, "50%"), ("成交", 15, 15, "50%")],
            {(3, "entered", "counts-grow")},
        ),
        ([("线索", 100, "-", "-"), ("商机", 30, 30, "30%"), ("成交", 15, 15, "50%")], {(2, "stage", "stages-missing")}),
        (
            [("线索", 100, "-", "-"), ("商机", 30, 30, "50%"), ("意向", 60, 60, "60%"), ("成交", 15, 15, "50%")],
            {(4, "stage", "stages-out-of-order")},
        ),
        (
            [("线索", 100, "-", "-"), ("意向", 60, 60, "160%"), ("商机", 30, 30, "50%"), ("成交", 15, 15, "50%")],
            {(3, "conversion_share", "share-mismatch"), (3, "conversion_share", "share-out-of-range")},
        ),
    ],
)
def test_conversion(run, sheet, rows, expected):
    batch = run(sheet([CONVERSION, *rows]))
    assert {(issue.row, issue.field, issue.kind) for issue in batch.issues} == expected
    assert batch.tables["conversion"].height == len(rows)


def test_a_stage_twice_in_a_period_conflicts(run, sheet):
    rows = [
        ("线索", 100, "-", "-"),
        ("意向", 60, 60, "60%"),
        ("意向", 61, 61, "61%"),
        ("商机", 30, 30, "50%"),
        ("成交", 15, 15, "50%"),
    ]
    batch = run(sheet([CONVERSION, *rows]))
    assert [(issue.row, issue.kind) for issue in batch.issues] == [
        (3, "duplicate-conflicting"),
        (4, "duplicate-conflicting"),
    ]


def test_targets_of_one_scope_must_not_overlap(run, sheet):
    rows = [
        ["周期", "团队", "负责人", "区域", "目标销售额(元)"],
        ["2026Q3", "一组", None, None, 9],
        ["2026-08", "一组", None, None, 3],
        ["2026-09", "一组", None, None, 3],
        # 31 August to 6 September
        ["2026-W36", "一组", None, None, 1],
        ["2026-W36", "二组", None, None, 3],
    ]
    batch = run(sheet(rows))
    assert [(issue.row, issue.kind, issue.expected) for issue in batch.issues] == [
        (5, "overlapping-targets", "2026-08"),
    ]


CONTRACT = ["合同编号", "客户编号", "签订日期", "合同金额(元)", "约定回款日期", "实际回款金额(元)"]


def test_contracts(run, sheet):
    rows = [
        ["H1", "C1", "2024-01-01", 100, "2024-02-01", 60],
        ["H1", "C1", "2024-01-01", 100, "2024-03-01", 60],
        ["H2", "C1", "2024-01-01", 100, "2024-02-01", 60],
        ["H2", "C1", "2024-01-01", 120, "2024-03-01", 40],
        ["H3", "C9", "2024-01-01", 100, "2024-03-01", None],
    ]
    batch = run(sheet([CONTRACT, *rows]), known_customers={"C1"})
    assert {(issue.row, issue.kind) for issue in batch.issues} == {
        (3, "over-collected"),
        (5, "contract-amount-differs"),
        (6, "orphan-customer"),
    }
    assert batch.tables["contracts"].height == 5


def test_a_cell_is_reported_once(run, leads_sheet, a_lead):
    batch = run(leads_sheet([a_lead("C1", first="someday")]))
    assert [issue.kind for issue in batch.issues] == ["unreadable-date"]
