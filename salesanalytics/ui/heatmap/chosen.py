"""What the Heatmap page is asked for: two dimensions, a measure, an order, table or tiles, and a cell; each kept in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from salesanalytics.i18n import Lang, has_text, text
from salesanalytics.insight.cross_table import CrossTable, Line, Order
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.metric import Metric
from salesanalytics.ui.choices import Switch, switch, tools
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filter_values import values_of
from salesanalytics.ui.heatmap.offered import measures_for, offered, province_dimension
from salesanalytics.ui.html import show
from salesanalytics.ui.trends.words import value_name

MOST_SEGMENTS = 5
ROW_PARAM, COLUMN_PARAM, TILE_PARAM = "cell_row", "cell_column", "tile"
MARK = "~"
"""Before the ids that are no value: the remainder, no value, the total. A value that begins so itself gets a second one."""
REST, NONE, ALL = "~rest", "~none", "~all"
TABLE, TILES, TOTAL = "table", "tiles", "total"


@dataclass(frozen=True)
class Chosen:
    """The page's choices but for the cell. ``provinces``: the dimension drawn as tiles instead of the table, if it is."""

    rows: str
    columns: str
    measure: str
    order: Order
    provinces: str | None = None

    @property
    def by(self) -> tuple[str, str]:
        """Both dimensions, rows first."""
        return self.rows, self.columns


def heatmap_choices(desk: Desk, lang: Lang) -> Chosen:
    """Draw the switches and return what is chosen. The columns never are the rows' dimension."""
    known = offered(desk)
    titles = {name: dimension(name).title(lang) for name in known.dimensions}
    names = {name: text("heatmap.rows_are", lang, name=title) for name, title in titles.items()}
    rows = switch("rows", names, known.opens_on[0], label=text("heatmap.rows", lang), many=True)
    others = {
        name: text("heatmap.columns_are", lang, name=title) for name, title in titles.items() if name != rows.chosen
    }
    default = next(name for name in (*reversed(known.opens_on), *others) if name in others)
    columns = switch("columns", others, default, label=text("heatmap.columns", lang), many=True)
    by = (rows.chosen, columns.chosen)
    measures = {name: measure_name(metric, lang) for name, metric in measures_for(known, by, desk).items()}
    first = known.first_measure if known.first_measure in measures else next(iter(measures))
    measure = switch(
        "measure", measures, first, label=text("heatmap.measure", lang), many=len(measures) > MOST_SEGMENTS
    )
    places = province_dimension(by, {name: _values(desk, name) for name in by})
    look = _look(lang) if places else None
    order = None if look and look.chosen == TILES else _order(lang)
    drawn = [each for each in (rows, columns, measure, look, order) if each]
    show(tools(*drawn, note=_note(known.unfilled, lang)))
    return Chosen(*by, measure.chosen, cast("Order", order.chosen if order else TOTAL), None if order else places)


def _note(unfilled: tuple[str, ...], lang: Lang) -> str:
    how = text("heatmap.how", lang)
    if not unfilled:
        return how
    names = text("heatmap.and", lang).join(dimension(name).title(lang) for name in unfilled)
    return text("heatmap.unfilled", lang, names=names)


def _look(lang: Lang) -> Switch:
    """Table or tiles, where one of the dimensions holds provinces."""
    looks = {name: text(f"heatmap.look_{name}", lang) for name in (TABLE, TILES)}
    return switch("look", looks, TABLE, label=text("heatmap.look", lang))


def _order(lang: Lang) -> Switch:
    orders = {name: text(f"heatmap.order_{name}", lang) for name in (TOTAL, "clustered", "original")}
    return switch("order", orders, TOTAL, label=text("heatmap.order", lang))


def _values(desk: Desk, name: str) -> tuple[str, ...]:
    """The values of a dimension that could name places: a region, or a column of the user's own."""
    return tuple(values_of(desk, name)) if name == "region" or name.startswith("custom:") else ()


def measure_name(metric: Metric, lang: Lang) -> str:
    """Return a measure's name on the switch: shorter than its title where there is one for here."""
    key = f"heatmap.measure_{metric.name}"
    return text(key, lang) if has_text(key, lang) else metric.title(lang)


def line_id(line: Line) -> str:
    """Return what stands for a line in the URL: its value, or that it is the remainder or holds no value."""
    if line.remainder:
        return REST
    value = line.values[0]
    return (f"{MARK}{value}" if value.startswith(MARK) else value) or NONE


def line_name(line: Line | None, dimension_name: str, desk: Desk, lang: Lang) -> str:
    """Return a line's name; None is the total of all of them."""
    if line is None:
        return text("heatmap.every", lang, dimension=dimension(dimension_name).title(lang))
    if line.remainder:
        return text("trends.rest", lang, n=len(line.values))
    value = line.values[0]
    if dimension_name == "stage" and value in desk.settings.stages.ids:
        return desk.settings.stages.get(value).name(lang)
    return value_name(value, dimension_name, lang)


def chosen_cell(table: CrossTable, chosen: Chosen, default: tuple[int, int], desk: Desk, lang: Lang) -> tuple[int, int]:
    """Draw the two drop-downs that choose a cell or a total without a mouse, and return its place."""
    drawn, places = [], []
    for lines, at, name, param in (
        (table.rows, default[0], chosen.rows, ROW_PARAM),
        (table.columns, default[1], chosen.columns, COLUMN_PARAM),
    ):
        options = {line_id(line): line_name(line, name, desk, lang) for line in lines}
        options[ALL] = line_name(None, name, desk, lang)
        label = text("heatmap.cell", lang, dimension=dimension(name).title(lang))
        drawn.append(switch(param, options, line_id(lines[at]), label=label, many=True))
        places.append(list(options).index(drawn[-1].chosen))
    show(tools(*drawn))
    return places[0], places[1]


def asked_cell(table: CrossTable, default: tuple[int, int]) -> tuple[int, int]:
    """Return the place of the cell the URL names; ``default`` where it names none of this table."""
    found = list(default)
    for axis, (lines, param) in enumerate(((table.rows, ROW_PARAM), (table.columns, COLUMN_PARAM))):
        ids = [*(line_id(line) for line in lines), ALL]
        asked = st.query_params.get(param)
        if asked in ids:
            found[axis] = ids.index(asked)
    return found[0], found[1]


def keep_cell(table: CrossTable, place: tuple[int, int]) -> None:
    """Write a cell into the URL."""
    for lines, at, param in ((table.rows, place[0], ROW_PARAM), (table.columns, place[1], COLUMN_PARAM)):
        if 0 <= at <= len(lines):
            st.query_params[param] = ALL if at == len(lines) else line_id(lines[at])
