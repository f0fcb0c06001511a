"""Whom a computed count of the reconciliation is made of: the customers of one stage, each with the row it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from salesanalytics.i18n import format, text
from salesanalytics.insight.reached import customers_reached
from salesanalytics.insight.reconciliation import Reconciliation, UploadedTable
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.choices import choice
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.completeness_panels import rep_name
from salesanalytics.ui.quality.downloads import download
from salesanalytics.ui.quality.gaps_panel import MOST_ROWS, place_words
from salesanalytics.ui.tables import Cell, Customer, TableColumn, table


def behind_panel(frame: Frame, found: Mapping[UploadedTable, Reconciliation]) -> None:
    """Draw the panel: a stage to choose, and its customers."""
    lang, desk = frame.lang, frame.desk
    options = {
        f"{name}.{stage.stage}": text(
            "quality.behind_option", lang, table=BY_NAME[name].title(lang),
            stage=stage_name(stage.stage, desk.settings, lang), n=stage.computed,
        )
        for name, result in found.items()
        for stage in result.stages
        if stage.computed
    }  # fmt: skip
    if not options:
        return
    differing = [
        f"{name}.{stage.stage}" for name, result in found.items() for stage in result.stages if stage.difference
    ]
    first = next((each for each in differing if each in options), next(iter(options)))
    with panel("quality-behind", text("quality.behind_title", lang), text("quality.behind_subtitle", lang)):
        chosen = choice("behind", options, first, label=text("quality.behind_title", lang), many=True)
        name, stage = chosen.split(".", 1)
        span = found[cast("UploadedTable", name)]
        rows = desk.remember(
            "reached",
            (stage, span.start, span.end),
            lambda: customers_reached(desk.view, stage, span.start, span.end),
        )
        headers = [
            TableColumn(text("quality.customer", lang)),
            TableColumn(text("dimension.owner", lang)),
            TableColumn(text("quality.stage_now", lang), wide=True),
            TableColumn(text("quality.entered_on", lang)),
            TableColumn(text("quality.place", lang), soft=True, wide=True),
        ]
        cells: list[list[Cell]] = [
            [
                Customer(row["name"] or row["customer_id"], row["customer_id"]),
                rep_name(row["owner"], lang),
                stage_name(row["stage"], desk.settings, lang),
                text("quality.inferred", lang) if row["inferred"] else format.day(row["entered_on"]),
                place_words(row, lang),
            ]
            for row in rows[:MOST_ROWS]
        ]
        show(table(headers, cells, text("quality.behind_title", lang), height=380))
        if len(rows) > MOST_ROWS:
            show(
                f'<div class="sa-panel-note">{escape(text("quality.first_rows", lang, shown=MOST_ROWS, n=len(rows)))}</div>'
            )
        keys = {"customer_id": "customer_id", "name": "customer", "owner": "rep", "stage": "stage_now", "entered_on": "entered_on",
                "file": "file", "sheet": "sheet", "row": "row"}  # fmt: skip
        download(
            "behind", keys, [{**row, "stage": stage_name(row["stage"], desk.settings, lang)} for row in rows], frame
        )
