"""The lines and bars of one chart: the metric with its target, past and average, or the parts of a split; each point says which rows it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.trend import Axis, Role, Series, bar_spans
from salesanalytics.i18n import format, text
from salesanalytics.insight.time_series import Point
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.time_chart.chart import Bucket
from salesanalytics.ui.trends.answers import Trend, stacked
from salesanalytics.ui.trends.chosen import Chosen, average_name, then_day
from salesanalytics.ui.trends.opened import ACTUAL, PAST, number_id, number_ids
from salesanalytics.ui.trends.opened_derived import AVERAGE, TARGET
from salesanalytics.ui.trends.values import Scale
from salesanalytics.ui.trends.words import bucket_name, bucket_names, part_name, part_words

NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Drawing:
    """What one chart draws with: whose numbers, in which unit, and its place on the page."""

    frame: Frame
    chosen: Chosen
    trend: Trend
    scale: Scale
    place: int

    @property
    def names(self) -> list[str]:
        """The buckets' names on the axis."""
        return bucket_names(self.trend.buckets, self.chosen.grain)

    @property
    def sample(self) -> int:
        """The rows under which a value is small."""
        return self.chosen.metric.min_sample(self.frame.desk.settings)


def series_of(drawing: Drawing) -> list[Series]:
    """Return the chart's lines."""
    return _parts(drawing) if drawing.trend.parts else _whole(drawing)


def axis_of(series: Sequence[Series], drawing: Drawing) -> Axis:
    """Return the axis for all lines, or for their stack: round ticks in the chart's unit."""
    known = [value for one in series for value in one.values if value is not None]
    if stacked(drawing.chosen):
        known = [end for spans in bar_spans(series, stacked=True) for span in spans if span for end in span]
    ticks = nice_ticks(max(known, default=1.0), min(known, default=0.0))
    return Axis(ticks, [drawing.scale.tick(tick) for tick in ticks])


def small(points: Sequence[Point], drawing: Drawing) -> list[bool]:
    """Say which points rest on too small a sample."""
    return [bool(drawing.sample) and point.n < drawing.sample for point in points]


def _grey(points: Sequence[Point], drawing: Drawing) -> list[bool]:
    return [one or drawing.trend.young(point) for one, point in zip(small(points, drawing), points, strict=True)]


def _told(name: str, value: float | None, drawing: Drawing, *beside: str) -> str:
    """One value in words: what it is, the exact figure, and what it rests on, each of these unbroken where a phone breaks the line."""
    return " · ".join(
        [f"{name} {drawing.scale.exact(value)}", *(words.replace(" ", NO_BREAK) for words in beside if words)]
    )


def _sample_words(point: Point, drawing: Drawing) -> list[str]:
    said = [f"n = {format.number(point.n)}"]
    if drawing.sample and point.n < drawing.sample:
        said.append(text("ui.small_sample", drawing.frame.lang))
    return said


def _point_words(name: str, points: Sequence[Point], drawing: Drawing) -> list[str]:
    return [_told(name, point.value, drawing, *_sample_words(point, drawing)) for point in points]


def _past_words(name: str, drawing: Drawing) -> list[str]:
    """Each earlier value there is, with its own bucket, where that has another name, and its own days."""
    past, lang = drawing.trend.past, drawing.frame.lang
    pairs = zip(drawing.names, bucket_names([point.whole for point in past], drawing.chosen.grain), past, strict=True)
    return [
        ""
        if point.value is None
        else _told(
            name if bucket == own else f"{name} ({own})",
            point.value,
            drawing,
            *_sample_words(point, drawing),
            part_words(point.whole, point.days, lang) if point.partial else "",
        )
        for bucket, own, point in pairs
    ]


def _last(values: Sequence[float | None]) -> float | None:
    return next((value for value in reversed(values) if value is not None), None)


