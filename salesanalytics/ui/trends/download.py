"""The download of what the Trends page shows: a line a bucket, oldest first, every series with its n."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.periods import label
from salesanalytics.ui.trends.answers import Trend
from salesanalytics.ui.trends.chosen import Chosen, average_name
from salesanalytics.ui.trends.words import part_name


def csv_headers(chosen: Chosen, trends: Sequence[Trend], lang: Lang, then: str = "") -> dict[str, str]:
    """Return the headings in their order; of several metrics each heading says whose it is. ``then``: the date compared with."""
    headers = {
        "bucket": text(f"dimension.{chosen.grain}", lang),
        "start": text("trends.column_start", lang),
        "end": text("trends.column_end", lang),
        "days": text("trends.column_days", lang),
    }
    for place, trend in enumerate(trends):
        title = trend.metric.title(lang)
        before = f"{title} · " if len(trends) > 1 else ""
        headers |= {f"value_{place}": title, f"n_{place}": f"{before}n"}
        if trend.averages:
            headers[f"average_{place}"] = before + average_name(chosen.window, chosen.grain, lang)
        if trend.target:
            headers[f"target_{place}"] = before + text("trends.column_target", lang)
        if trend.past:
            headers[f"past_{place}"] = before + text(f"trends.column_{chosen.compare}", lang, day=then)
            headers[f"past_days_{place}"] = before + text("trends.column_past_days", lang)
        for at, part in enumerate(trend.parts):
            name = before + part_name(part, chosen.split or "", lang)
            headers |= {f"part_{place}_{at}": name, f"part_n_{place}_{at}": f"{name} · n"}
            if any(value is not None for value in part.averages):
                average = average_name(chosen.window, chosen.grain, lang)
                headers[f"part_average_{place}_{at}"] = f"{name} · {average}"
    return headers


def csv_rows(chosen: Chosen, trends: Sequence[Trend]) -> list[dict[str, object]]:
    """Return the rows: exact values, shares 0-1, amounts in currency units, ISO dates; ``start`` to ``end`` are the bucket's days, ``days`` those counted."""
    first = trends[0]
    rows = list[dict[str, object]]()
    for at, point in enumerate(first.points):
        row: dict[str, object] = {
            "bucket": label(point.whole.start, chosen.grain),
            "start": point.whole.start,
            "end": point.whole.end,
            "days": point.days,
        }
        for place, trend in enumerate(trends):
            row |= _of_metric(trend, place, at)
        rows.append(row)
    return rows


def _of_metric(trend: Trend, place: int, at: int) -> dict[str, object]:
    found: dict[str, object] = {f"value_{place}": trend.points[at].value, f"n_{place}": trend.points[at].n}
    if trend.averages:
        found[f"average_{place}"] = trend.averages[at]
    if trend.target:
        found[f"target_{place}"] = trend.target[at]
    if trend.past:
        found |= {f"past_{place}": trend.past[at].value, f"past_days_{place}": trend.past[at].days}
    for number, part in enumerate(trend.parts):
        found |= {f"part_{place}_{number}": part.points[at].value, f"part_n_{place}_{number}": part.points[at].n}
        if part.averages:
            found[f"part_average_{place}_{number}"] = part.averages[at]
    return found
