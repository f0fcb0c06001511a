"""Two people import at once from two browsers: both land, one after the other, and each is told what happened to their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from salesanalytics.store.workspace import open_workspace
from tests.journeys.browsing import at_rest, sound
from tests.journeys.conftest import OpenPage, StartServer

pytestmark = pytest.mark.browser

HEADER = "客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,预计成交金额(元),团队\n"


def export(folder: Path, team: str, customers: int) -> Path:
    """One team's clean export: the two speak of different customers, so neither makes the other's missing."""
    path = folder / f"2026-11-15 {team}.csv"
    lines = (f"{team}{n},客户{n},制造业,官网,2026-11-01,线索,{team}甲,{n}000,{team}\n" for n in range(1, customers + 1))
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def prepared(page: Page, file: Path, customers: int) -> None:
    """Upload up to the preview, which speaks of this person's file and nothing else."""
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".st-key-panel-data-preview")).to_contain_text(f"新增 {customers}")
    at_rest(page)


def test_both_imports_land_and_each_is_told(start_server: StartServer, open_page: OpenPage, tmp_path: Path) -> None:
    server = start_server()
    north, south = (open_page(f"{server.url}/data?lang=zh") for _ in range(2))
    for page in (north, south):
        expect(page.locator("input[type=file]")).to_have_count(1)
        at_rest(page)
    prepared(north, export(tmp_path, "华北", 40), 40)
    prepared(south, export(tmp_path, "华南", 30), 30)

    for page in (north, south):  # neither waits for the other's page
        page.locator(".st-key-data-load button").click()
    for page, customers in ((north, 40), (south, 30)):
        result = page.locator(".st-key-panel-data-result")
        expect(result).to_contain_text("已载入")
        expect(result.locator("tbody td").filter(has_text=str(customers))).not_to_have_count(0)
        sound(page)
    assert {north.locator(".st-key-panel-data-result").inner_text().count(f"第 {n} 次导入") for n in (1, 2)} == {0, 1}

    server.stop()
    with open_workspace(server.log.parent / "own") as workspace:
        landed = workspace.imports()
        assert [record.import_id for record in landed] == [1, 2]
        assert {record.files: record.tables["leads"].new for record in landed} == {
            ("2026-11-15 华北.csv",): 40,
            ("2026-11-15 华南.csv",): 30,
        }
        assert len(workspace.known_customers()) == 70
        assert len(workspace.state().fetch(f"SELECT * FROM {workspace.state().relation('leads')}")) == 70
