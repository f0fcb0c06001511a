"""The table of metrics of one surface, as rows to edit, and what an edit of it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.analysis import Analysis, Surface, Threshold
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.shown import fits, shown
from salesanalytics.metrics.types import Unit
from salesanalytics.settings import Settings
from salesanalytics.ui.settings.analysis.order_table import Arranged


@dataclass(frozen=True)
class Line:
    """One metric that could be shown; ``place`` from 1 where it is. Bounds as people read them: shares in percent."""

    metric: Metric
    place: int | None
    target: float | None
    warning: float | None


def read_as(metric: Metric, bound: float | None) -> float | None:
    """Return a bound as people read it."""
    return None if bound is None else round(bound * 100, 6) if metric.unit is Unit.SHARE else bound


def written_as(metric: Metric, typed: float | None) -> float | None:
    """Return a bound as data hold it."""
    return None if typed is None else round(typed / 100, 8) if metric.unit is Unit.SHARE else float(typed)


def lines(settings: Settings, surface: Surface) -> list[Line]:
    """Return every metric that fits a surface: those shown in their order, then the others."""
    ticked = [metric.name for metric in shown(settings, surface)]
    known = metrics_of(settings)
    others = [name for name, metric in known.items() if name not in ticked and fits(metric, surface, settings)]
    found = []
    for name in (*ticked, *others):
        bounds = settings.analysis.thresholds.get(name, Threshold())
        place = ticked.index(name) + 1 if name in ticked else None
        metric = known[name]
        found.append(Line(metric, place, read_as(metric, bounds.target), read_as(metric, bounds.warning)))
    return found


def arranged(analysis: Analysis, surface: Surface, before: Sequence[Line], made: Arranged) -> dict[str, object]:
    """Return what changes of ``analysis`` when the table of ``before`` was made into ``made``. Bounds both empty are none; those of metrics not in the table stay."""
    thresholds = dict(analysis.thresholds)
    for line in before:
        name = line.metric.name
        # what was not touched is not written anew: a bound of more digits than are shown stays as it is
        if made.bounds.get(name, (line.target, line.warning)) == (line.target, line.warning):
            continue
        target, warning = (written_as(line.metric, typed) for typed in made.bounds[name])
        thresholds[name] = Threshold(target=target, warning=warning)
        if thresholds[name] == Threshold():
            del thresholds[name]
    was = tuple(line.metric.name for line in before if line.place is not None)
    ticks: dict[str, object] = {} if made.order == was else {surface: made.order}
    return {**ticks, "thresholds": thresholds}
