"""The same figures through the store's own state: what the hand-made relations promise is what the store gives."""

from datetime import date, datetime
from typing import Any

import polars as pl

from salesanalytics.access import Scope, View
from salesanalytics.intake.types import Batch, FileReport
from salesanalytics.metrics import METRICS, Filters, MetricQuery, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import Workspace, open_workspace

EARLY, D = date(2026, 10, 4), date(2026, 11, 8)


def batch(digest: str, leads: list[dict[str, Any]], followups: list[dict[str, Any]]) -> Batch:
    frames = {}
    for name, rows in (("leads", leads), ("followups", followups)):
        placed = [
            {**row, "_digest": digest, "_file": "week.xlsx", "_sheet": name, "_row": i} for i, row in enumerate(rows, 2)
        ]
        frames[name] = pl.DataFrame(placed, infer_schema_length=None)
    return Batch(frames, (), (), (FileReport("week.xlsx", digest),))


def customer(number: int, stage: str, owner: str | None, met: date | None, **columns: Any) -> dict[str, Any]:
    empty = {"expected_amount": None, "actual_amount": None, "won_on": None, "lost_on": None, "lost_from_stage": None}
    row = {
        "customer_id": f"{number:03d}",
        "customer_name": "*司",
        "stage": stage,
        "owner": owner,
        "first_contact_on": met,
    }
    return {**row, **empty, **columns, "_custom": '{"产品线": "A"}' if number % 2 else None}


def week(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return list(rows)


FIRST = week(
    customer(1, "opportunity", "Wang", date(2026, 8, 3), expected_amount=100.0),
    customer(2, "lead", "Li", date(2026, 9, 30), expected_amount=50.0),
    customer(3, "prospect", None, None),
)
SECOND = week(
    customer(1, "won", "Wang", date(2026, 8, 3), expected_amount=100.0, actual_amount=120.5, won_on=date(2026, 10, 20)),
    customer(2, "lost", "Li", date(2026, 9, 30), lost_on=date(2026, 11, 1), lost_from_stage="prospect"),
    customer(3, "prospect", None, None),
    customer(4, "quote", "Li", date(2026, 11, 3), expected_amount=40.0),
)
LOG = [
    {
        "followup_id": "f1",
        "customer_id": "001",
        "followed_up_at": datetime(2026, 8, 20, 9),
        "stage_after": "opportunity",
    }
]


def loaded() -> Workspace:
    workspace = open_workspace(None, DEFAULT_SETTINGS)
    workspace.load(batch("a" * 64, FIRST, LOG), EARLY, "full", who="test")
    workspace.load(batch("b" * 64, SECOND, LOG), D, "full", who="test")
    return workspace


def test_figures_funnel_rows_and_scope_over_the_stores_state() -> None:
    with loaded() as workspace:
        view = View(workspace.state(D))
        found = ask(view, MetricQuery(tuple(METRICS)), DEFAULT_SETTINGS).total
        expected = {"leads": 4, "new_leads": 1, "sales_amount": 120.5, "closed_win_rate": 0.5, "sales_cycle_mean": 78}
        expected |= {"opportunity_win_rate": 0.5, "open_amount": 40, "weighted_pipeline": 24, "lead_conversion": 1}
        assert {name: found.values[name] for name in expected} == expected
        assert [(s.stage, s.customers) for s in stage_funnel(view, DEFAULT_SETTINGS).stages] == [
            ("lead", 4),
            ("prospect", 4),
            ("opportunity", 2),
            ("quote", 2),
            ("won", 1),
        ]
        behind = rows_behind(view, "sales_amount", Filters(), DEFAULT_SETTINGS)
        assert [(row["customer_id"], row["file"], row["sheet"], row["row"]) for row in behind] == [
            ("001", "week.xlsx", "leads", 2)
        ]
        by_product = ask(view, MetricQuery(("leads",), ("custom:产品线",)), DEFAULT_SETTINGS)
        assert [(row.dims["custom:产品线"], row.values["leads"]) for row in by_product.rows] == [("A", 2), (None, 2)]
        li = View(workspace.state(D), Scope(owners=frozenset({"Li"}), pool=False))
        assert ask(li, MetricQuery(("leads", "sales_amount")), DEFAULT_SETTINGS).total.values == {
            "leads": 2,
            "sales_amount": 0,
        }


def test_open_amount_by_month_is_read_from_the_state_of_each_months_end() -> None:
    with loaded() as workspace:
        period = Filters((), date(2026, 10, 1), D)
        query = MetricQuery(("open_amount", "leads"), ("month",), period)
        answer = ask(View(workspace.state(D)), query, DEFAULT_SETTINGS, lambda day: View(workspace.state(day)))
        # at the end of October the second import was not known yet
        assert [(row.dims["month"], row.values["open_amount"], row.values["leads"]) for row in answer.rows] == [
            ("2026-10", 150, 0),
            ("2026-11", 40, 1),
        ]
