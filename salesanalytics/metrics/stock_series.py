"""A stock by time: what stood at the end of each bucket, read from the state of that day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from salesanalytics.access import View
from salesanalytics.errors import UserError
from salesanalytics.metrics.dimensions import Dimension
from salesanalytics.metrics.measure import Rows, measure
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, buckets, label
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

ViewAt = Callable[[date], View]
MOST_BUCKETS = 400
_FINEST_FIRST = ("day", "week", "month", "quarter")


def _window(view: View, filters: Filters) -> Period | None:
    """From the asked start, else the first contact ever, to the asked end, but never past the as-of date."""
    start = filters.start
    if start is None:
        found = view.fetch("SELECT min(first_contact_on) AS first FROM leads")
        start = found[0]["first"]
    end = min(filters.end or view.as_of, view.as_of)
    return Period(start, end) if start is not None and start <= end else None


def _ends(view: View, cuts: Sequence[Dimension], filters: Filters) -> list[date]:
    window = _window(view, filters)
    if window is None:
        return []
    grain = min((cut.grain for cut in cuts if cut.grain), key=_FINEST_FIRST.index)
    ends = [min(found.end, window.end) for found in buckets(window, grain)]
    if len(ends) > MOST_BUCKETS:
        raise UserError("too-many-buckets", n=len(ends), most=MOST_BUCKETS)
    wanted = {cut.grain: values for cut in cuts if cut.grain for name, values in filters.where if name == cut.name}
    return [end for end in ends if all(label(end, grain) in values for grain, values in wanted.items())]


def stocks_over_time(
    view: View,
    view_at: ViewAt,
    metrics: Sequence[Metric],
    cuts: Sequence[Dimension],
    filters: Filters,
    settings: Settings,
) -> tuple[Rows, bool]:
    """Return the figures of stocks by dimension values, a time cut among them, and whether any of the states was reconstructed."""
    others = [cut for cut in cuts if not cut.grain]
    rows: Rows = {}
    rebuilt = False
    for end in _ends(view, cuts, filters):
        then = view if end == view.as_of else view_at(end)
        rebuilt = rebuilt or then.reconstructed
        for dims, figures in measure(then, metrics, others, filters, settings).items():
            values = iter(dims)
            rows[tuple(label(end, cut.grain) if cut.grain else next(values) for cut in cuts)] = figures
    return rows, rebuilt