def _whole(drawing: Drawing) -> list[Series]:
    trend, scale, lang, chosen = drawing.trend, drawing.scale, drawing.frame.lang, drawing.chosen
    last = trend.points[-1]
    label = text("trends.label_actual", lang, value=scale.label(last.value))
    if last.partial:
        label += f" · {part_words(last.whole, last.days, lang)}"
    found = [
        Series(
            "actual",
            [scale.scaled(point.value) for point in trend.points],
            label,
            _point_words(chosen.metric.short(lang), trend.points, drawing),
            small=_grey(trend.points, drawing),
            ids=number_ids(drawing.place, ACTUAL, len(trend.points)),
            faint=bool(trend.averages),
        )
    ]
    if trend.averages:
        name = average_name(chosen.window, chosen.grain, lang)
        label = text("trends.label_average", lang, name=name, value=scale.label(_last(trend.averages)))
        found.append(_beside("average", AVERAGE, label, name, trend.averages, drawing))
    if trend.target:
        kind = target_kind(drawing)
        label = text(f"trends.label_{kind}", lang, value=scale.label(_last(trend.target)))
        found.append(_beside("target", TARGET, label, text(f"trends.column_{kind}", lang), trend.target, drawing))
    if trend.past:
        day, values = then_day(drawing.frame), [point.value for point in trend.past]
        shown = scale.label(_last(values))
        known = [name for name, value in zip(drawing.names, values, strict=True) if value is not None]
        if known and values[-1] is None:  # its line ends before the place of its name
            shown = f"{known[-1]} {shown}"
        label = text(f"trends.label_{chosen.compare}", lang, value=shown, day=day)
        words = _past_words(text(f"trends.column_{chosen.compare}", lang, day=day), drawing)
        ids = number_ids(drawing.place, PAST, len(values))
        found.append(Series("past", [scale.scaled(value) for value in values], label, words, ids=ids))
    return found


def _beside(role: Role, kind: str, label: str, name: str, values: Sequence[float | None], drawing: Drawing) -> Series:
    """A line of values that rest on no sample of their own."""
    return Series(
        role,
        [drawing.scale.scaled(value) for value in values],
        label,
        ["" if value is None else _told(name, value, drawing) for value in values],
        ids=number_ids(drawing.place, kind, len(values)),
    )


def _parts(drawing: Drawing) -> list[Series]:
    chosen, trend, scale, tokens = drawing.chosen, drawing.trend, drawing.scale, drawing.frame.tokens
    found, height = list[Series](), 0.0
    for place, part in enumerate(trend.parts):
        averaged = any(value is not None for value in part.averages)
        raw = part.averages if averaged else [point.value for point in part.points]
        values = [scale.scaled(value) for value in raw]
        name = part_name(part, chosen.split or "", drawing.frame.lang)
        label_at = None
        if stacked(chosen):
            label_at, height = height + (values[-1] or 0.0) / 2, height + (values[-1] or 0.0)
        words = [_told(name, value, drawing) for value in raw] if averaged else _point_words(name, part.points, drawing)
        found.append(
            Series(
                "actual",
                values,
                f"{name} {scale.label(_last(raw))}",
                words,
                tokens.muted if part.rest else tokens.categories[place],
                () if averaged else _grey(part.points, drawing),
                label_at,
                number_ids(drawing.place, f"{AVERAGE}{place}" if averaged else str(place), len(part.points)),
            )
        )
    return found


def buckets_of(drawing: Drawing) -> list[Bucket]:
    """Return the chart's buckets: each opens the metric's own number, which a split's also tell of, for it is none of the lines."""
    trend, lang = drawing.trend, drawing.frame.lang
    found = []
    for at, (name, point) in enumerate(zip(drawing.names, trend.points, strict=True)):
        told = name
        if point.partial:
            told += f" · {part_words(point.whole, point.days, lang)}"
        if trend.parts:
            told += f"\n{_told(text('trends.column_all', lang), point.value, drawing, *_sample_words(point, drawing))}"
        found.append(Bucket(name, told, number_id(drawing.place, ACTUAL, at), point.partial))
    return found


def target_kind(drawing: Drawing) -> str:
    """Return where the dashed line comes from: a ``target`` of the table or the settings, a delivered ``aim``, or a ``limit`` that is not to be passed."""
    aims = drawing.trend.aims
    return "target" if aims is None or aims.kind == "set" else aims.kind


def last_bucket(drawing: Drawing) -> str:
    """Return the newest bucket's name."""
    return bucket_name(drawing.trend.buckets[-1], drawing.chosen.grain)
