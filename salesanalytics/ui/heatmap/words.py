"""The Heatmap page's sentences and figures: the headline, the subtitle, a cell's two lines."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.cross_table import CrossCell, CrossTable, Place
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Unit
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.answers import counts_customers, found_detail
from salesanalytics.ui.heatmap.chosen import Chosen, line_name
from salesanalytics.ui.heatmap.picked import cell_name
from salesanalytics.ui.trends.values import Scale, scale_of

WHOLE_FROM, LEAST_MIDDLE = 100, 10
MUCH = 0.2


def scale_for(metric: Metric, cells: list[CrossCell], frame: Frame) -> Scale:
    """Return the one unit of a picture: the one that suits its middle cell, since one huge cell would make all others 0.0; totals take the same."""
    values = sorted(cell.value for cell in cells if cell.value)
    middle = values[len(values) // 2 : len(values) // 2 + 1]
    return scale_of(metric.unit, middle, frame.lang, frame.desk.settings.currency)


def is_small(cell: CrossCell, metric: Metric, frame: Frame) -> bool:
    """Say whether a cell's sample is under the metric's minimum."""
    return cell.n < metric.min_sample(frame.desk.settings)


def counted(metric: Metric, lang: Lang, n: int) -> str:
    """Return how many customers, or rows of another table, a number rests on."""
    return text("heatmap.customers" if counts_customers(metric) else "heatmap.rows_counted", lang, n=n)


def below_words(cell: CrossCell, metric: Metric, lang: Lang) -> str:
    """Return a cell's second line: its customers, or k / n of a share; nothing where the value itself counts them."""
    if metric.share and cell.k is not None:
        return f"{format.number(cell.k)} / {format.number(cell.n)}"
    return "" if metric.unit is Unit.COUNT else counted(metric, lang, cell.n)


def figure_words(cell: CrossCell | None, scale: Scale, *, whole: bool) -> str:
    """Return a value as a cell shows it, in the picture's unit; ``whole`` units where its largest has three digits or more, so that all read alike."""
    if cell is None or cell.value is None:
        return format.DASH
    if scale.unit is Unit.SHARE:
        return format.share(cell.value, 0)
    plain = whole or (scale.unit is Unit.MONEY and scale.money == format.ONE)
    return format.number(scale.scaled(cell.value), 0) if plain else scale.cell(cell.value)


def whole_units(cells: list[CrossCell], scale: Scale) -> bool:
    """Say whether values are shown in whole units: where one huge cell stands among small ones they would say little of those."""
    values = sorted(scale.scaled(cell.value) or 0.0 for cell in cells if cell.value)
    return bool(values) and values[-1] >= WHOLE_FROM and values[len(values) // 2] >= LEAST_MIDDLE


def map_headline(frame: Frame, chosen: Chosen, table: CrossTable, largest: Place | None) -> str:
    """Return the finding: the strongest line and the largest cell, and whether one deal makes most of it."""
    lang, settings, metric = frame.lang, frame.desk.settings, frame.desk.metric(chosen.measure)
    name = metric.title(lang)
    if largest is None:
        return text("heatmap.none", lang, measure=name)
    cell, where = table.cells[largest], cell_name(chosen, table, largest, frame.desk, lang)
    sample = metric.min_sample(settings)
    scale = scale_for(metric, list(table.cells.values()), frame)
    if not table.is_named(largest):
        return text("heatmap.headline_unnamed", lang, measure=name, value=scale.label(table.total.value))
    if cell.n < sample:
        return text("heatmap.headline_small", lang, measure=name, n=sample, share=scale.label(table.total.value))
    if metric.share:
        return text(
            "heatmap.headline_share",
            lang,
            measure=name,
            cell=where,
            share=format.share(cell.value),
            k=format.number(cell.k),
            n=format.number(cell.n),
            all=format.share(table.total.value),
        )
    if not metric.adds_up:
        value, total = scale.label(cell.value), scale.label(table.total.value)
        return text("heatmap.headline_mean", lang, measure=name, cell=where, value=value, all=total)
    return _headline_of_sums(frame, chosen, table, largest, where)


def _headline_of_sums(frame: Frame, chosen: Chosen, table: CrossTable, largest: Place, where: str) -> str:
    lang, metric = frame.lang, frame.desk.metric(chosen.measure)
    top = max(range(len(table.rows)), key=lambda at: (table.rows[at].named, table.row_totals[at].value or 0.0))
    share = (table.row_totals[top].value or 0.0) / table.total.value if table.total.value else None
    words = text(
        "heatmap.headline",
        lang,
        row=line_name(table.rows[top], chosen.rows, frame.desk, lang),
        measure=metric.title(lang),
        share=format.share(share, 0),
        cell=where,
    )
    if metric.unit is not Unit.MONEY:
        return words
    detail = found_detail(frame.desk, chosen.measure, table.filters_of(largest, chosen.by, frame.filters))
    if not detail.concentrated:
        return words
    return words + text("heatmap.headline_concentrated", lang, share=format.share(detail.largest_share, 0))


def map_subtitle(frame: Frame, measure: str, total: CrossCell, scale: Scale, unfilled: str = "") -> str:
    """Return measure, unit, period, total and n, and how many customers are left out for want of an amount."""
    lang, metric = frame.lang, frame.desk.metric(measure)
    parts = [metric.title(lang)]
    if scale.name:
        parts.append(scale.name)
    start, end = frame.state.span(frame.as_of)
    if metric.stock:
        parts.append(text("heatmap.at", lang, day=format.day(frame.as_of)))
    elif start is None:
        parts.append(text("heatmap.all_time", lang))
    else:
        parts.append(text("heatmap.between", lang, start=format.day(start), end=format.day(end or frame.as_of)))
    if metric.share:
        parts.append(text("heatmap.total_share", lang, share=scale.label(total.value), n=total.n))
    elif metric.unit is Unit.COUNT and counts_customers(metric):
        parts.append(text("heatmap.total_customers", lang, n=total.n))
    else:
        key = "heatmap.total" if metric.adds_up else "heatmap.total_mean"
        parts.append(text(key, lang, total=scale.label(total.value), counted=counted(metric, lang, total.n)))
    if unfilled:
        parts.append(unfilled)
    if total.left_out:
        parts.append(left_out_words(metric, lang, total.left_out))
    return text("trends.comma", lang).join(parts)


def unfilled_words(frame: Frame, chosen: Chosen, table: CrossTable) -> str:
    """Return how much of a sum lies where nobody filled in a dimension, if that is much."""
    total = table.total.value
    if not frame.desk.metric(chosen.measure).adds_up or not total:
        return ""
    for name, lines, totals in (
        (chosen.rows, table.rows, table.row_totals),
        (chosen.columns, table.columns, table.column_totals),
    ):
        share = (totals[-1].value or 0.0) / total if lines and lines[-1].values == ("",) else 0.0
        if share >= MUCH:
            title = dimension(name).title(frame.lang)
            return text("heatmap.share_unfilled", frame.lang, share=format.share(share, 0), dimension=title)
    return ""


def left_out_words(metric: Metric, lang: Lang, n: int) -> str:
    """Return how many are not counted: for want of an amount, or of what the metric needs."""
    return text("heatmap.left_out" if metric.unit is Unit.MONEY else "heatmap.not_counted", lang, n=n)
