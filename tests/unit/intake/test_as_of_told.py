"""Days an upload itself speaks of, proposed where its file names tell none."""

from __future__ import annotations

import hashlib
from datetime import date

from salesanalytics.intake.as_of_told import DayTold, days_told
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import Batch, UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS

TODAY = date(2026, 11, 22)


def _batch(*lines: str) -> Batch:
    head = "客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人,预计成交金额(元)"
    body = "\n".join([*lines, head, "1,甲,零售,官网,2026-11-19,线索,王芳,5", "2,乙,零售,官网,2026-12-24,线索,王芳,5"])
    content = body.encode()
    return process([UploadedFile("export.csv", content, hashlib.sha256(content).hexdigest())], DEFAULT_SETTINGS)


def test_a_title_counts_most_then_the_latest_event_then_today() -> None:
    told = days_told(_batch("商机明细（导出时间：2026-11-20 18:02）,,,,,,,", ",,,,,,,"), TODAY)
    expected = [(date(2026, 11, 20), "title"), (date(2026, 11, 19), "latest"), (TODAY, "today")]
    assert told == [DayTold(day, source) for day, source in expected]  # type: ignore[arg-type]


def test_days_to_come_are_not_proposed_and_each_day_is_proposed_once() -> None:
    assert [told.day for told in days_told(_batch("计划 2027-01-31,,,,,,,"), TODAY)] == [date(2026, 11, 19), TODAY]
    assert [told.source for told in days_told(_batch(), date(2026, 11, 19))] == ["latest"]
