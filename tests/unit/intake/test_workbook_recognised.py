"""A template read back is recognised whole: every sheet its table, every header its column, the guide nothing."""

from hashlib import sha256

import pytest

from salesanalytics.i18n import LANGS
from salesanalytics.intake.match import match_sheet
from salesanalytics.intake.read import read_file
from salesanalytics.intake.types import RawSheet, UploadedFile
from salesanalytics.intake.workbook import blank_workbook
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.tables import BY_NAME, TABLES


@pytest.mark.parametrize("lang", LANGS)
def test_every_sheet_of_the_template_is_its_table(lang):
    content = blank_workbook(TABLES, lang, DEFAULT_STAGES)
    guide, *sheets = read_file(UploadedFile("t.xlsx", content, sha256(content).hexdigest()), DEFAULT_SETTINGS.limits)
    assert [match.table for match in match_sheet(guide)] == [None]
    for table, raw in zip(TABLES, sheets, strict=True):
        (match,) = match_sheet(raw)
        assert (match.table, match.header_row) == (table.name, 1)
        assert [(column.column, column.how) for column in match.columns] == [(name, "exact") for name in table.names]
        assert match.body[1] - match.body[0] == len(table.columns[0].examples)


@pytest.mark.parametrize("name", list(BY_NAME))
def test_traditional_headers_are_exact(name):
    table = BY_NAME[name]
    headers = [column.zh_hant for column in table.columns]
    raw = RawSheet("f.csv", "d", "Sheet1", [headers, ["1"] * len(headers)], [1, 2])
    (match,) = match_sheet(raw)
    assert match.table == name
    assert [column.column for column in match.columns] == list(table.names)


@pytest.mark.parametrize(
    ("table", "headers", "columns"),
    [
        (
            "leads",
            "Record ID|Associated Company|Deal Stage|Deal owner|Amount|Create Date|Close Date|Original Traffic Source|Closed Lost Reason",
            "customer_id customer_name stage owner expected_amount first_contact_on closed_on source lost_reason",
        ),
        (
            "leads",
            "Opportunity ID|Account Name|Stage|Opportunity Owner|Amount|Created Date|Close Date|Lead Source|Last Activity|Industry",
            "customer_id customer_name stage owner expected_amount first_contact_on closed_on source last_followup_on industry",
        ),
        (
            "leads",
            "ID|Organization|Stage|Owner|Value|Deal created|Expected close date|Won time|Lost time|Lost reason",
            "customer_id customer_name stage owner expected_amount first_contact_on expected_close_on won_on lost_on lost_reason",
        ),
        (
            "leads",
            "商机编号|客户名称|销售阶段|负责人|负责人主属部门|商机金额(元)|预计结单日期|创建时间|线索来源|输单原因|最后跟进时间",
            "customer_id customer_name stage owner team expected_amount expected_close_on first_contact_on source lost_reason last_followup_on",
        ),
        (
            "followups",
            "活动编号|客户编号|拜访时间|活动类型|执行人|拜访内容|拜访结果|下次跟进时间|创建时间",
            "followup_id customer_id followed_up_at method followed_up_by summary feedback next_followup_on recorded_at",
        ),
        (
            "followups",
            "Activity ID|Deal ID|Activity date|Activity type|Activity assigned to|Subject|Outcome|Next action",
            "followup_id customer_id followed_up_at method followed_up_by summary feedback next_step",
        ),
        (
            "contracts",
            "合同编号|客户编号|签约日期|合同总额|计划回款日期|计划回款金额(元)|到账日期|到账金额|已开票金额",
            "contract_id customer_id signed_on contract_amount due_on due_amount collected_on collected_amount invoiced_amount",
        ),
    ],
)
def test_exports_of_other_systems_are_recognised(table, headers, columns):
    row = headers.split("|")
    (match,) = match_sheet(RawSheet("export.csv", "d", "Sheet1", [row, ["1"] * len(row)], [1, 2]))
    assert match.table == table
    assert [column.column for column in match.columns] == columns.split()
