"""The Heatmap page's sentences and figures: the headline, the subtitle, a cell's two lines."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.cell_customers import CellDetail, cell_detail
from salesanalytics.insight.cross_table import CrossCell, CrossTable, with_line
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Unit
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.chosen import Chosen, line_name
from salesanalytics.ui.trends.values import Scale, scale_of

Place = tuple[int, int]


def detail_of(frame: Frame, chosen: Chosen, table: CrossTable, place: Place) -> CellDetail:
    """Return the customers of a cell, remembered."""
    filters = with_line(frame.filters, chosen.rows, table.rows[place[0]])
    filters = with_line(filters, chosen.columns, table.columns[place[1]])
    desk = frame.desk
    return desk.remember(
        "cell", (chosen.measure, filters), lambda: cell_detail(desk.view, desk.settings, chosen.measure, filters)
    )


def map_scale(table: CrossTable, frame: Frame) -> Scale:
    """Return the one unit of the map: the one that suits its cells; totals take the same."""
    values = [cell.value for cell in table.cells.values()]
    return scale_of(frame.desk.metric(table.metric).unit, values, frame.lang, frame.desk.settings.currency)


def cell_name(chosen: Chosen, table: CrossTable, place: Place, lang: Lang) -> str:
    """Return a cell's name: ``零售快消 × 西北``."""
    row = line_name(table.rows[place[0]], chosen.rows, lang)
    return f"{row} × {line_name(table.columns[place[1]], chosen.columns, lang)}"


def below_words(cell: CrossCell, metric: Metric, lang: Lang) -> str:
    """Return a cell's second line: its customers, or k / n of a share; nothing where the value itself counts them."""
    if metric.share:
        return f"{format.number(cell.k)} / {format.number(cell.n)}"
    return "" if metric.unit is Unit.COUNT else text("heatmap.customers", lang, n=cell.n)


def map_headline(frame: Frame, chosen: Chosen, table: CrossTable, largest: Place | None) -> str:
    """Return the finding: the strongest line and the largest cell, and whether one deal makes most of it."""
    lang, settings = frame.lang, frame.desk.settings
    name = frame.desk.metric(chosen.measure).title(lang)
    if largest is None:
        return text("heatmap.none", lang, measure=name)
    cell, where = table.cells[largest], cell_name(chosen, table, largest, lang)
    metric = frame.desk.metric(chosen.measure)
    if metric.share:
        sample = frame.desk.metric(chosen.measure).min_sample(settings)
        if cell.n < sample:
            return text("heatmap.headline_small", lang, measure=name, n=sample, share=format.share(table.total.value))
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
        scale = map_scale(table, frame)
        return text(
            "heatmap.headline_mean",
            lang,
            measure=name,
            cell=where,
            value=scale.label(cell.value),
            all=scale.label(table.total.value),
        )
    top = max(range(len(table.rows)), key=lambda at: (not table.rows[at].remainder, table.row_totals[at].value or 0.0))
    share = (table.row_totals[top].value or 0.0) / table.total.value if table.total.value else None
    words = text(
        "heatmap.headline",
        lang,
        row=line_name(table.rows[top], chosen.rows, lang),
        measure=name,
        share=format.share(share, 0),
        cell=where,
    )
    if metric.unit is not Unit.MONEY:
        return words
    detail = detail_of(frame, chosen, table, largest)
    if not detail.concentrated:
        return words
    return words + text("heatmap.headline_concentrated", lang, share=format.share(detail.largest_share, 0))


def map_subtitle(frame: Frame, chosen: Chosen, table: CrossTable, scale: Scale) -> str:
    """Return measure, unit, period, total and n, and how many customers are left out for want of an amount."""
    lang, metric = frame.lang, frame.desk.metric(chosen.measure)
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
        parts.append(f"{scale.label(table.total.value)}, n = {format.number(table.total.n)}")
    elif metric.unit is Unit.COUNT:
        parts.append(text("heatmap.total_customers", lang, n=table.total.n))
    else:
        key = "heatmap.total" if metric.adds_up else "heatmap.total_mean"
        parts.append(text(key, lang, total=scale.label(table.total.value), n=table.total.n))
    if table.total.left_out:
        parts.append(text("heatmap.left_out", lang, n=table.total.left_out))
    return text("trends.comma", lang).join(parts)
