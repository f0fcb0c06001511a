"""Funnel: page, command and metrics tell the same numbers; every mode, cut and cohort speaks; every number opens its rows."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from functools import partial
from html import unescape
from itertools import pairwise

import pytest

from salesanalytics.access.view import View
from salesanalytics.cli import main
from salesanalytics.i18n import format, text
from salesanalytics.insight.funnel_cohorts import funnel_cohorts, maturity
from salesanalytics.insight.funnel_split import narrowed
from salesanalytics.insight.reconciliation import reconcile
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.funnel_rows import funnel_rows
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.funnel import opened_dwell
from salesanalytics.ui.funnel import page as funnel_page
from salesanalytics.ui.funnel.opened_beside import beside
from salesanalytics.ui.number_rows import rows_markup


@pytest.fixture
def opened(open_page):
    return partial(open_page, "funnel")


@pytest.fixture
def shown(opened):
    return lambda own=None, **params: opened(own, **params)[1]


def known(compute):
    workspace = own_workspace()  # the app holds it open
    view = View(workspace.state(max(record.as_of for record in workspace.imports())))
    return compute(view, workspace.settings())


def numbers(markup: str) -> dict[str, str]:
    """Every number that opens: its id and the words on it."""
    said: dict[str, str] = {}
    for name, words in re.findall(r'data-open="([^"]*)">([^<]*)</a>', markup):
        said.setdefault(unescape(name), words)
    return said


def number(*words: object) -> str:
    return json.dumps(words, ensure_ascii=False)


def test_the_funnel_of_all_time_is_the_one_the_metrics_count(shown):
    markup = shown(period="all")
    stages = known(stage_funnel).of(None)
    said = numbers(markup)
    for stage in stages:
        assert said[number("stage", stage.stage, "customers")] == format.number(stage.customers)
        if stage.n >= 30:
            assert said[number("stage", stage.stage, "share")] == format.share(stage.conversion)
        if stage.n and stage.lost:
            assert said[number("stage", stage.stage, "lost")] == format.number(stage.lost)
    assert f"{format.number(stages[0].customers)} 位客户，最终成交 {format.number(stages[-1].customers)} 位" in markup
    assert "未前进的金额最多的是" in markup


def test_page_and_command_agree_in_the_whole_and_in_every_part(shown, full_workspace, tmp_path, capsys):
    said = numbers(shown(period="all", by="source"))
    copied = str(shutil.copytree(full_workspace, tmp_path / "copied"))  # the app holds the other open

    def command(*words: str):
        capsys.readouterr()
        assert main(["metrics", "stage_conversion", *words, "--workspace", copied, "--json"]) == 0
        return json.loads(capsys.readouterr().out)["rows"]

    whole = command("--by", "stage")
    parts = command("--by", "source", "--by", "stage")
    assert len(parts) >= 15
    for row, values in [*((row, []) for row in whole), *((row, [row["source"] or ""]) for row in parts)]:
        opened = number("split", "source", values, row["stage"], "share")
        assert said[opened] == format.share(row["stage_conversion"]), (row["stage"], values)


@pytest.mark.parametrize(
    ("mode", "size", "lang"),
    [
        ("cohort", "amount", "en"),
        ("flow", "customers", "zh"),
        ("snapshot", "amount", "zh"),
        ("snapshot", "customers", "en"),
    ],
)
def test_every_mode_and_size(shown, mode, size, lang):
    markup = shown(mode=mode, size=size, lang=lang)
    words = {"cohort": ("同一批客户", "the same customers"), "flow": ("进入和离开", "who left each stage"), "snapshot": ("这是分布", "a distribution")}  # fmt: skip
    assert words[mode][lang == "en"] in markup
    # a snapshot is a ratio of two stages and never written as a percentage
    funnel = markup[markup.index("sa-funnel") :].partition("</table>")[0]
    assert bool(re.search(r">[\d.,]+%<", funnel)) == (mode != "snapshot")


@pytest.mark.parametrize("by", ["owner", "tier"])
def test_the_funnel_is_cut_by_any_dimension_and_its_lines_add_up(shown, by):
    said = numbers(shown(by=by, period="all"))
    lines = {name: int(words.replace(",", "")) for name, words in said.items() if name.startswith(f'["split", "{by}"') and name.endswith('"lead", "customers"]')}  # fmt: skip
    whole = lines.pop(number("split", by, [], "lead", "customers"))
    assert sum(lines.values()) == whole == known(stage_funnel).of(None)[0].customers


def test_two_values_are_chosen_and_kept_in_the_url(opened, page_text, switches_of, choose):
    app, markup = opened(period="all", by="source", a="展会", b="官网表单")
    assert "展会" in markup
    options = switches_of(markup)["b"].options
    assert "展会" not in options
    other = next(option for option in options if option != "官网表单")
    choose(app, "b", other)
    assert switches_of(page_text(app))["b"].chosen == other
    assert f'<th scope="col" class="side">{other}</th>' in page_text(app)


@pytest.mark.parametrize("grain", ["week", "quarter"])
def test_cohorts_are_listed_the_young_ones_grey(shown, grain):
    markup = shown(cohort=grain)
    found = known(lambda view, settings: funnel_cohorts(view, settings, Filters(), grain))
    table = markup[markup.index("sa-cohorts") :].partition("</table>")[0]
    rows = table.split("<tr")[2:]
    assert len(rows) == len(found.cohorts)
    for row, cohort in zip(rows, found.cohorts, strict=True):
        assert f">{cohort.name}</a>" in row
        assert ('class="grey"' in row.partition(">")[0]) == (not cohort.mature)
        assert f"{format.number(cohort.won)} / {format.number(cohort.leads)}" in row


def test_the_uploaded_table_stands_beside_ours(shown):
    markup = shown()
    said = numbers(markup)
    found = known(reconcile)
    assert found is not None
    assert any(not stage.agrees for stage in found.stages)
    for stage in found.stages:
        assert said[number("uploaded", stage.stage)] == format.number(stage.uploaded)
        assert said[number("computed", stage.stage)] == format.number(stage.computed)
    assert markup.count("✓ 一致") == found.agreeing


def test_a_cohort_in_its_youth_is_grey_and_says_so(shown):
    markup = shown()  # the quarter begun
    assert "所以置灰" in markup
    assert "转化率（未成熟）" in markup
    assert 'class="num grey"' in markup
    # those of the first months have all had the time
    early = {"period": "custom", "from": "2026-01-01", "to": "2026-06-30"}
    whole = known(lambda view, settings: maturity(view, settings, Filters((), date(2026, 1, 1), date(2026, 6, 30)), stage_funnel(view, settings, Filters((), date(2026, 1, 1), date(2026, 6, 30))).of(None)))  # fmt: skip
    assert whole is not None
    assert ("转化率（未成熟）" in shown(**early)) == (not whole.ripe)


def test_behind_a_part_stand_the_customers_of_the_filter(shown):
    shown()
    view = View(own_workspace().state(max(record.as_of for record in own_workspace().imports())))
    settings = own_workspace().settings()
    parts = stage_funnel(view, settings, by="source")
    for group in parts.groups:
        filters = narrowed(Filters(), "source", (group or "",))
        for stage in parts.of(group):
            assert len(funnel_rows(view, settings, filters, "cohort", stage.stage)) == stage.customers


def test_nobody_in_the_period_says_so(shown):
    assert "没有符合条件的客户" in shown(owner="没有这个人")


def test_an_empty_workspace_says_what_to_upload(shown, tmp_path):
    assert "还没有数据" in shown(own=tmp_path / "nothing")


def test_an_uploaded_count_opens_its_line_and_a_ratio_both_its_sides(shown, monkeypatch, click):
    """The line of the user's table with file, sheet and row; and of a snapshot's ratio as many customers as either stage holds."""
    frames = []
    monkeypatch.setattr(funnel_page, "open_number", lambda frame, *_: frames.append(frame))
    click("[]")
    markup = shown(mode="snapshot", period="all")
    frame = frames[-1]
    for stage in known(reconcile).stages:
        opened = beside(frame, "uploaded", [stage.stage])
        assert opened.value == format.number(stage.uploaded)
        assert [(row["file"], row["sheet"], row["row"]) for row in opened.rows] == [
            (stage.file, stage.sheet, stage.row)
        ]
        assert rows_markup(opened.rows, "x", frame.desk.settings, "zh")
    stages = known(lambda view, settings: stage_funnel(view, settings, mode="snapshot")).of(None)
    said = numbers(markup)
    for source, arrived in pairwise(stages):
        words = [source.stage, arrived.stage, "", []]
        opened = beside(frame, "ratio", words)
        sides = [sum(row["side"] == side for row in opened.rows) for side in ("above", "below")]
        assert sides == [arrived.customers, source.customers]
        shown_ratio = text("funnel.ratio", "zh", value=format.number(arrived.customers / source.customers, 2))
        assert said[number("ratio", *words)] == shown_ratio
        assert opened.value.startswith(shown_ratio)
    opened = []
    monkeypatch.setattr(opened_dwell, "rows_dialog", lambda frame, value, *_, **__: opened.append(value))
    for stage in stages[:-1]:
        opened_dwell.open_dwell(frame, frame.filters, "snapshot", stage.stage)
        assert said[number("stage", stage.stage, "dwell")].startswith(opened[-1])
    assert beside(frame, "ratio", ["nowhere", "won", "", []]) is None
    assert beside(frame, "uploaded", ["nowhere"]) is None
