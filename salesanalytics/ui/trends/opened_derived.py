"""What stands behind the numbers reckoned from a trend's values: a bucket's target, what was attained of it, and a moving average over its window's days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from salesanalytics.i18n import text
from salesanalytics.insight.series_split import Part
from salesanalytics.insight.time_series import TARGETS, Point, before
from salesanalytics.metrics.opening import open_number, rows_of
from salesanalytics.metrics.periods import Period, label
from salesanalytics.metrics.types import Filters, Unit
from salesanalytics.reports.words import in_words
from salesanalytics.ui.data import Desk
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import metric_dialog, rows_dialog
from salesanalytics.ui.trends.answers import Trend
from salesanalytics.ui.trends.chosen import Chosen, average_name, reads_states
from salesanalytics.ui.trends.opened import question_behind
from salesanalytics.ui.trends.opened_setting import setting_behind, setting_dialog
from salesanalytics.ui.trends.words import part_name

TARGET, ATTAINED, AVERAGE = "t", "x", "m"
"""Series of an id (``ui.trends.opened``); of a part of a split ``AVERAGE`` is followed by the part's place."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Derived:
    """What an id stands for: a metric asked over days at a desk (``metric``), or rows of its own with their value and formula; ``rows`` of a metric's are read when shown; ``section``: of the settings, where it is one and has no rows."""

    desk: Desk
    title: str
    filters: Filters
    value: float | None
    metric: str | None = None
    formula: str = ""
    rows: Rows | None = None
    unit: Unit = Unit.SHARE
    section: str = ""


def open_derived(frame: Frame, chosen: Chosen, trends: Sequence[Trend], number: str) -> bool:
    """Open the dialog of such a number; False for an id that names none."""
    found = derived(frame, chosen, trends, number)
    if found is None:
        return False
    shown = replace(frame, desk=found.desk)
    if found.metric:
        metric_dialog(shown, found.metric, found.filters, found.title)
        return True
    value = in_words(found.value, found.unit, frame.lang, frame.desk.settings.currency)
    if found.section:
        setting_dialog(shown, found.title, value, found.formula, found.section)
        return True
    rows_dialog(shown, value, found.formula, found.filters, found.rows or [], found.title)
    return True


def derived(frame: Frame, chosen: Chosen, trends: Sequence[Trend], number: str) -> Derived | None:
    """Return what an id stands for; None where it names none."""
    place, _, rest = number.partition("/")
    series, _, bucket = rest.partition("/")
    if not (place.isdecimal() and bucket.isdecimal() and int(place) < len(trends)):
        return None
    trend, at = trends[int(place)], int(bucket)
    if at >= len(trend.points):
        return None
    match series[:1]:
        case "t" if trend.target:
            return _target(frame, chosen, trend, at)
        case "x" if trend.target:
            return _attained(frame, chosen, trend, at)
        case "m" if chosen.window:
            part = series[1:]
            if not part:
                return _average(frame, chosen, trend, None, at) if trend.averages else None
            known = part.isdecimal() and int(part) < len(trend.parts)
            return _average(frame, chosen, trend, trend.parts[int(part)], at) if known else None
        case _:
            return None


def _target(frame: Frame, chosen: Chosen, trend: Trend, at: int) -> Derived:
    """A target of the targets table opens its lines; one of the settings says where it comes from."""
    name = text("trends.column_target", frame.lang)
    point = trend.points[at]
    if trend.aims is None:
        aim = frame.desk.metric(TARGETS[trend.metric.name])
        desk, filters = question_behind(frame, chosen, replace(trend, metric=aim), None, point)
        return Derived(desk, _title(frame, chosen, trend, point, name), filters, trend.target[at], aim.name)
    filters = Filters(frame.where, point.whole.start, point.whole.end)
    title = _title(frame, chosen, trend, point, name)
    behind = setting_behind(trend.metric, trend.aims, frame.desk.settings, frame.lang)
    unit = trend.metric.unit
    return Derived(frame.desk, title, filters, trend.target[at], None, behind.sentence, None, unit, behind.section)


