"""Heatmap: totals and cells are what ask answers; the chosen cell's customers add up to it."""

from __future__ import annotations

import json

import pytest

from salesanalytics.access.view import View
from salesanalytics.i18n import format
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.ui.data import own_workspace


@pytest.fixture
def shown(open_app, full_workspace, page_text):
    def open_page(own=None, **params):
        app = open_app(own or full_workspace, lang=params.pop("lang", "zh")).run()
        app.switch_page("pages/heatmap.py")
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == []
        return app, page_text(app)

    return open_page


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
    app, _ = shown(measure="leads", period="all")
    written = [note["text"] for note in figure_of(app)["layout"]["annotations"]]
    rows = answer("leads", "industry", "region").rows
    filled = sorted(int(row.values["leads"]) for row in rows if row.values["leads"])
    total = answer("leads").total.values["leads"]
    assert f"<b>{format.number(total)}</b>" in written
    cells = figure_of(app)["data"][-1]["customdata"]
    values = sorted(int(text.split("<b>")[1].split("</b>")[0]) for _, _, text in cells if "<b>" in text)
    assert values == filled


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


def test_a_cell_is_chosen_without_a_mouse(shown):
    app, _ = shown(measure="leads", period="all")
    box = app.selectbox(key="choice-cell_row")
    other = next(option for option in box.options if option != box.options[box.index])
    box.select_index(box.options.index(other)).run()
    assert not app.exception
    assert app.query_params["cell_row"] in ([other], other)


@pytest.mark.parametrize("measure", ["leads", "open_amount", "sales_amount", "closed_win_rate"])
@pytest.mark.parametrize(("rows", "columns", "lang"), [("source", "tier", "en"), ("owner", "team", "zh"), ("region", "industry", "en")])  # fmt: skip
def test_any_two_dimensions_and_every_measure(shown, measure, rows, columns, lang):
    _, markup = shown(measure=measure, rows=rows, columns=columns, lang=lang, period="all", order="original")
    assert "sa-figures" in markup


def test_nobody_says_so(shown):
    assert "没有符合条件的客户" in shown(owner="没有这个人")[1]


def test_an_empty_workspace_says_what_to_upload(shown, tmp_path):
    assert "还没有数据" in shown(own=tmp_path / "nothing")[1]
