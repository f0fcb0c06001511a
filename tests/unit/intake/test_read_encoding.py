from __future__ import annotations

import pytest

from salesanalytics.intake.read_encoding import decode
from salesanalytics.intake.unreadable import Unreadable

SIMPLIFIED = (
    "客户编号,客户名称(脱敏),行业,当前跟进阶段\r\n001,某某科技有限公司,制造业,意向\r\n002,喆鑫贸易,零售,商机\r\n"
)
TRADITIONAL = "客戶編號,客戶名稱,行業,目前階段\r\n001,臺灣電子股份有限公司,製造業,商機\r\n002,開發貿易,零售業,報價\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified_chinese_comes_back_whole(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_chinese_comes_back_whole(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("short", ["客户编号", "张伟,北京", "阶段\n成交\n", "a,b,c\n1,2,张\n"])
def test_a_few_gbk_characters_are_enough(short: str) -> None:
    assert decode(short.encode("gbk")) == short


def test_rare_characters_of_gb18030() -> None:
    text = "客户名称,备注\n𠮷野家餐饮,联系人㛃女士\n"
    assert decode(text.encode("gb18030")) == text


def test_western_accents_between_plain_letters() -> None:
    text = "name,city\nJosé Núñez,Málaga\nFrançois,Orléans\n"
    assert decode(text.encode("cp1252")) == text


def test_plain_ascii_utf16_without_bom() -> None:
    text = "id,name\r\n1,a\r\n"
    assert decode(text.encode("utf-16-be")) == text


def test_russian_code_page_is_refused_not_turned_into_chinese() -> None:
    content = "клиент,город,сумма\nиванов,москва,100\nпетров,новосибирск,200\n".encode("cp1251")
    with pytest.raises(Unreadable) as refusal:
        decode(content)
    assert refusal.value.kind == "unreadable-text"


def test_binary_data_is_not_a_table() -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(bytes(range(1, 32)) * 40)
    assert refusal.value.kind == "not-a-table"


def test_broken_utf16_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(b"\xff\xfea\x00,\x00\x00\xd8a\x00")
    assert refusal.value.kind == "unreadable-text"
