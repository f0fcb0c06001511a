"""From the raw files to upload rows: read cell by cell here, so that reading, matching and typing are checked along with the figures."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from tests.oracle.book import Row
from tests.oracle.uploads import Upload

_STAGES = {"线索": "lead", "意向": "prospect", "商机": "opportunity", "报价": "quote", "成交": "won", "流失": "lost"}
_ORIGINS = {"新客": "new", "复购": "repurchase", "转介绍": "referral"}
_HEADERS = {
    "leads": "客户编号 customer_id 客户名称(脱敏) customer_name 行业 industry 线索来源 source 首次接触时间 first_contact_on 当前跟进阶段 stage 负责人 owner "
    "预计成交金额(元) expected_amount 最后跟进时间 last_followup_on 区域 region 团队 team 客户等级 grade 预计成交日期 expected_close_on 实际成交金额(元) actual_amount "
    "成交日期 won_on 流失日期 lost_on 流失原因 lost_reason 流失前阶段 lost_from_stage 竞品 competitor 关闭日期 closed_on 分配时间 assigned_at 首次跟进时间 first_followup_on "
    "方案约定日期 proposal_due_on 方案提交日期 proposal_submitted_on 是否复购/转介绍 origin_kind",
    "followups": "跟进记录ID followup_id 客户编号 customer_id 跟进时间 followed_up_at 跟进方式 method 跟进人 followed_up_by 是否有效跟进 effective 客户反馈 feedback 跟进后阶段 stage_after "
    "录入时间 recorded_at 下次跟进日期 next_followup_on",
    "funnel": "阶段 stage 客户数量 customers 目标数量 target 完成率 attainment_share 流失率 loss_share 周期 period",
    "targets": "周期 period 团队 team 负责人 owner 区域 region 目标销售额(元) target_amount 目标新签客户数 target_customers 目标回款(元) target_collected",
    "contracts": "合同编号 contract_id 客户编号 customer_id 签订日期 signed_on 合同金额(元) contract_amount 约定回款日期 due_on 约定回款金额(元) due_amount "
    "实际回款日期 collected_on 实际回款金额(元) collected_amount",
    "channel_costs": "线索来源 source 周期 period 费用(元) cost",
}
_SHEETS = {
    "销售数据基础录入表": "leads",
    "客户跟进记录表": "followups",
    "销售漏斗分析表": "funnel",
    "销售目标表": "targets",
    "合同回款表": "contracts",
    "渠道费用表": "channel_costs",
}


def sample_upload(path: Path) -> Upload:
    """Return a weekly export of the sample, whose name begins with its date."""
    upload = Upload(date.fromisoformat(path.name[:10]), "full")
    book = CalamineWorkbook.from_path(str(path))
    for sheet in book.sheet_names:
        if sheet in _SHEETS:
            table = _SHEETS[sheet]
            words = _HEADERS[table].split()
            names = dict(zip(words[::2], words[1::2], strict=True))
            header, *rows = book.get_sheet_by_name(sheet).to_python()
            upload.tables[table] = [_row(names, [str(cell) for cell in header], row, table) for row in rows]
    return upload


def _row(names: dict[str, str], header: list[str], cells: list[Any], table: str) -> Row:
    given = {
        names[title]: _cell(names[title], cell) for title, cell in zip(header, cells, strict=True) if title in names
    }
    row = {**dict.fromkeys(names.values()), **given}
    if table == "leads":
        product = dict(zip(header, cells, strict=True)).get("产品线")
        row["custom"] = {"产品线": product} if product else None
    return row


def _cell(name: str, cell: Any) -> Any:
    if cell == "":
        return None
    if name in ("stage", "stage_after", "lost_from_stage"):
        return _STAGES[cell]
    if name == "origin_kind":
        return _ORIGINS[cell]
    if name == "effective":
        return cell == "是"
    if name == "period":
        return str(int(cell)) if isinstance(cell, float) else str(cell)
    if name.endswith("_share"):
        return float(cell.rstrip("%")) / 100 if isinstance(cell, str) else cell
    if name.endswith("_at") and not isinstance(cell, datetime):
        return datetime.combine(cell, datetime.min.time())
    return cell.date() if name.endswith("_on") and isinstance(cell, datetime) else cell


def maven_upload(path: Path, source: str | None = None) -> Upload:
    """Return Maven's opportunities, joined and renamed as the map file of the import says; ``source``: their column taken for the lead source."""
    stages = {"Prospecting": "prospect", "Engaging": "opportunity", "Won": "won", "Lost": "lost"}
    empty = dict.fromkeys(_HEADERS["leads"].split()[1::2])
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            told = {
                "customer_id": line["opportunity_id"],
                "customer_name": line["account"] or None,
                "industry": line["sector"] or None,
                "region": line["regional_office"] or None,
                "owner": line["sales_agent"] or None,
                "team": line["manager"] or None,
                "stage": stages[line["deal_stage"]],
                "first_contact_on": _day(line["engage_date"]),
                "closed_on": _day(line["close_date"]),
                "expected_amount": float(line["sales_price"]) if line["sales_price"] else None,
                "actual_amount": float(line["close_value"]) if line["close_value"] else None,
                "source": (line[source] or None) if source else None,
                "custom": {"product": line["product"]} if line["product"] and source != "product" else None,
            }
            rows.append({**empty, **told})
    return Upload(date(2017, 12, 31), "full", {"leads": rows})


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
