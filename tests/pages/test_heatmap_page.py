"""Heatmap: totals and cells are what ask answers; the chosen cell's customers add up to it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import date
from functools import partial
from html import escape

import pytest

from salesanalytics.access.view import View
from salesanalytics.i18n import format
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.data import own_workspace


@pytest.fixture
def shown(open_page):
    return partial(open_page, "heatmap")


def figure_of(app):
    found = []

    def walk(node):
        for child in getattr(node, "children", {}).values():
            walk(child)
        spec = getattr(getattr(node, "proto", None), "spec", "")
        if isinstance(spec, str) and spec.startswith("{"):
            found.append(json.loads(spec))

    walk(app._tree)
    return found[0]


def answer(metric, *by, where=()):
    workspace = own_workspace()  # the app holds it open
    view = View(workspace.state(max(record.as_of for record in workspace.imports())))
    return ask(view, MetricQuery((metric,), by, Filters(where)), workspace.settings())


def test_cells_and_totals_are_what_ask_answers(shown):
    _, markup = shown(measure="leads", period="all")
    grid = markup[markup.index('class="sa-heat"') :].split("</table>")[0]
    rows = answer("leads", "industry", "region").rows
    filled = sorted(int(row.values["leads"]) for row in rows if row.values["leads"])
    total = answer("leads").total.values["leads"]
    assert f">{format.number(total)}</a></td></tr></tfoot>" in grid
    cells = re.findall(r'class="cell[^>]*><b>([^<]*)</b>', grid)
    assert sorted(int(words) for words in cells if words != format.DASH) == filled
    opened = set(re.findall(r'data-open="cell:(\d+):(\d+)"', grid))
    lines, columns = grid.count('scope="row"'), grid.count('scope="col"')
    assert len(opened) == lines * columns  # every cell and every total


def test_the_chosen_cell_lists_its_customers(shown):
    shown()
    rows = answer("open_amount", "industry", "region").rows
    row = max((row for row in rows if all(row.dims.values())), key=lambda row: row.n["open_amount"])
    industry, region = row.dims["industry"], row.dims["region"]
    _, markup = shown(measure="open_amount", cell_row=industry, cell_column=region)
    assert f"{industry} × {region}" in markup
    assert f"<dd>{format.money(row.values['open_amount'], 'zh')}</dd>" in markup
    customers = row.n["open_amount"] + row.left_out.get("open_amount", 0)
    assert f"<dd>{customers} 位</dd>" in markup
    body = markup[markup.index('class="sa-figures"') :].split("<tbody>")[1].split("</tbody>")[0]
    assert body.count("<tr>") == customers


def test_a_cell_is_chosen_without_a_mouse(shown, switches_of, choose, page_text):
    app, markup = shown(measure="leads", period="all")
    lines = switches_of(markup)["cell_row"]
    other = next(name for name in lines.options if name != lines.chosen)
    choose(app, "cell_row", other)
    assert switches_of(page_text(app))["cell_row"].chosen == other
    assert f'<h2 class="sa-title">{escape(lines.options[other])} × ' in page_text(app)


@pytest.mark.parametrize("measure", ["leads", "open_amount", "sales_amount", "closed_win_rate"])
@pytest.mark.parametrize(("rows", "columns", "lang"), [("source", "tier", "en"), ("owner", "team", "zh"), ("region", "industry", "en")])  # fmt: skip
def test_any_two_dimensions_and_every_measure(shown, measure, rows, columns, lang):
    _, markup = shown(measure=measure, rows=rows, columns=columns, lang=lang, period="all", order="original")
    assert "sa-figures" in markup


def test_nobody_says_so(shown):
    assert "没有符合条件的客户" in shown(owner="没有这个人")[1]


def test_an_empty_workspace_says_what_to_upload(shown, tmp_path):
    assert "还没有数据" in shown(own=tmp_path / "nothing")[1]


def company(tmp_path, regions, *, amounts=True, industries=("A", "B"), **more):
    """A workspace with one table of open customers, written as a user's own file."""
    lines = [["客户编号", "客户名称(脱敏)", "行业", "区域", "当前跟进阶段", "首次接触时间", "预计成交金额(元)", *more]]
    for at in range(40):
        amount = str(1000 * (at + 1)) if amounts else ""
        region = regions[at % len(regions)] if regions else ""
        industry = industries[at % len(industries)] if industries else ""
        lines.append([f"C{at}", f"公司{at}", industry, region, "商机", "2026-10-01", amount, *(own[at % len(own)] for own in more.values())])  # fmt: skip
    content = "\n".join(",".join(line) for line in lines).encode("utf-8-sig")
    file = UploadedFile("自己的.csv", content, hashlib.sha256(content).hexdigest())
    with open_workspace(tmp_path / "company") as workspace:
        day = date(2026, 11, 8)
        workspace.load(process([file], DEFAULT_SETTINGS, as_of=day), day, who="test", accept_errors=True)
    return tmp_path / "company"


