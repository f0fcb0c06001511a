"""China's provinces as tiles: the measure by province, the table's own totals; on a phone the ten largest as a list."""

from __future__ import annotations

import streamlit as st

from salesanalytics.charts.theme import CONFIG
from salesanalytics.charts.tiles import PlacedTile, tile_figure
from salesanalytics.i18n import format, text
from salesanalytics.insight.provinces import Tile, Tiles, provinces
from salesanalytics.ui.choices import choice
from salesanalytics.ui.data import digest
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.answers import found_tiles
from salesanalytics.ui.heatmap.chosen import TILE_PARAM, Chosen
from salesanalytics.ui.heatmap.downloads import tiles_download
from salesanalytics.ui.heatmap.opened import tile_number
from salesanalytics.ui.heatmap.picked import tile_name
from salesanalytics.ui.heatmap.picture import Picture, legend, picture_of
from salesanalytics.ui.heatmap.then import with_change
from salesanalytics.ui.heatmap.words import map_subtitle
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, TableColumn
from salesanalytics.ui.tables import table as table_markup

ELSEWHERE = "elsewhere"
ELSEWHERE_AT = (0, 7)
LIST_LENGTH = 10


def asked_tile(tiles: Tiles, least: int = 0) -> Tile | None:
    """Return the tile the URL names, else that of the largest province, those of a sample of ``least`` first; None where nobody is anywhere."""
    by_name = _named(tiles)
    asked = by_name.get(st.query_params.get(TILE_PARAM, ""))
    known = [tile for tile in tiles.tiles if tile.cell.value is not None]

    def weight(tile: Tile) -> tuple[bool, bool, float]:
        return tile.province is not None, tile.cell.n >= least, tile.cell.value or 0.0

    return asked or max(known, key=weight, default=None)


def tile_id(tile: Tile) -> str:
    """Return what stands for a tile in the URL."""
    return tile.province.name if tile.province else ELSEWHERE


def _named(tiles: Tiles) -> dict[str, Tile]:
    return {tile_id(tile): tile for tile in tiles.tiles}


def chosen_tile(tiles: Tiles, default: Tile, frame: Frame) -> Tile:
    """Draw the drop-down that chooses a province without a mouse, and return its tile."""
    by_name = _named(tiles)
    options = {name: tile_name(tile, frame.lang) for name, tile in by_name.items()}
    return by_name[choice(TILE_PARAM, options, tile_id(default), label=text("heatmap.province", frame.lang), many=True)]


def tiles_panel(frame: Frame, chosen: Chosen, tiles: Tiles, picked: Tile | None) -> None:
    """Draw the panel; a click on a tile is kept in the URL."""
    lang, metric = frame.lang, frame.desk.metric(chosen.measure)
    picture = picture_of(frame, metric, [tile.cell for tile in tiles.tiles if tile.province])
    with st.container(key="panel-map", border=True, gap="xxsmall", height="stretch"):
        title = _headline(tiles, picture)
        with st.container(key="map-head", horizontal=True, vertical_alignment="center"):
            show(headline(title, map_subtitle(frame, chosen.measure, tiles.total, picture.scale)))
            if picked is not None:
                tiles_download(frame, chosen, tiles)
        if picked is None:
            key = "unvalued" if tiles.total.left_out else "empty"
            empty(text(f"heatmap.{key}", lang), text(f"heatmap.{key}_note", lang))
            return
        with st.container(key="heat-map"):
            _figure(chosen, tiles, picture, picked)
            hatched = any(picture.small(tile.cell) for tile in tiles.tiles if tile.cell.value is not None)
            show(legend(picture, hatched=hatched))
        show(f'<div class="sa-heat-list">{_list(tiles, picture, title)}</div>')


def _headline(tiles: Tiles, picture: Picture) -> str:
    lang, metric = picture.frame.lang, picture.metric
    known = [tile for tile in tiles.by_province().values() if tile.cell.value and not picture.small(tile.cell)]
    if not known:
        return text("heatmap.none", lang, measure=metric.title(lang))
    first = max(known, key=lambda tile: tile.cell.value or 0.0)
    if not metric.adds_up or not tiles.total.value:
        value, total = picture.scale.label(first.cell.value), picture.scale.label(tiles.total.value)
        name = metric.title(lang)
        return text("heatmap.headline_mean", lang, measure=name, cell=tile_name(first, lang), value=value, all=total)
    share = format.share((first.cell.value or 0.0) / tiles.total.value, 0)
    n = len(tiles.by_province())
    return text(
        "heatmap.headline_tiles", lang, province=tile_name(first, lang), measure=metric.title(lang), share=share, n=n
    )


def _placed(tiles: Tiles, picture: Picture) -> list[tuple[str, PlacedTile]]:
    """Every province in its place, those with nobody too, and what is no province in the corner."""
    frame, held = picture.frame, tiles.by_province()
    lang = frame.lang
    known = found_tiles(frame.then, picture.metric.name, tiles.dimension, frame.then_filters) if frame.then else None
    former = {name: tile.cell.value for name, tile in known.by_province().items()} if known else {}
    placed = []
    for name, province in provinces().items():
        title = province.title(lang)
        tile = held.get(name)
        cell = picture.cell(title, tile.cell if tile else None, above=title)
        if known and tile:
            before = former.get(name, 0.0 if picture.metric.adds_up else None)
            cell = with_change(cell, tile.cell.value, before, frame, picture.scale)
        placed.append((name, PlacedTile(province.column, province.row, cell)))
    if tiles.elsewhere:
        title = tile_name(tiles.elsewhere, lang)
        cell = picture.cell(title, tiles.elsewhere.cell, above=title)
        placed.append((ELSEWHERE, PlacedTile(*ELSEWHERE_AT, cell, wide=2)))
    return placed


def _figure(chosen: Chosen, tiles: Tiles, picture: Picture, picked: Tile) -> None:
    frame, placed = picture.frame, _placed(tiles, picture)
    names = [name for name, _ in placed]
    at = names.index(tile_id(picked))
    figure = tile_figure([tile for _, tile in placed], frame.tokens, chosen=at, bounds=picture.bounds)
    key = f"tiles-{digest(chosen, frame.filters, frame.as_of)[:10]}"

    def clicked() -> None:
        points = st.session_state[key].selection.points
        if points:
            st.query_params[TILE_PARAM] = names[int(points[0]["customdata"][0])]

    st.plotly_chart(figure, key=key, config=CONFIG, theme=None, on_select=clicked, selection_mode="points")


def _list(tiles: Tiles, picture: Picture, title: str) -> str:
    lang, scale = picture.frame.lang, picture.scale
    known = [tile for tile in tiles.tiles if tile.cell.value is not None]
    known.sort(key=lambda tile: (tile.province is None, picture.small(tile.cell), -(tile.cell.value or 0.0)))
    value = picture.metric.short(lang)
    columns = [
        TableColumn(text("heatmap.province", lang)),
        TableColumn(text("trends.in_unit", lang, name=value, unit=scale.name) if scale.name else value, number=True),
        TableColumn("n", number=True, soft=True),
    ]
    rows: list[list[Cell]] = [
        [
            tile_name(tile, lang),
            Opens(scale.cell(tile.cell.value), tile_number(tile_id(tile)), picture.small(tile.cell)),
            format.number(tile.cell.n),
        ]
        for tile in known[:LIST_LENGTH]
    ]
    heading = text("heatmap.list", lang, n=len(rows), of=len(known))
    return f'<div class="sa-muted sa-small">{heading}</div>' + table_markup(columns, rows, title)
