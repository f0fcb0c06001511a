import ast
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from salesanalytics.ui import topbar
from salesanalytics.ui.sections import SECTIONS
from salesanalytics.ui.session import Key

ROOT = Path(__file__).parents[2]
PAGES = [section for section in SECTIONS if (ROOT / section.file).exists()]
MINE = ("overview", "alerts", "reports", "glossary")
SPEAKS = {  # words only that page says
    ("overview", "zh"): "本周销售额",
    ("overview", "en"): "Sales this week",
    ("alerts", "zh"): "需处理：",
    ("alerts", "en"): "To act on: ",
    ("reports", "zh"): "报告里有什么",
    ("reports", "en"): "What is in it",
    ("glossary", "zh"): "closed_win_rate",
    ("glossary", "en"): "closed_win_rate",
}


def everything(app):
    found = []

    def walk(node):
        for child in getattr(node, "children", {}).values():
            walk(child)
        proto = getattr(node, "proto", None)
        body = getattr(proto, "body", "") or getattr(getattr(proto, "html", None), "body", "")
        if isinstance(body, str):
            found.append(body)

    walk(app._tree)
    return "\n".join(found)


def go(app, page):
    app.run()
    if page != "overview":
        app.switch_page(f"pages/{page}.py").run()
    return app


@pytest.mark.parametrize("page", MINE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_full_workspace_shows_every_page_without_an_error(open_app, full_workspace, page, lang):
    app = go(open_app(full_workspace, lang=lang), page)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert SPEAKS[page, lang] in everything(app)


def test_links_lead_where_the_navigation_leads(open_app):
    """``open_app`` knows the pages before any was opened; they are those the app registers."""
    app = open_app()
    known = app._registered_pages
    app.run()
    told = {
        name: {"script_path": str(page["script_path"]), "url_pathname": page["url_pathname"]}
        for name, page in app._registered_pages.items()
    }
    assert known == told


@pytest.mark.parametrize("page", MINE)
def test_an_empty_workspace_says_what_to_upload(open_app, page):
    app = go(open_app(lang="zh"), page)
    assert not app.exception
    assert [error.value for error in app.error] == []
    if page != "glossary":
        assert "还没有数据" in everything(app)
        assert app.button(key="to-upload").label == "上传表格"


@pytest.mark.parametrize("section", PAGES, ids=lambda section: section.name)
def test_a_page_alone_shows_nothing(open_app, section):
    open_app()
    app = AppTest.from_file(str(ROOT / section.file), default_timeout=30).run()
    assert not app.exception
    assert len(app.main) == 0


def test_streamlit_s_old_pages_layout_shows_nothing(open_app, full_workspace, monkeypatch):
    """Before the first st.navigation of a process Streamlit runs pages/ by itself; then a page must stay empty."""
    app = open_app(full_workspace, lang="zh").run()
    monkeypatch.setattr(app_test, "PagesManager", PagesManager)
    app.switch_page("pages/alerts.py").run()
    assert not app.exception
    assert everything(app).strip() == ""


@pytest.mark.parametrize("section", PAGES, ids=lambda section: section.name)
def test_a_page_does_nothing_before_its_frame(section):
    """Above the frame a page only imports: nothing may be asked or shown before the door is checked."""
    body = ast.parse((ROOT / section.file).read_text(encoding="utf-8")).body
    first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))  # after the docstring
    called = first.items[0].context_expr if isinstance(first, ast.With) else first.value
    assert isinstance(called, ast.Call)
    assert called.func.id == ("plain_frame" if isinstance(first, ast.With) else "show_page")


def test_the_sample_is_built_shown_as_such_and_cleared_by_one_click(open_app, small_exports):
    app = open_app(exports=small_exports, lang="zh").run()
    assert not app.exception
    assert "示例数据" in everything(app)
    app.button(key="sample-clear").click().run()
    assert "示例数据" not in everything(app)
    assert "还没有数据" in everything(app)
    app.button(key="show-sample").click().run()
    assert "示例数据" in everything(app)


def test_own_data_goes_before_the_sample(open_app, full_workspace, small_exports):
    app = open_app(full_workspace, exports=small_exports, lang="zh").run()
    assert "示例数据" not in everything(app)


def test_the_page_is_in_the_language_of_the_url_and_offers_the_other(open_app, full_workspace):
    """The button is clicked in tests/journeys: AppTest cannot click markup."""
    app = open_app(full_workspace, lang="zh").run()
    assert "本周销售额" in everything(app)
    assert 'data-language="en"><b>中文</b>' in everything(app)
    app.query_params["lang"] = "en"
    app.run()
    assert "Sales this week" in everything(app)
    assert 'data-language="zh"><b>EN</b>' in everything(app)


def test_switching_the_language_is_kept_in_the_url_beside_the_rest(monkeypatch):
    params, kept = {"team": "华东", "lang": "zh"}, {}
    monkeypatch.setattr(topbar.st, "query_params", params)
    monkeypatch.setattr(topbar.st, "session_state", kept)
    topbar.switch_language("zh")
    assert params == {"team": "华东", "lang": "en"}
    assert kept[Key.LANG] == "en"


def test_a_link_with_a_filter_narrows_the_page_and_the_bar_says_so(open_app, full_workspace, bar_of):
    app = open_app(full_workspace, lang="zh").run()
    bar = bar_of(app)
    assert not bar["filtered"]
    chosen = bar["pills"]["team"]["groups"][0]["options"][0][0]
    narrowed = open_app(full_workspace, lang="zh", team=chosen).run()
    assert everything(narrowed) != everything(app)
    bar = bar_of(narrowed)
    assert bar["filtered"]
    assert bar["view"]["where"] == {"team": [chosen]}
    assert (bar["pills"]["team"]["label"][1], bar["pills"]["team"]["look"]) == ([chosen, "strong"], "on")


def test_an_earlier_as_of_date_is_another_state(open_app, full_workspace):
    newest = everything(open_app(full_workspace, lang="zh").run())
    app = open_app(full_workspace, lang="zh", as_of="2026-11-01").run()
    assert not app.exception
    assert everything(app) != newest


def test_a_card_opens_its_formula_and_rows(open_app, full_workspace):
    app = open_app(full_workspace, lang="zh").run()
    app.button(key="open-closed_win_rate").click().run()
    assert not app.exception
    shown = everything(app)
    assert "怎么算" in shown
    assert ".xlsx" in shown
