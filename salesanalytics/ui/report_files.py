"""The weekly summary on its page: language, what is in it, and the two downloads, made of one content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from salesanalytics.i18n import LANGS, Lang, format, text
from salesanalytics.reports import excel, pdf
from salesanalytics.reports.content import weekly
from salesanalytics.reports.types import ReportContent
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.choices import choice
from salesanalytics.ui.dates import stand
from salesanalytics.ui.detail import headline_dialog
from salesanalytics.ui.empty import XLSX
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.restated.answers import history
from salesanalytics.ui.tables import Cell, Opens, TableColumn, Toned, table


def report_files(frame: Frame) -> None:
    """Draw the page."""
    lang = frame.lang
    with st.container(key="reports-tools", horizontal=True, vertical_alignment="center"):
        show(f'<span class="sa-muted sa-small">{escape(text("reports_page.language", lang))}</span>', width="content")
        names: dict[str, str] = {one: text(f"reports_page.language_{one}", lang) for one in LANGS}
        chosen = cast("Lang", choice("report_lang", names, lang, label=text("reports_page.language", lang)))
    content = report_content(frame, chosen)
    with st.container(key="row-reports"):
        with panel("files", text("reports_page.title", lang), text("reports_page.subtitle", lang)):
            span = text("reports_page.period", lang, period=content.period_text, day=format.day(frame.as_of))
            dates = stand(desk=frame.desk, on=frame.against_on, lang=lang) if frame.against_on else ""
            show(f'<div class="sa-small">{escape(span)}<br>{escape(dates)} {escape(content.filters_text)}</div>')
            _download(frame, content, "pdf", "application/pdf", pdf.render)
            _download(frame, content, "xlsx", XLSX, excel.render)
        with panel("contents", text("reports_page.contents", lang), content.title):
            show(contents_table(content, lang))
            show(kpi_table(content, lang))
    if frame.opened:
        headline_dialog(frame, frame.opened)


def report_content(frame: Frame, lang: Lang) -> ReportContent:
    """Return the report's content for what the filter bar shows, remembered."""
    desk = frame.desk
    dates = [record.as_of for record in desk.source.imports]

    def make() -> ReportContent:
        return weekly(
            desk.view,
            desk.settings,
            lang,
            filters=frame.filters,
            view_at=desk.view_at,
            import_dates=dates,
            sample=desk.source.is_sample,
            then=frame.then.view if frame.then else None,
            then_filters=frame.then_filters,
            history=history(desk),
        )

    return desk.remember("report-content", (lang, frame.filters, frame.against_on, frame.then_filters), make)


def _download(
    frame: Frame, content: ReportContent, ending: str, kind: str, render: Callable[[ReportContent], bytes]
) -> None:
    lang, name = frame.lang, "pdf" if ending == "pdf" else "excel"
    with error_boundary(lang):
        key = "sample_file_name" if content.sample else "file_name"

        def make() -> bytes:
            return frame.desk.remember(
                f"report-{ending}",
                (content.lang, frame.filters, frame.against_on, frame.then_filters),
                lambda: render(content),
            )

        st.download_button(
            text(f"reports_page.{name}", lang),
            make,
            text(f"reports_page.{key}", content.lang, day=format.day(frame.as_of), ending=ending),
            kind,
            key=f"report-{ending}",
            type="primary" if ending == "pdf" else "secondary",
            on_click="ignore",
            width=220,
        )
        show(f'<div class="sa-panel-note">{escape(text(f"reports_page.{name}_note", lang))}</div>')


def kpi_table(content: ReportContent, lang: Lang) -> str:
    """Return the table of the report's headline figures, each opening what stands behind it."""
    columns = [
        TableColumn(text("reports_page.content_kpis", lang)),
        TableColumn(text("number.value", lang), number=True),
        TableColumn(text("number.change", lang)),
        TableColumn(text("reports_page.column_beside", lang), soft=True, wide=True),
    ]
    lines: list[Sequence[Cell]] = [
        (kpi.title, Opens(kpi.text, kpi.metric), Toned(kpi.change, kpi.tone) if kpi.change else "", kpi.beside)
        for kpi in content.kpis
    ]
    return table(columns, lines, text("reports_page.content_kpis", lang))


def contents_table(content: ReportContent, lang: Lang) -> str:
    """Return the table of what the report holds: section, what it says, how much is in it."""

    def line(section: str, says: str, size: str) -> Sequence[Cell]:
        return (text(f"reports_page.content_{section}", lang), says, size)

    def rows(n: int) -> str:
        return text("reports_page.rows", lang, n=n)

    heat, names = content.heat, [kpi.title for kpi in content.kpis]
    lines = [
        line("kpis", " · ".join(names), str(len(names))),
        line("trend", content.trend.title, rows(len(content.trend.buckets))),
        line("funnel", content.funnel.title, text("reports_page.stages", lang, n=len(content.funnel.steps))),
        line("heat", heat.title, text("reports_page.cells", lang, rows=len(heat.rows), columns=len(heat.columns))),
        line("ranking", content.ranking.title, rows(len(content.ranking.rows))),
        line(
            "findings",
            next(iter(content.findings), format.DASH),
            text("reports_page.findings", lang, n=len(content.findings)),
        ),
        line("flags", content.flags.title, rows(len(content.flags.rows))),
        line("figures", content.period_text, rows(len(content.figures))),
    ]
    columns = [
        TableColumn(text("reports_page.column_section", lang)),
        TableColumn(text("reports_page.column_says", lang), wrap=True),
        TableColumn(text("reports_page.column_size", lang), number=True, soft=True),
    ]
    return table(columns, lines, text("reports_page.contents", lang))
