"""Records that lack what a figure needs: one gap at a time, its customers with file, sheet and row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.quality_gaps import GAPS, Gap, gap_rows
from salesanalytics.settings import Settings
from salesanalytics.ui.choices import choice
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.answers import gaps_of
from salesanalytics.ui.quality.completeness_panels import rep_name
from salesanalytics.ui.quality.downloads import download
from salesanalytics.ui.tables import Cell, Customer, TableColumn, Toned, table

MOST_ROWS = 200


def gaps_panel(frame: Frame) -> None:
    """Draw the panel."""
    lang, desk, counts = frame.lang, frame.desk, gaps_of(frame)
    first: Gap = next((gap for gap in GAPS if counts[gap]), "overdue-close")
    title = _title(first, counts[first], lang)
    with panel("quality-gaps", title, text("quality.gaps_subtitle", lang)):
        names: dict[str, str] = {
            gap: f"{text(f'quality.gap_{gap}', lang)} {format.number(counts[gap])}" for gap in GAPS
        }
        gap = cast("Gap", choice("gap", names, first, label=text("quality.gap", lang)))
        rows = desk.remember("gap-rows", (gap, frame.where), lambda: gap_rows(desk.view, gap, frame.where))
        if not rows:
            empty(text("quality.gap_empty", lang))
            return
        unit = format.money_unit([row["amount"] for row in rows], lang)
        headers = [
            TableColumn(text("quality.customer", lang)),
            TableColumn(text("dimension.owner", lang), wide=True),
            TableColumn(text("dimension.stage", lang), wide=True),
            TableColumn(
                text("quality.amount", lang, unit=format.unit_name(unit, lang, desk.settings.currency)), number=True
            ),
            TableColumn(
                text("quality.on_overdue" if gap == "overdue-close" else "quality.on_contact", lang), wide=True
            ),
            TableColumn(text("quality.overdue_days", lang), number=True),
            TableColumn(text("quality.place", lang), soft=True, wide=True),
        ]
        cells = [_row(row, unit, desk.settings, lang) for row in rows[:MOST_ROWS]]
        show(table(headers, cells, title, height=380))
        download(
            "gaps",
            {
                "customer_id": "customer_id", "name": "customer", "owner": "rep", "stage": "stage", "amount": "amount_exact",
                "on": "on_overdue" if gap == "overdue-close" else "on_contact", "overdue_days": "overdue_days",
                "file": "file", "sheet": "sheet", "row": "row",
            },
            [{**row, "stage": stage_name(row["stage"], desk.settings, lang)} for row in rows],
            frame,
        )  # fmt: skip


def _title(gap: Gap, n: int, lang: Lang) -> str:
    if not n:
        return text("quality.gaps_none", lang)
    if gap == "overdue-close":
        return text("quality.gaps_title", lang, n=n)
    return text("quality.gaps_other", lang, gap=text(f"quality.gap_{gap}", lang), n=n)


def place_words(row: Mapping[str, Any], lang: Lang) -> str:
    """Return where a row came from: file · sheet · row."""
    return text(
        "quality.place_of", lang, file=row["file"] or format.DASH, sheet=row["sheet"] or format.DASH, row=row["row"]
    )


def _row(row: Mapping[str, Any], unit: format.MoneyUnit, settings: Settings, lang: Lang) -> list[Cell]:
    late = row["overdue_days"]
    return [
        Customer(row["name"] or row["customer_id"], row["customer_id"]),
        rep_name(row["owner"], lang),
        stage_name(row["stage"], settings, lang),
        format.money_plain(row["amount"], unit),
        format.day(row["on"]),
        Toned(f"▲ {format.number(late)}", "warn") if late else format.DASH,
        place_words(row, lang),
    ]
