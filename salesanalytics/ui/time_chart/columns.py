"""The buckets of a chart: a column each, that says what stands in it when pointed at or reached by Tab, with its name, its points and its bars.

The column and everything in it open numbers; only the column is a stop of the Tab key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.trend import Axis, Series, Span, bar_spans
from salesanalytics.charts.two_lines import units_of
from salesanalytics.ui.html import escape

MOST_MARKED = 40
"""Beyond so many buckets the points of a line have no marks: they would hide it."""
WIDE, MIDDLE, NARROW = 860, 480, 250
"""The widths of a chart, in pixels, that its buckets' names are thinned out for (the same as in the style sheet)."""
UNIT_WIDTH, NAME_GAP = 7.6, 14


@dataclass(frozen=True)
class Bucket:
    """One bucket: its name on the axis, what is told of it before its values, the id of what it opens, and whether it is a part-period."""

    name: str
    told: str
    opens: str
    partial: bool = False


def columns(buckets: Sequence[Bucket], series: Sequence[Series], axis: Axis, *, bars: bool, stacked: bool) -> str:
    """Return all columns; ``bars``: the actual values stand as bars, ``stacked`` on each other."""
    marks: list[list[str]] = [[] for _ in buckets]
    actual = [(place, one) for place, one in enumerate(series) if one.role == "actual"]
    for place, one in enumerate(series):
        if one.role != "actual":
            _add(marks, _points(one, place, buckets, axis))
    if bars:
        spans = bar_spans([one for _, one in actual], stacked=stacked)
        for (place, one), its_spans in zip(actual, spans, strict=True):
            _add(marks, _bars(one, place, buckets, axis, its_spans))
    else:
        for place, one in actual:
            _add(marks, _points(one, place, buckets, axis))
    names = _names([bucket.name for bucket in buckets])
    return "".join(
        f"<div{' class=l' if at > len(buckets) / 2 else ''}>{_opener(bucket, series, at)}{names[at]}{''.join(marks[at])}</div>"
        for at, bucket in enumerate(buckets)
    )


def _add(marks: list[list[str]], found: Sequence[str]) -> None:
    for column, mark in zip(marks, found, strict=True):
        column.append(mark)


def _opener(bucket: Bucket, series: Sequence[Series], at: int) -> str:
    """The link over the whole column; its label is what the style sheet shows beside it, a line a value."""
    told = "\n".join([bucket.told, *(one.words[at] for one in series if one.words and one.words[at])])
    return f'<a href="#" data-open="{escape(bucket.opens)}" aria-label="{escape(told)}"></a>'


def _points(series: Series, place: int, buckets: Sequence[Bucket], axis: Axis) -> list[str]:
    """A mark a value where marks are drawn, and the place that is clicked."""
    marked, last = series.role == "actual" and len(buckets) <= MOST_MARKED, series.last_at
    found = []
    for at, value in enumerate(series.values):
        if value is None:
            found.append("")
            continue
        ends = at == last and series.role == "actual" and series.end_label and not (series.faint or series.is_small(at))
        kinds = [
            *(("d", f"s{place}") if marked or ends else ()),
            *(("small",) if marked and series.is_small(at) else ()),
            *(("last",) if ends else ()),
            *(("part",) if ends and buckets[at].partial else ()),
            *(("faint",) if marked and series.faint else ()),
        ]
        found.append(_mark(series, at, kinds, f"bottom:{_percent(axis.rise(value))}"))
    return found


def _bars(series: Series, place: int, buckets: Sequence[Bucket], axis: Axis, spans: Sequence[Span | None]) -> list[str]:
    found = []
    for at, span in enumerate(spans):
        if span is None or span[0] == span[1]:
            found.append("")
            continue
        low, high = sorted(map(axis.rise, span))
        kinds = ["bar", f"s{place}"]
        flags = {"small": series.is_small(at), "part": buckets[at].partial, "faint": series.faint}
        kinds += [name for name, on in flags.items() if on]
        found.append(_mark(series, at, kinds, f"bottom:{_percent(low)};height:{_percent(high - low)}"))
    return found


def _mark(series: Series, at: int, kinds: Sequence[str], place: str) -> str:
    """A link to the value's own number; a mark alone where the series has none."""
    shown = f' class="{" ".join(kinds)}"' if kinds else ""
    if series.ids:
        return f'<a data-open="{escape(series.ids[at])}"{shown} style="{place}"></a>'
    return f'<i{shown} style="{place}"></i>' if kinds else ""


def _names(names: Sequence[str]) -> list[str]:
    """The names as far as they find room, the last always; those a narrower chart leaves out carry a class."""
    room = max(map(units_of, names), default=1.0) * UNIT_WIDTH + NAME_GAP

    def every(width: int, step: int) -> int:
        wanted = len(names) / max(1, width // room)
        return step * max(1, -int(-wanted // step))

    wide = every(WIDE, 1)
    middle = every(MIDDLE, wide)
    narrow = every(NARROW, middle)
    found = []
    for at, name in enumerate(names):
        back = len(names) - 1 - at
        kind = "" if back % narrow == 0 else " class=m" if back % middle == 0 else " class=w"
        found.append(f"<b{kind}>{escape(name)}</b>" if back % wide == 0 else "")
    return found


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"
