"""A value typed into the grid is judged by the pipeline's own typing."""

from __future__ import annotations

import pytest

from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.importing.values import value_problem


@pytest.mark.parametrize(
    ("table", "column", "value", "problem"),
    [
        ("leads", "stage", "商机", None),
        ("leads", "stage", "洽谈种", "stage"),
        ("leads", "stage", "", "empty"),
        ("leads", "customer_id", "007", None),
        ("leads", "first_contact_on", "2026年3月1日", None),
        ("leads", "first_contact_on", "2026-03-01 09:30", None),
        ("leads", "first_contact_on", "2026/13/4", "date"),
        ("leads", "first_contact_on", "", None),
        ("leads", "expected_amount", "5万元", None),
        ("leads", "expected_amount", "很多", "amount"),
        ("leads", "customer_name", "=1+1", None),
        ("followups", "followed_up_at", "昨天", "date"),
        ("followups", "effective", "也许", "boolean"),
        ("funnel", "customers", "若干", "number"),
        ("funnel", "loss_share", "40%", None),
        ("targets", "period", "2026Q4", None),
        ("targets", "period", "下个季度", "period"),
    ],
)
def test_a_typed_value(table: str, column: str, value: str, problem: str | None) -> None:
    assert value_problem(BY_NAME[table].column(column), value, DEFAULT_STAGES) == problem
