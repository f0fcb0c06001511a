"""What a click on a number of the overview opens: a week's sales, a rep's, a team's, or a mover's figure, with formula, n and rows."""

from __future__ import annotations

from datetime import date, timedelta

from salesanalytics.i18n import format
from salesanalytics.insight.advances import WINDOW
from salesanalytics.insight.findings import Finding
from salesanalytics.metrics.types import Filters
from salesanalytics.stages import WON
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import metric_dialog
from salesanalytics.ui.overview.answers import weightiest_findings
from salesanalytics.ui.overview.opened_step import BEFORE, is_step, open_step
from salesanalytics.ui.periods import target_bucket
from salesanalytics.ui.restated.panel import open_restated


def open_what_was_clicked(frame: Frame) -> None:
    """Open the number that was clicked, if one was."""
    if not frame.opened:
        return
    kind, _, which = frame.opened.partition(":")
    if kind in ("pace", "attained"):
        metric, filters = target_question(frame, kind, which)
        metric_dialog(frame, metric, filters, _title(frame, metric, which))
    elif kind == "finding":
        _open_finding(frame, *which.partition(":")[::2])
    elif kind == "week":
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


def _open_finding(frame: Frame, place: str, part: str) -> None:
    found = weightiest_findings(frame.desk, frame.where)
    finding = found[int(place)] if place.isdecimal() and int(place) < len(found) else None
    if finding is None:
        return
    if question := finding_question(frame, finding):
        metric_dialog(frame, *question, finding.title(frame.lang))
    elif is_step(finding):
        open_step(frame, finding, earlier=part == BEFORE)


def target_question(frame: Frame, kind: str, name: str) -> tuple[str, Filters]:
    """Return the metric and filters of a team's points ahead of its pace, or of a rep's share of the target of the days gone by."""
    whole = target_bucket(frame.state.period, frame.as_of)[1]
    if kind == "pace":
        return "pace", Filters(narrowed(frame, "team", name), whole.start, whole.end)
    until = whole.to_date(frame.as_of)
    return "target_attainment", Filters(narrowed(frame, "owner", name), until.start, until.end)


def finding_question(frame: Frame, finding: Finding) -> tuple[str, Filters] | None:
    """Return the metric and filters a finding's n counts the rows of; None where they are no metric's (``opened_step``)."""
    match finding.kind, finding.params:
        case "channel-up" | "channel-down", {"source": str(source)}:
            return "win_rate_30d", Filters(narrowed(frame, "source", source), frame.as_of - 2 * WINDOW, frame.as_of)
        case "rep-silent", {"owner": str(owner)}:
            # open ones are in no end stage; those whose stage is not given are open too
            stages = ("", *(stage.id for stage in frame.desk.settings.stages.forward if stage.id != WON))
            where = dict(narrowed(frame, "owner", owner))
            chosen = dict(frame.where).get("stage")
            where["stage"] = tuple(sorted(set(stages) & set(chosen))) if chosen else tuple(sorted(stages))
            return "leads", Filters(tuple(sorted(where.items())))
        case _:
            return None


def narrowed(frame: Frame, dimension: str, value: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the chosen values with ``dimension`` narrowed to one: what a row of a panel cut by it stands for."""
    others = tuple(one for one in frame.where if one[0] != dimension)
    return (*others, (dimension, (value,))) if value else frame.where


def _title(frame: Frame, metric: str, which: str) -> str:
    name = frame.desk.metric(metric).title(frame.lang)
    return f"{name} · {which}" if which else name
