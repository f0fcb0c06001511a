"""The table of metrics of one surface, as rows to edit, and what an edit of it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salesanalytics.analysis import Analysis, Surface, Threshold
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.shown import fits, shown
from salesanalytics.metrics.types import Unit
from salesanalytics.settings import Settings

SHOWN, PLACE, TARGET, WARNING = "shown", "place", "target", "warning"


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


def edited(
    analysis: Analysis, surface: Surface, before: Sequence[Line], edits: Mapping[int, Mapping[str, Any]]
) -> dict[str, object]:
    """Return what changes of ``analysis`` when rows of the table (by their number) are edited.

    A ticked metric comes last unless a place was typed; a typed place moves it there. Bounds both empty are none.
    """
    order = [line.metric.name for line in before if line.place is not None]
    thresholds = dict(analysis.thresholds)
    for number, cells in sorted(edits.items()):
        line = before[number]
        name = line.metric.name
        if SHOWN in cells or PLACE in cells:
            order = _moved(order, name, cells)
        if TARGET in cells or WARNING in cells:
            bounds = Threshold(
                target=written_as(line.metric, cells.get(TARGET, line.target)),
                warning=written_as(line.metric, cells.get(WARNING, line.warning)),
            )
            thresholds[name] = bounds
            if bounds == Threshold():
                del thresholds[name]
    was = [line.metric.name for line in before if line.place is not None]
    ticks: dict[str, object] = {} if order == was else {surface: tuple(order)}
    return {**ticks, "thresholds": thresholds}


def _moved(order: list[str], name: str, cells: Mapping[str, Any]) -> list[str]:
    others = [each for each in order if each != name]
    if not cells.get(SHOWN, True):
        return others
    place = cells.get(PLACE)
    if place is None:
        return order if name in order else [*others, name]
    at = min(max(int(place), 1), len(others) + 1) - 1
    return [*others[:at], name, *others[at:]]
