"""What the page shows as files: the table or the tiles with their totals, and the rows behind the picked cell."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.cell_customers import CellCustomer
from salesanalytics.insight.cross_table import CrossCell, CrossTable
from salesanalytics.insight.provinces import Tiles
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.settings import Settings
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.answers import all_customers
from salesanalytics.ui.heatmap.chosen import Chosen, line_name
from salesanalytics.ui.heatmap.picked import Picked, tile_name
from salesanalytics.ui.heatmap.then import known_then

_FIGURES = ("value", "n", "k", "left_out")


def table_download(frame: Frame, chosen: Chosen, table: CrossTable) -> None:
    """Draw the button that downloads every cell and total, with what was expected of the clusters."""
    names = [dimension(name).title(frame.lang) for name in chosen.by]
    lines = [*table.rows, None], [*table.columns, None]
    rows = list[dict[str, object]]()
    known = known_then(frame, chosen)
    for r, row in enumerate(lines[0]):
        for c, column in enumerate(lines[1]):
            cell, cluster = table.at((r, c)), table.clusters.get((r, c))
            if cell is None:
                continue
            places = {"row": line_name(row, chosen.rows, frame.desk, frame.lang)}
            places["column"] = line_name(column, chosen.columns, frame.desk, frame.lang)
            rows.append(
                {
                    **places,
                    **_figures(cell),
                    "expected": cluster.expected if cluster else None,
                    "times": cluster.ratio if cluster else None,
                    "chance": cluster.chance if cluster else None,
                    **({"then": known.at(table, (r, c))} if known else {}),
                }
            )
    headers = {"row": names[0], "column": names[1], **_headers(frame, chosen)}
    headers |= {name: text(f"heatmap.csv_{name}", frame.lang) for name in ("expected", "times", "chance")}
    if frame.against_on is not None:
        headers["then"] = text("compared.alone", frame.lang, day=format.day(frame.against_on))
    _button(frame, chosen, rows, headers, " × ".join(names))


def tiles_download(frame: Frame, chosen: Chosen, tiles: Tiles) -> None:
    """Draw the button that downloads every tile and the whole."""
    title = dimension(tiles.dimension).title(frame.lang)
    rows = [{"row": tile_name(tile, frame.lang), **_figures(tile.cell)} for tile in tiles.tiles]
    rows.append({"row": text("heatmap.everything", frame.lang), **_figures(tiles.total)})
    _button(frame, chosen, rows, {"row": title, **_headers(frame, chosen)}, title)


def _figures(cell: CrossCell) -> dict[str, object]:
    return {"value": cell.value, "n": cell.n, "k": cell.k, "left_out": cell.left_out}


def _headers(frame: Frame, chosen: Chosen) -> dict[str, str]:
    headers = {name: text(f"heatmap.csv_{name}", frame.lang) for name in _FIGURES}
    return headers | {"value": frame.desk.metric(chosen.measure).title(frame.lang)}


def _button(
    frame: Frame, chosen: Chosen, rows: Sequence[dict[str, object]], headers: dict[str, str], name: str
) -> None:
    name = f"{name} {frame.desk.metric(chosen.measure).title(frame.lang)}"
    st.download_button(
        text("heatmap.download_table", frame.lang),
        lambda: csv_bytes(rows, headers),
        text("heatmap.file_name", frame.lang, cell=name, day=format.day(frame.as_of)),
        "text/csv",
        key="heatmap-table-csv",
        on_click="ignore",
    )


def rows_download(frame: Frame, chosen: Chosen, picked: Picked, count: int) -> None:
    """Draw the button that downloads every row behind what is picked."""
    lang, desk = frame.lang, frame.desk
    names = ("customer_id", "customer", "owner", "stage", "amount_exact", "silent_exact", "file", "sheet", "row")
    headers = {name: text(f"heatmap.column_{name}", lang) for name in names}

    def content() -> bytes:
        found = all_customers(desk, chosen.measure, picked.filters)
        return csv_bytes([csv_row(one, desk.settings, lang) for one in found.customers], headers)

    st.download_button(
        text("heatmap.download", lang, n=count),
        content,
        text("heatmap.file_name", lang, cell=picked.name, day=format.day(frame.as_of)),
        "text/csv",
        key="heatmap-csv",
        on_click="ignore",
    )


def stage_name(stage: str, settings: Settings, lang: Lang) -> str:
    """Return a stage's name; its id where the model has no such stage any more."""
    return settings.stages.get(stage).name(lang) if stage in settings.stages.ids else stage


def csv_row(one: CellCustomer, settings: Settings, lang: Lang) -> dict[str, object]:
    """Return one row of the download: exact amounts, days, and where the row came from."""
    return {
        "customer_id": one.customer_id,
        "customer": one.name,
        "owner": one.owner,
        "stage": stage_name(one.stage, settings, lang),
        "amount_exact": one.amount,
        "silent_exact": one.silent_days,
        "file": one.file,
        "sheet": one.sheet,
        "row": one.row,
    }
