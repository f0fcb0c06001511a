"""Provinces: 34 of them, each once, found however people write them; tiles that hold what the table holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from known_state import KnownState, lead

from salesanalytics.insight.provinces import province_of, province_tiles, provinces, speaks_of_provinces
from salesanalytics.metrics.registry import METRICS
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)
WRITTEN = {
    "guangdong": ["广东省", "广东", "廣東", "廣東省", "Guangdong", "guangdong province", "ＧＵＡＮＧＤＯＮＧ", "粤", " 广东 "],
    "inner-mongolia": ["内蒙古自治区", "內蒙古", "内蒙", "Inner Mongolia", "Inner Mongolia Autonomous Region"],
    "guangxi": ["广西壮族自治区", "廣西壯族自治區", "广西", "Guangxi Zhuang Autonomous Region"],
    "xinjiang": ["新疆维吾尔自治区", "新疆維吾爾自治區", "Xinjiang Uygur Autonomous Region"],
    "ningxia": ["宁夏回族自治区", "寧夏", "Ningxia"],
    "tibet": ["西藏自治区", "Tibet", "Xizang"],
    "shaanxi": ["陕西", "陝西省", "Shaanxi"],
    "shanxi": ["山西省", "Shanxi"],
    "beijing": ["北京市", "北京", "Beijing Municipality", "京"],
    "shanghai": ["上海市", "沪", "滬", "Shanghai City"],
    "chongqing": ["重庆市", "重慶", "Chongqing"],
    "hong-kong": ["香港特别行政区", "香港", "Hong Kong SAR", "HK"],
    "macao": ["澳门", "澳門", "Macau"],
    "taiwan": ["台湾省", "臺灣", "Taiwan"],
    "gansu": ["甘肅省"],
    "jilin": ["吉林省"],
}  # fmt: skip


def test_there_are_34_each_in_a_place_of_its_own() -> None:
    found = provinces()
    assert len(found) == len({(one.column, one.row) for one in found.values()}) == 34
    for one in found.values():
        assert province_of(one.zh) is province_of(one.en) is province_of(f"{one.zh}省") is one


@pytest.mark.parametrize(("name", "words"), WRITTEN.items())
def test_however_people_write_them(name: str, words: list[str]) -> None:
    for word in words:
        found = province_of(word)
        assert found is not None, word
        assert found.name == name, word


@pytest.mark.parametrize("word", ["华东", "西北", "广州", "广州市", "吉林市", "Jilin City", "East", "Central", "", "省", "总部"])  # fmt: skip
def test_what_is_no_province(word: str) -> None:
    assert province_of(word) is None


def test_a_dimension_speaks_of_provinces_or_it_does_not() -> None:
    assert speaks_of_provinces(["广东省", "浙江", "北京市", "", "海外"])
    assert not speaks_of_provinces(["华东", "华南", "西北", "西南"])
    assert not speaks_of_provinces(["北京", "上海"])  # too few for a map
    assert not speaks_of_provinces(["北京", "上海", "天津", "华东", "华南", "西北", "海外"])
    assert not speaks_of_provinces([])


def people() -> list[dict[str, Any]]:
    spelled = ["广东", "广东省", "廣東", "浙江", "Zhejiang", "北京市", "海外", None, "华东"]
    return [
        lead(str(at), "opportunity", region=region, expected_amount=None if at == 3 else 10.0 * (at + 1))
        for at, region in enumerate(spelled)
    ]


@pytest.mark.parametrize("metric", ["open_amount", "leads", "opportunity_win_rate", "mean_deal"])
def test_tiles_and_what_is_no_province_are_the_whole(metric: str) -> None:
    view = KnownState(AS_OF, people()).view()
    found = province_tiles(lambda query: ask(view, query, DEFAULT_SETTINGS), METRICS[metric], "region", Filters())
    whole = ask(view, MetricQuery((metric,)), DEFAULT_SETTINGS).total
    assert sum(tile.cell.n for tile in found.tiles) == whole.n[metric]
    if METRICS[metric].adds_up:
        assert sum(tile.cell.value or 0 for tile in found.tiles) == whole.values[metric]


def test_spellings_of_one_province_are_one_tile() -> None:
    view = KnownState(AS_OF, people()).view()
    found = province_tiles(lambda query: ask(view, query, DEFAULT_SETTINGS), METRICS["leads"], "region", Filters())
    tiles = found.by_province()
    assert {name: tile.cell.value for name, tile in tiles.items()} == {"guangdong": 3, "zhejiang": 2, "beijing": 1}
    assert set(tiles["guangdong"].line.values) == {"广东", "广东省", "廣東"}
    assert found.elsewhere is not None
    assert found.elsewhere.cell.value == 3
    assert set(found.elsewhere.line.values) == {"海外", "", "华东"}


def test_a_median_of_joined_spellings_is_asked_again() -> None:
    closed = [
        lead(str(at), "won", region=region, first_contact_on=date(2026, 9, 1), won_on=date(2026, 9, day))
        for at, (region, day) in enumerate([("广东", 3), ("广东省", 5), ("广东省", 21), ("浙江", 9)])
    ]
    view = KnownState(AS_OF, closed).view()
    asked = METRICS["sales_cycle_median"]
    found = province_tiles(lambda query: ask(view, query, DEFAULT_SETTINGS), asked, "region", Filters())
    assert {name: tile.cell.value for name, tile in found.by_province().items()} == {"guangdong": 4, "zhejiang": 8}
