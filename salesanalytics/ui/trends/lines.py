"""The lines and bars of one chart: the metric with its target, past and average, or the parts of a split; each point says which rows it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.trend import Series
from salesanalytics.i18n import format, text
from salesanalytics.insight.time_series import Point
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.trends.answers import Trend, stacked
from salesanalytics.ui.trends.chosen import Chosen, average_name, then_day
from salesanalytics.ui.trends.opened import ACTUAL, PAST, number_ids
from salesanalytics.ui.trends.opened_derived import AVERAGE, TARGET
from salesanalytics.ui.trends.values import Scale
from salesanalytics.ui.trends.words import bucket_name, bucket_names, part_name, part_words


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


def ticks_of(series: Sequence[Series], chosen: Chosen) -> list[float]:
    """Return round ticks for all lines, or for their stack."""
    if stacked(chosen):
        columns = zip(*(one.values for one in series), strict=True)
        return nice_ticks(max((sum(value or 0.0 for value in column) for column in columns), default=1.0))
    known = [value for one in series for value in one.values if value is not None]
    return nice_ticks(max(known, default=1.0), min(known, default=0.0))


def small(points: Sequence[Point], drawing: Drawing) -> list[bool]:
    """Say which points rest on too small a sample."""
    return [bool(drawing.sample) and point.n < drawing.sample for point in points]


def _grey(points: Sequence[Point], drawing: Drawing) -> list[bool]:
    return [one or drawing.trend.young(point) for one, point in zip(small(points, drawing), points, strict=True)]


def _hover(points: Sequence[Point], drawing: Drawing) -> list[str]:
    lang, chosen = drawing.frame.lang, drawing.chosen
    names = bucket_names([point.whole for point in points], chosen.grain)
    texts = []
    for name, point in zip(names, points, strict=True):
        extra = [f"n = {format.number(point.n)}"]
        if drawing.sample and point.n < drawing.sample:
            extra.append(text("ui.small_sample", lang))
        if point.partial:
            extra.append(part_words(point.whole, point.days, lang))
        texts.append(f"{name}: <b>{drawing.scale.exact(point.value)}</b><br>{' · '.join(extra)}")
    return texts


def _average_hover(values: Sequence[float | None], drawing: Drawing) -> list[str]:
    name = average_name(drawing.chosen.window, drawing.chosen.grain, drawing.frame.lang)
    pairs = zip(drawing.names, values, strict=True)
    return [f"{bucket}: <b>{drawing.scale.exact(value)}</b><br>{name}" for bucket, value in pairs]


def _last(values: Sequence[float | None]) -> float | None:
    return next((value for value in reversed(values) if value is not None), None)


def _whole(drawing: Drawing) -> list[Series]:
    trend, scale, lang, chosen = drawing.trend, drawing.scale, drawing.frame.lang, drawing.chosen
    last = trend.points[-1]
    label = text("trends.label_actual", lang, value=scale.label(last.value))
    if last.partial:
        label += f"<br><span style='font-size:12px'>{part_words(last.whole, last.days, lang)}</span>"
    found = [
        Series(
            "actual",
            [scale.scaled(point.value) for point in trend.points],
            label,
            _hover(trend.points, drawing),
            small=_grey(trend.points, drawing),
            ids=number_ids(drawing.place, ACTUAL, len(trend.points)),
            faint=bool(trend.averages),
        )
    ]
    if trend.averages:
        name = average_name(chosen.window, chosen.grain, lang)
        words = text("trends.label_average", lang, name=name, value=scale.label(_last(trend.averages)))
        values = [scale.scaled(value) for value in trend.averages]
        ids = number_ids(drawing.place, AVERAGE, len(values))
        found.append(Series("average", values, words, _average_hover(trend.averages, drawing), ids=ids))
    if trend.target:
        words = text(f"trends.label_{target_kind(drawing)}", lang, value=scale.label(_last(trend.target)))
        hover = [f"{name}: {scale.exact(value)}" for name, value in zip(drawing.names, trend.target, strict=True)]
        ids = number_ids(drawing.place, TARGET, len(trend.target))
        found.append(Series("target", [scale.scaled(value) for value in trend.target], words, hover, ids=ids))
    if trend.past:
        known = _last([point.value for point in trend.past])
        words = text(f"trends.label_{chosen.compare}", lang, value=scale.label(known), day=then_day(drawing.frame))
        found.append(
            Series(
                "past",
                [scale.scaled(point.value) for point in trend.past],
                words,
                _hover(trend.past, drawing),
                ids=number_ids(drawing.place, PAST, len(trend.past)),
            )
        )
    return found


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
        words = _average_hover(raw, drawing) if averaged else _hover(part.points, drawing)
        found.append(
            Series(
                "actual",
                values,
                f"{name} {scale.label(_last(raw))}",
                [f"{name}<br>{one}" for one in words],
                tokens.muted if part.rest else tokens.categories[place],
                () if averaged else _grey(part.points, drawing),
                label_at,
                number_ids(drawing.place, f"{AVERAGE}{place}" if averaged else str(place), len(part.points)),
            )
        )
    return found


def target_kind(drawing: Drawing) -> str:
    """Return where the dashed line comes from: a ``target`` of the table or the settings, a delivered ``aim``, or a ``limit`` that is not to be passed."""
    aims = drawing.trend.aims
    return "target" if aims is None or aims.kind == "set" else aims.kind


def last_bucket(drawing: Drawing) -> str:
    """Return the newest bucket's name."""
    return bucket_name(drawing.trend.buckets[-1], drawing.chosen.grain)
