"""What a click on a number of the overview opens: a week's sales, a rep's, a team's, or a mover's figure, with formula, n and rows."""

from __future__ import annotations

from datetime import date, timedelta

from salesanalytics.i18n import format
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import metric_dialog
from salesanalytics.ui.open_numbers import opened_number
from salesanalytics.ui.periods import target_bucket
from salesanalytics.ui.restated.panel import open_restated


def open_what_was_clicked(frame: Frame) -> None:
    """Listen for clicks on numbers and open what was clicked."""
    asked = opened_number("overview-numbers")
    if not asked:
        return
    kind, _, which = asked.partition(":")
    if kind == "week":
        monday = date.fromisoformat(which)
        end = min(monday + timedelta(days=6), frame.as_of)
        metric_dialog(
            frame, "sales_amount", Filters(frame.where, monday, end), _title(frame, "sales_amount", format.week(monday))
        )
    elif kind in ("owner", "team"):
        whole = target_bucket(frame.state.period, frame.as_of)[1]
        # a target is met over the whole of its period, what a rep won is told up to today
        metric, until = (
            ("sales_amount", whole.to_date(frame.as_of)) if kind == "owner" else ("target_attainment", whole)
        )
        metric_dialog(
            frame, metric, Filters(narrowed(frame, kind, which), until.start, until.end), _title(frame, metric, which)
        )

    elif kind == "restated":
        open_restated(frame, frame.as_of.isoformat(), which)
    elif kind == "mover":
        metric, dimension, value = which.split(":", 2)
        until = target_bucket(frame.state.period, frame.as_of)[1].to_date(frame.as_of)
        filters = Filters(narrowed(frame, dimension, value), until.start, until.end)
        metric_dialog(frame, metric, filters, _title(frame, metric, value))


def narrowed(frame: Frame, dimension: str, value: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the chosen values with ``dimension`` narrowed to one: what a row of a panel cut by it stands for."""
    others = tuple(one for one in frame.where if one[0] != dimension)
    return (*others, (dimension, (value,))) if value else frame.where


def _title(frame: Frame, metric: str, which: str) -> str:
    name = frame.desk.metric(metric).title(frame.lang)
    return f"{name} · {which}" if which else name
