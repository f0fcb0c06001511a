"""China's provinces as tiles in a grid: which one a user's word means, and a metric by province as a picture of the table's own numbers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from salesanalytics.i18n import Lang
from salesanalytics.insight.cross_lines import Ask, CrossCell, Line, cell_of, joined, joins, with_line
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.tables.traditional import simplified

LEAST_PROVINCES = 3
LEAST_SHARE = 0.5
"""A dimension is one of provinces if at least so many of them, and so large a share of its values, are provinces."""


@dataclass(frozen=True)
class Province:
    """A province: its ``column`` (from the west) and ``row`` (from the north) in the grid, and its names."""

    name: str
    column: int
    row: int
    zh: str
    en: str

    def title(self, lang: Lang) -> str:
        """Return its name."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class _Atlas:
    """What ``provinces.toml`` says: provinces by id, ids by folded word, the endings taken off and the signs folded before a word is looked up."""

    provinces: Mapping[str, Province]
    words: Mapping[str, str]
    endings: tuple[re.Pattern[str], re.Pattern[str]]
    city: re.Pattern[str]
    signs: Mapping[int, str]
    municipalities: frozenset[str]

    def plain(self, word: str) -> str:
        return simplified(unicodedata.normalize("NFKC", word)).translate(self.signs).casefold().strip()

    def folded(self, word: str) -> str:
        plain = self.plain(word)
        if plain.isascii():
            return re.sub(r"[\s\-'·.]+", "", self.endings[1].sub("", plain))
        plain = re.sub(r"\s+", "", plain)
        return self.endings[0].sub("", plain) or plain


@cache
def _atlas() -> _Atlas:
    declared = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    entries = declared["provinces"]
    found = {
        name: Province(name, entry["at"][0], entry["at"][1], entry["zh"], entry["en"])
        for name, entry in entries.items()
    }
    atlas = _Atlas(
        found,
        {},
        (re.compile(declared["endings_zh"]), re.compile(declared["endings_en"])),
        re.compile(declared["city_endings"]),
        str.maketrans(*declared["traditional"]),
        frozenset(declared["municipalities"]),
    )
    words = {
        atlas.folded(word): name
        for name, entry in entries.items()
        for word in (entry["zh"], entry["en"], name, *entry["also"])
    }
    return replace(atlas, words=words)


def provinces() -> Mapping[str, Province]:
    """Return the 34 provinces by id."""
    return _atlas().provinces


def province_of(word: str) -> Province | None:
    """Return the province a user's word means (a name, an abbreviation, simplified or traditional, with or without its ending); None if it is none."""
    atlas = _atlas()
    plain = atlas.plain(word)
    town = atlas.city.sub("", plain)
    name = atlas.words.get(atlas.folded(town))
    # the city of Jilin is not the province
    return atlas.provinces[name] if name and (town == plain or name in atlas.municipalities) else None


def speaks_of_provinces(values: Iterable[str]) -> bool:
    """Say whether a dimension's values are provinces on the whole, so that a map of them is worth offering."""
    named = [value for value in values if value]
    known = [province for value in named if (province := province_of(value))]
    return len({one.name for one in known}) >= LEAST_PROVINCES and len(known) >= LEAST_SHARE * len(named)


@dataclass(frozen=True)
class Tile:
    """One tile: a province, or None for all values that are none; the dimension values it stands for, and what they hold."""

    province: Province | None
    line: Line
    cell: CrossCell


@dataclass(frozen=True)
class Tiles:
    """A metric by province: tiles of those with anyone in them, the one of values that are no province last, and the whole."""

    dimension: str
    tiles: tuple[Tile, ...]
    total: CrossCell

    def by_province(self) -> Mapping[str, Tile]:
        """Return the tiles of provinces by id."""
        return {tile.province.name: tile for tile in self.tiles if tile.province}

    @property
    def elsewhere(self) -> Tile | None:
        """The tile of everything that is no province, "no value" included."""
        return next((tile for tile in self.tiles if tile.province is None), None)


def province_tiles(ask: Ask, metric: Metric, dimension: str, filters: Filters) -> Tiles:
    """Return ``metric`` by province: the table's totals of ``dimension``, spellings of one province joined."""
    rows = ask(MetricQuery((metric.name,), (dimension,), filters)).rows
    held: dict[str | None, dict[str, CrossCell]] = {}
    for row in rows:
        value, cell = row.dims[dimension] or "", cell_of(row, metric.name)
        if cell.filled:
            province = province_of(value)
            held.setdefault(province.name if province else None, {})[value] = cell
    tiles = [
        Tile(provinces()[name] if name else None, Line(tuple(cells)), _cell(ask, metric, dimension, filters, cells))
        for name, cells in sorted(held.items(), key=lambda item: (item[0] is None, item[0] or ""))
    ]
    return Tiles(dimension, tuple(tiles), cell_of(ask(MetricQuery((metric.name,), (), filters)).total, metric.name))


def _cell(ask: Ask, metric: Metric, dimension: str, filters: Filters, cells: Mapping[str, CrossCell]) -> CrossCell:
    if joins(metric) or len(cells) == 1:
        return joined(metric, list(cells.values()))
    within = with_line(filters, dimension, Line(tuple(cells)))
    return cell_of(ask(MetricQuery((metric.name,), (), within)).total, metric.name)
