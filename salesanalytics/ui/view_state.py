"""What a page is showing, as the URL carries it: as-of date, the date compared with, period and filters, in language-neutral values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesanalytics.insight.compared import NAMED
from salesanalytics.metrics.dimensions import CUSTOM
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.periods import DEFAULT_PERIOD, Period, Span, span

DIMENSIONS = ("team", "owner", "industry", "region", "source")
"""The dimensions the filter bar offers with a pill of their own, in its order."""
DATES_AND_PERIOD = ("as_of", "against", "since", "period", "from", "to")
"""The URL parameters of the state beside the dimensions; ``since`` is what links of What changed once carried."""
MORE = ("grade", "tier", "origin_kind")
"""Those it offers behind "more", before the columns of the user's own."""


def is_filter(name: str) -> bool:
    """Say whether a URL parameter is a filter: a dimension of the bar, or a custom column (``custom:产品线``)."""
    return name in DIMENSIONS or name in MORE or name.startswith(CUSTOM)


@dataclass(frozen=True)
class ViewState:
    """The filter bar's state. ``as_of`` None = the newest import. ``where``: chosen values a dimension ("" = no value, the pool).
    ``against``: what every number is compared with, as ``insight.compared`` reads it ("last", "week", "month", a day); "" = nothing.
    """

    as_of: date | None = None
    period: Period = DEFAULT_PERIOD
    start: date | None = None
    end: date | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    against: str = ""

    def chosen(self, dimension: str) -> tuple[str, ...]:
        """Return the values chosen in ``dimension``; none = all."""
        return dict(self.where).get(dimension, ())

    def choosing(self, dimension: str, values: Sequence[str]) -> ViewState:
        """Return the state with these values chosen in ``dimension``; none clears it."""
        kept = {name: chosen for name, chosen in self.where if name != dimension}
        if values:
            kept[dimension] = tuple(sorted(values))
        return replace(self, where=tuple(sorted(kept.items())))

    def span(self, as_of: date) -> Span:
        """Return the first and last day of the period, seen from ``as_of``."""
        return span(self.period, as_of, self.start, self.end)

    def filters(self, as_of: date) -> Filters:
        """Return the state as the metrics understand it, period included."""
        first, last = self.span(as_of)
        return Filters(where=self.where, start=first, end=last)


def _read_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _read_against(first: Mapping[str, str]) -> str:
    """What is compared with. ``since`` is what links of What changed once carried."""
    asked = first.get("against") or first.get("since") or ""
    day = _read_date(asked)
    return asked if asked in NAMED else day.isoformat() if day else ""


def read_params(params: Mapping[str, Sequence[str]]) -> ViewState:
    """Return the state a URL describes. What cannot be read is left at its default: a mangled link still opens."""
    first = {key: values[0] for key, values in params.items() if values}
    try:
        period = Period(first.get("period", DEFAULT_PERIOD))
    except ValueError:
        period = DEFAULT_PERIOD
    where = {name: tuple(sorted(set(params[name]))) for name in params if is_filter(name) and params[name]}
    start, end = _read_date(first.get("from")), _read_date(first.get("to"))
    if start and end and start > end:
        start, end = end, start
    if period is not Period.CUSTOM:
        start = end = None
    against = _read_against(first)
    return ViewState(_read_date(first.get("as_of")), period, start, end, tuple(sorted(where.items())), against)


def write_params(state: ViewState) -> dict[str, list[str]]:
    """Return the URL parameters of ``state``; defaults are left out, so that a plain address is the plain view."""
    params: dict[str, list[str]] = {}
    if state.as_of:
        params["as_of"] = [state.as_of.isoformat()]
    if state.against:
        params["against"] = [state.against]
    if state.period is not DEFAULT_PERIOD:
        params["period"] = [state.period.value]
    if state.start:
        params["from"] = [state.start.isoformat()]
    if state.end:
        params["to"] = [state.end.isoformat()]
    return params | {name: list(values) for name, values in state.where}
