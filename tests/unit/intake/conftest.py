"""A way to write sheets by hand and run them through the pipeline, without files."""

import hashlib
from datetime import date

import pytest

from salesanalytics.intake.pipeline import reprocess
from salesanalytics.intake.types import RawSheet
from salesanalytics.settings import DEFAULT_SETTINGS

LEAD_HEADERS = ["客户编号", "客户名称", "行业", "线索来源", "首次接触时间", "当前跟进阶段", "负责人"]


def raw_sheet(rows, sheet="Sheet1", file="upload.xlsx", **more):
    return RawSheet(
        file,
        hashlib.sha256(file.encode()).hexdigest(),
        sheet,
        [list(row) for row in rows],
        list(range(1, len(rows) + 1)),
        **more,
    )


def lead(customer="C1", stage="商机", first="2024-03-01", name="甲公司", owner="李"):
    return [customer, name, "制造业", "官网", first, stage, owner]


@pytest.fixture
def run():
    """Run hand-made sheets through everything but the reading, as of 2024-04-01."""

    def process(*sheets, settings=DEFAULT_SETTINGS, as_of=date(2024, 4, 1), **more):
        return reprocess(sheets, settings, as_of=as_of, **more)

    return process


@pytest.fixture
def kinds():
    """``[(row, field, kind), …]`` of a batch's issues, sorted."""
    return lambda batch: sorted((issue.row or 0, issue.field or "", issue.kind) for issue in batch.issues)


@pytest.fixture
def leads_sheet():
    """A leads sheet: ``leads_sheet(rows, extra headers…)``."""
    return lambda rows, *extra, **more: raw_sheet([[*LEAD_HEADERS, *extra], *rows], **more)


@pytest.fixture
def sheet():
    return raw_sheet


@pytest.fixture
def a_lead():
    return lead