def _attained(frame: Frame, chosen: Chosen, trend: Trend, at: int) -> Derived | None:
    """What was reached above the line, the target's lines below it."""
    lang, point, aim = frame.lang, trend.points[at], trend.target[at]
    if not aim or point.value is None:
        return None
    desk, filters = question_behind(frame, chosen, trend, None, point)
    currency = desk.settings.currency
    rows = _sided("above", _behind(desk, trend.metric.name, filters), frame)
    said = [
        text(
            "trends.formula_attained",
            lang,
            metric=trend.metric.title(lang),
            value=in_words(point.value, trend.metric.unit, lang, currency),
            target=in_words(aim, trend.metric.unit, lang, currency),
        )
    ]
    if trend.aims is None:
        target = _target(frame, chosen, trend, at)
        rows += _sided("below", _behind(target.desk, target.metric or "", target.filters), frame)
    else:
        said.append(setting_behind(trend.metric, trend.aims, desk.settings, lang).sentence)
    title = _title(frame, chosen, trend, point, text("trends.column_attained", lang))
    return Derived(desk, title, filters, point.value / aim, None, "\n".join(said), rows)


def _average(frame: Frame, chosen: Chosen, trend: Trend, part: Part | None, at: int) -> Derived | None:
    """A share, mean or median is that of the window's days; a sum is the window's, divided by its buckets, a stock that of their ends."""
    values = trend.averages if part is None else part.averages
    if at >= len(values) or values[at] is None:
        return None
    lang, metric, point = frame.lang, trend.metric, trend.points[at]
    name = average_name(chosen.window, chosen.grain, lang)
    if part is not None:
        name = f"{part_name(part, chosen.split or '', lang)} · {name}"
    title = _title(frame, chosen, trend, point, name)
    inside = (*before([point.whole], chosen.grain, chosen.window - 1), point.whole)
    buckets = [Point(one, one.days, None, 0) for one in inside]
    asked = [question_behind(frame, chosen, trend, part, one) for one in buckets]
    desk, filters = _over(asked, inside, chosen.grain)
    if not metric.adds_up:
        if reads_states(metric, desk.settings) and inside[-1].end < frame.as_of:
            desk = frame.desk.at(inside[-1].end)
        return Derived(desk, title, filters, values[at], metric.name)
    each = asked if metric.stock else [(desk, filters)]
    rows: Rows = []
    for place, (one, question) in enumerate(each):
        found = _behind(one, metric.name, question)
        rows += [{**row, "note": label(inside[place].start, chosen.grain)} for row in found] if metric.stock else found
    formula = f"{metric.formula(lang)}\n{text('trends.average_sum', lang, name=average_name(chosen.window, chosen.grain, lang))}"
    return Derived(desk, title, filters, values[at], None, formula, rows, metric.unit)


def _over(asked: Sequence[tuple[Desk, Filters]], inside: Sequence[Period], grain: str) -> tuple[Desk, Filters]:
    """The question of the whole window: what its buckets ask, over all their days."""
    desk, last = asked[-1]
    where = dict(last.where)
    if grain in where:
        where[grain] = tuple(label(one.start, grain) for one in inside)
    return desk, Filters(tuple(sorted(where.items())), inside[0].start, inside[-1].end)


def _behind(desk: Desk, metric: str, filters: Filters) -> Rows:
    def read() -> Rows:
        found = open_number(desk.view, metric, filters, desk.settings, (), desk.view_at)
        return rows_of(desk.view, found, desk.settings, counted=True, view_at=desk.view_at)

    return desk.remember("trend-rows", (metric, filters), read)


def _sided(side: str, rows: Rows, frame: Frame) -> Rows:
    return [{**row, "note": text(f"number.side_{side}", frame.lang), "side": side} for row in rows]


def _title(frame: Frame, chosen: Chosen, trend: Trend, point: Point, name: str) -> str:
    bucket = label(point.whole.start, chosen.grain)
    return text("trends.opened", frame.lang, metric=trend.metric.title(frame.lang), name=f"{bucket} · {name}")
