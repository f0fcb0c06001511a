"""Funnel: the figures of the page are the funnel's; every mode speaks; the uploaded table is checked."""

from __future__ import annotations

import pytest

from salesanalytics.access.view import View
from salesanalytics.i18n import format
from salesanalytics.insight.reconciliation import reconcile
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.ui.data import own_workspace


@pytest.fixture
def shown(open_app, full_workspace, page_text):
    def open_page(own=None, **params):
        app = open_app(own or full_workspace, lang=params.pop("lang", "zh")).run()
        app.switch_page("pages/funnel.py")
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == []
        return page_text(app)

    return open_page


def known(compute):
    workspace = own_workspace()  # the app holds it open
    view = View(workspace.state(max(record.as_of for record in workspace.imports())))
    return compute(view, workspace.settings())


def test_the_funnel_of_all_time_is_the_one_the_metrics_count(shown):
    markup = shown(period="all")
    stages = known(stage_funnel).of(None)
    # the phone's table holds each stage, its customers and the share that came from the stage before
    for at, stage in enumerate(stages):
        assert f'<td class="num">{format.number(stage.customers)}</td>' in markup
        if at and stages[at - 1].n >= 30:
            assert f'<td class="num">{format.share(stages[at - 1].conversion)}</td>' in markup
    assert f"{format.number(stages[0].customers)} 位客户，最终成交 {format.number(stages[-1].customers)} 位" in markup


@pytest.mark.parametrize("mode", ["cohort", "flow", "snapshot"])
@pytest.mark.parametrize(("size", "lang"), [("customers", "en"), ("amount", "zh")])
def test_every_mode_and_size(shown, mode, size, lang):
    markup = shown(mode=mode, size=size, lang=lang)
    words = {"cohort": ("同一批客户", "the same customers"), "flow": ("进入和离开", "who left each stage"), "snapshot": ("这是分布", "a distribution")}  # fmt: skip
    assert words[mode][lang == "en"] in markup


@pytest.mark.parametrize("by", ["source", "industry", "region", "owner"])
def test_who_wins_more_can_be_asked_by_four_dimensions(shown, by):
    assert "95% 区间" in shown(by=by, period="all")


def test_the_uploaded_table_stands_beside_ours(shown):
    markup = shown()
    found = known(reconcile)
    assert found is not None
    assert any(not stage.agrees for stage in found.stages)
    for stage in found.stages:
        pair = (
            f'<td class="num">{format.number(stage.uploaded)}</td><td class="num">{format.number(stage.computed)}</td>'
        )
        assert pair in markup
    assert markup.count("✓ 一致") == found.agreeing


def test_nobody_in_the_period_says_so(shown):
    assert "没有符合条件的客户" in shown(owner="没有这个人")


def test_an_empty_workspace_says_what_to_upload(shown, tmp_path):
    assert "还没有数据" in shown(own=tmp_path / "nothing")
