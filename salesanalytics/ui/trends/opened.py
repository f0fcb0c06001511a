"""What stands behind a clicked point, bar or table cell: ``metric/series/bucket``, series = the metric itself, its past, or the place of a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from salesanalytics.i18n import text
from salesanalytics.insight.series_split import Part
from salesanalytics.insight.time_series import Point
from salesanalytics.metrics.periods import label
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.data import Desk
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import metric_dialog
from salesanalytics.ui.trends.answers import Trend
from salesanalytics.ui.trends.chosen import Chosen, reads_states
from salesanalytics.ui.trends.words import part_name

ACTUAL, PAST = "a", "p"


def number_id(place: int, series: str, at: int) -> str:
    """Return the id of one number: the place of its metric, its series, its bucket."""
    return f"{place}/{series}/{at}"


def number_ids(place: int, series: str, n: int) -> list[str]:
    """Return the ids of a whole series."""
    return [number_id(place, series, at) for at in range(n)]


def found_number(trends: Sequence[Trend], number: str) -> tuple[Trend, Part | None, Point] | None:
    """Return the metric's trend, the part of a split and the point an id stands for; None for one that names none (another choice's chart)."""
    place, _, rest = number.partition("/")
    series, _, at = rest.partition("/")
    if not (place.isdecimal() and at.isdecimal() and int(place) < len(trends)):
        return None
    trend = trends[int(place)]
    part: Part | None = None
    points: tuple[Point, ...] = ()
    if series in (ACTUAL, PAST):
        points = trend.points if series == ACTUAL else trend.past
    elif series.isdecimal() and int(series) < len(trend.parts):
        part = trend.parts[int(series)]
        points = part.points
    return (trend, part, points[int(at)]) if int(at) < len(points) else None


def days_behind(point: Point, until: date, as_of: date) -> tuple[date, date]:
    """Return the days a point's number is asked over: those counted, of a bucket that D cuts all of it, so that its target is whole."""
    counted = point.counted
    filled = point.partial and until >= as_of and counted.end == as_of
    return counted.start, point.whole.end if filled else counted.end


def open_number(frame: Frame, chosen: Chosen, trends: Sequence[Trend], number: str) -> None:
    """Open the dialog of a number."""
    found = found_number(trends, number)
    if found is None:
        return
    trend, part, point = found
    lang, metric = frame.lang, trend.metric
    name = label(point.whole.start, chosen.grain)
    if part is not None:
        name = f"{name} · {part_name(part, chosen.split or '', lang)}"
    title = text("trends.opened", lang, metric=metric.title(lang), name=name)
    if chosen.compare == "then" and frame.then and point in trend.past and f"/{PAST}/" in number:
        # a point of the pale line is answered by the date that knew it so
        frame = replace(frame, desk=frame.then, state=replace(frame.state, as_of=frame.then.as_of))
    desk, filters = question_behind(frame, chosen, trend, part, point)
    metric_dialog(replace(frame, desk=desk), metric.name, filters, title)


def question_behind(
    frame: Frame, chosen: Chosen, trend: Trend, part: Part | None, point: Point
) -> tuple[Desk, Filters]:
    """Return what a number answers, and the desk it is asked at: a stock's is that of the bucket's end, for it is what stood there then."""
    metric, desk, where = trend.metric, frame.desk, frame.where
    if part is not None and chosen.split:
        where = tuple(sorted({**dict(where), chosen.split: tuple(sorted(part.values))}.items()))
    if reads_states(metric, desk.settings) and point.counted.end < frame.as_of:
        desk = desk.at(point.counted.end)
    if metric.stock:
        return desk, Filters(where)
    if not metric.source.lead_columns:
        # targets and costs are spread over days by how finely they are asked about, so the question says its grain
        where = tuple(sorted({**dict(where), chosen.grain: (label(point.whole.start, chosen.grain),)}.items()))
    _, end = frame.state.span(frame.as_of)
    first, last = days_behind(point, min(end or frame.as_of, frame.as_of), frame.as_of)
    return desk, Filters(where, first, last)
