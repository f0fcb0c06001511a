"""What the Heatmap page is asked for: two dimensions, a measure, an order, and a cell; each kept in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from salesanalytics.i18n import Lang, has_text, text
from salesanalytics.insight.cross_table import CrossTable, Line, Order
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.shown import dimensions_shown, shown
from salesanalytics.settings import Settings
from salesanalytics.ui.choices import choice
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.trends.words import value_name

DIMENSIONS = ("industry", "region", "source", "tier", "owner", "team", "grade")
DEFAULT_MEASURE = "open_amount"
MOST_SEGMENTS = 5
ROW_PARAM, COLUMN_PARAM = "cell_row", "cell_column"
REST = "rest"


@dataclass(frozen=True)
class Chosen:
    """The page's choices but for the cell."""

    rows: str
    columns: str
    measure: str
    order: Order

    @property
    def by(self) -> tuple[str, str]:
        """Both dimensions, rows first."""
        return self.rows, self.columns


def heatmap_choices(lang: Lang, settings: Settings) -> Chosen:
    """Draw the switches and return what is chosen. The columns never are the rows' dimension."""
    with st.container(key="heatmap-tools", horizontal=True, vertical_alignment="center", gap="small"):
        dimensions = dimensions_shown(settings, DIMENSIONS, least=2)
        names = {name: text("heatmap.rows_are", lang, name=text(f"dimension.{name}", lang)) for name in dimensions}
        rows = choice(
            "rows",
            names,
            "industry" if "industry" in names else dimensions[0],
            label=text("heatmap.rows", lang),
            many=True,
        )
        others = {
            name: text("heatmap.columns_are", lang, name=text(f"dimension.{name}", lang))
            for name in dimensions
            if name != rows
        }
        default = next((name for name in ("region", "industry") if name in others), next(iter(others)))
        columns = choice("columns", others, default, label=text("heatmap.columns", lang), many=True)
        measures = {metric.name: measure_name(metric, lang) for metric in shown(settings, "heatmap")}
        first = DEFAULT_MEASURE if DEFAULT_MEASURE in measures else next(iter(measures))
        many = len(measures) > MOST_SEGMENTS
        measure = choice("measure", measures, first, label=text("heatmap.measure", lang), many=many)
        orders = {name: text(f"heatmap.order_{name}", lang) for name in ("total", "original")}
        order = choice("order", orders, "total", label=text("heatmap.order", lang))
        show(f'<span class="sa-tool-note">{escape(text("heatmap.how", lang))}</span>', width="content")
    return Chosen(rows, columns, measure, cast("Order", order))


def measure_name(metric: Metric, lang: Lang) -> str:
    """Return a measure's name on the switch: shorter than its title where there is one for here."""
    key = f"heatmap.measure_{metric.name}"
    return text(key, lang) if has_text(key, lang) else metric.title(lang)


def line_id(line: Line) -> str:
    """Return what stands for a line in the URL: its value ("none" for no value, so that it can be written), or that it is the remainder."""
    return REST if line.remainder else line.values[0] or "none"


def line_name(line: Line, dimension: str, lang: Lang) -> str:
    """Return a line's name."""
    if line.remainder:
        return text("trends.rest", lang, n=len(line.values))
    return value_name(line.values[0], dimension, lang)


def chosen_cell(table: CrossTable, chosen: Chosen, default: tuple[int, int], lang: Lang) -> tuple[int, int]:
    """Draw the two drop-downs that choose a cell without a mouse, and return its place."""
    places = []
    for lines, at, dimension, param in (
        (table.rows, default[0], chosen.rows, ROW_PARAM),
        (table.columns, default[1], chosen.columns, COLUMN_PARAM),
    ):
        options = {line_id(line): line_name(line, dimension, lang) for line in lines}
        name = text("heatmap.cell", lang, dimension=text(f"dimension.{dimension}", lang))
        picked = choice(param, options, line_id(lines[at]), label=name, many=True)
        places.append(list(options).index(picked))
    return places[0], places[1]


def asked_cell(table: CrossTable, default: tuple[int, int]) -> tuple[int, int]:
    """Return the place of the cell the URL names; ``default`` where it names none of this table."""
    found = list(default)
    for axis, (lines, param) in enumerate(((table.rows, ROW_PARAM), (table.columns, COLUMN_PARAM))):
        ids = [line_id(line) for line in lines]
        asked = st.query_params.get(param)
        if asked in ids:
            found[axis] = ids.index(asked)
    return found[0], found[1]


def keep_cell(table: CrossTable, place: tuple[int, int]) -> None:
    """Write a cell into the URL."""
    st.query_params[ROW_PARAM] = line_id(table.rows[place[0]])
    st.query_params[COLUMN_PARAM] = line_id(table.columns[place[1]])
