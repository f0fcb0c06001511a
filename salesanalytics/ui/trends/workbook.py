"""What the Trends page shows as a workbook: the same findings, lines, notes and marks, with exact figures and where they come from."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import format, text
from salesanalytics.metrics.periods import label
from salesanalytics.metrics.types import Filters, Unit
from salesanalytics.reports.excel_trends import Role, TrendBook, TrendColumn, TrendSheet, trend_workbook
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_words import filter_words
from salesanalytics.ui.trends.answers import stacked
from salesanalytics.ui.trends.chosen import Chosen, average_name, then_day
from salesanalytics.ui.trends.lines import Drawing, target_kind
from salesanalytics.ui.trends.notes import notes, subtitle
from salesanalytics.ui.trends.words import part_name, part_words, trend_headline

MOST_FILES = 6


def workbook_bytes(drawings: Sequence[Drawing], chosen: Chosen) -> bytes:
    """Return the .xlsx of the drawings, a sheet a metric."""
    frame, points = drawings[0].frame, drawings[0].trend.points
    lang = frame.lang
    return trend_workbook(
        TrendBook(
            as_of=frame.as_of,
            bucket_name=text(f"dimension.{chosen.grain}", lang),
            buckets=[label(point.whole.start, chosen.grain) for point in points],
            days=[(point.whole.start, point.whole.end, point.days) for point in points],
            parts=[part_words(point.whole, point.days, lang) if point.partial else "" for point in points],
            stand=_stand(frame),
            source=_source(frame),
            sheets=[_sheet(drawing) for drawing in drawings],
            currency=frame.desk.settings.currency,
        ),
        lang,
    )


def _stand(frame: Frame) -> str:
    """As-of date and filters, and that it is the sample or rebuilt where it is."""
    lang = frame.lang
    said = [text("ui.as_of", lang, day=format.day(frame.as_of)), filter_words(Filters(frame.where), lang, frame.desk)]
    if frame.desk.view.reconstructed:
        said.append(text("ui.reconstructed", lang))
    if frame.desk.source.is_sample:
        said.append(text("report.sample", lang))
    return " · ".join(said)


def _source(frame: Frame) -> str:
    """The newest import the figures stand on, with its files."""
    imports = frame.desk.source.imports
    newest = next((one for one in imports if one.as_of <= frame.as_of), imports[-1])
    files = newest.files
    named = text("trends.comma", frame.lang).join(files[:MOST_FILES]) + (" …" if len(files) > MOST_FILES else "")
    return text(
        "trends.file_source",
        frame.lang,
        n=sum(one.as_of <= frame.as_of for one in imports) or 1,
        moment=format.moment(newest.loaded_at.astimezone()),
        files=named,
    )


def _sheet(drawing: Drawing) -> TrendSheet:
    trend, frame, chosen, scale = drawing.trend, drawing.frame, drawing.chosen, drawing.scale
    money = trend.metric.unit is Unit.MONEY
    return TrendSheet(
        name=trend.metric.short(frame.lang),
        title=trend_headline(trend, chosen, scale, frame.desk.settings, frame.lang),
        subtitle=subtitle(drawing),
        unit=trend.metric.unit,
        columns=_columns(drawing),
        notes=notes(drawing),
        unit_size=scale.money.size if money else 1,
        unit_name=scale.name,
        bars=chosen.bars and (not chosen.split or stacked(chosen)),
        stacked=stacked(chosen),
    )


def _columns(drawing: Drawing) -> list[TrendColumn]:
    trend, lang, chosen = drawing.trend, drawing.frame.lang, drawing.chosen
    values = [point.value for point in trend.points]
    # beside the parts of a split the whole stands in the table and is not drawn, as on the page
    found = [
        TrendColumn(trend.metric.title(lang), "whole" if trend.parts else "actual", values),
        TrendColumn("n", "count", [float(point.n) for point in trend.points]),
    ]
    if trend.averages:
        found.append(TrendColumn(average_name(chosen.window, chosen.grain, lang), "average", trend.averages))
    if trend.target:
        named = text(f"trends.column_{target_kind(drawing)}", lang)
        found.append(TrendColumn(named, "target", trend.target))
    if trend.past:
        named = text(f"trends.column_{chosen.compare}", lang, day=then_day(drawing.frame))
        found.append(TrendColumn(named, "past", [point.value for point in trend.past]))
        days = [float(point.days) for point in trend.past]
        found.append(TrendColumn(text("trends.column_past_days", lang), "days", days))
    for part in trend.parts:
        name = part_name(part, chosen.split or "", lang)
        averaged = any(value is not None for value in part.averages)
        own = [point.value for point in part.points]
        # with an average the page draws that; the file gives both and draws the same
        drawn: Role = "rest" if part.rest else "part"
        found.append(TrendColumn(name, "whole" if averaged else drawn, own))
        found.append(TrendColumn(f"{name} · n", "count", [float(point.n) for point in part.points]))
        if averaged:
            title = f"{name} · {average_name(chosen.window, chosen.grain, lang)}"
            found.append(TrendColumn(title, drawn, part.averages))
    return found