def test_the_page_opens_on_two_dimensions_and_a_measure_with_data(shown, tmp_path, switches_of):
    own = company(tmp_path, (), amounts=False, industries=(), 产品线=("云", "端"), 机型=("甲", "乙", "丙"))
    _, markup = shown(own=own, period="all")
    found = switches_of(markup)
    assert found["rows"].chosen == "custom:产品线"
    assert found["columns"].chosen == "custom:机型"
    assert found["measure"].chosen == "leads"
    assert "未填写：行业、区域" in markup
    assert "sa-figures" in markup


def test_provinces_are_offered_as_tiles_that_add_up_to_the_table(shown, tmp_path, switches_of, choose, page_text):
    own = company(tmp_path, ("广东省", "廣東", "浙江", "北京市", "海外"))
    app, markup = shown(own=own, period="all", measure="open_amount", look="tiles")
    assert switches_of(markup)["look"].chosen == "tiles"
    tiles = {text.split("<br>")[0]: text for _, _, text in figure_of(app)["data"][-1]["customdata"]}
    assert len(tiles) == 35  # the provinces, and what is none
    money = {name: float(text.split("<b>¥")[1].split("</b>")[0].replace(",", "")) for name, text in tiles.items() if "<b>" in text}  # fmt: skip
    assert set(money) == {"广东", "浙江", "北京", "不是省份"}
    rows = answer("open_amount", "region").rows
    assert money["广东"] == sum(row.values["open_amount"] for row in rows if row.dims["region"] in ("广东省", "廣東"))
    assert sum(money.values()) == answer("open_amount").total.values["open_amount"]
    choose(app, "tile", "zhejiang")
    assert switches_of(page_text(app))["tile"].chosen == "zhejiang"


def test_regions_that_are_no_provinces_are_not_offered_as_tiles(shown, tmp_path, switches_of):
    _, markup = shown(own=company(tmp_path, ("华东", "华南", "西北", "西南")), period="all", look="tiles")
    assert "look" not in switches_of(markup)
    assert "省份" not in markup


def test_clusters_are_named_with_n_and_how_many_cells_were_looked_at(shown, tmp_path):
    own = company(tmp_path, ("东", "西"))  # every second customer: A is always in the east, B in the west
    _, markup = shown(own=own, period="all", measure="leads", lang="zh")
    assert "看了 4 格" in markup
    assert 'data-open="cell:' in markup
    assert "20 位，为期望 10.0 的 2.0 倍" in markup
    assert markup.split('class="sa-heat"')[1].split("</table>")[0].count("★</i>") == 2


def test_a_total_opens_everybody_in_its_line(shown):
    _, markup = shown(measure="leads", period="all", cell_row="~all", cell_column="~all")
    everybody = int(answer("leads").total.values["leads"])
    assert f"<dd>{format.number(everybody)}</dd>" in markup
    assert "与全部相比" not in markup
    region = next(row for row in answer("leads", "region").rows if row.dims["region"])
    _, markup = shown(measure="leads", period="all", cell_row="~all", cell_column=region.dims["region"])
    assert f"<dd>{format.number(region.values['leads'])}</dd>" in markup
    assert "与全部相比" in markup


def test_what_the_panel_sets_against_all_is_what_ask_answers(shown):
    shown()
    industry = next(row.dims["industry"] for row in answer("closed_win_rate", "industry").rows if row.dims["industry"])
    _, markup = shown(measure="leads", period="all", cell_row=industry, cell_column="~all")
    against = markup[markup.index('class="sa-against"') :]
    here = answer("closed_win_rate", where=(("industry", (industry,)),)).total
    assert f"{format.number(here.k['closed_win_rate'])} / {format.number(here.n['closed_win_rate'])}" in against or (
        format.share(here.values["closed_win_rate"]) in against
    )
    assert format.share(answer("closed_win_rate").total.values["closed_win_rate"]) in against


@pytest.mark.parametrize("metric", ["sales_cycle_median", "effective_share", "collected"])
def test_any_ticked_metric_is_a_measure(shown, full_workspace, tmp_path, metric, switches_of):
    copy = tmp_path / "ticked"
    shutil.copytree(full_workspace, copy)
    with open_workspace(copy) as workspace:
        settings = workspace.settings()
        ticked = settings.model_copy(update={"analysis": settings.analysis.model_copy(update={"heatmap": (metric, "leads")})})  # fmt: skip
        workspace.save_settings(ticked, "test")
    _, markup = shown(own=copy, measure=metric, period="all", order="clustered")
    assert switches_of(markup)["measure"].chosen == metric
    assert "sa-figures" in markup
