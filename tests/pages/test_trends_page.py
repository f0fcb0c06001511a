"""Trends: the page says what the metrics say; part-periods are apart; nothing is said where there is nothing."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest

from salesanalytics.access.view import View
from salesanalytics.i18n import format
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.periods import bucket, label
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.trends import page
from salesanalytics.ui.trends.workbook import workbook_bytes


@pytest.fixture
def shown(open_page):
    return lambda page="trends", own=None, **params: open_page(page, own, **params)


def cells(markup):
    body = re.search(r"<tbody>(.*?)</tbody>", markup, re.S)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in rows]


def by_week(metric):
    workspace = own_workspace()  # the app holds it open
    as_of = max(record.as_of for record in workspace.imports())
    view = View(workspace.state(as_of))
    start = bucket(as_of, "week").start - timedelta(weeks=12)
    query = MetricQuery((metric,), ("week",), Filters((), start, as_of))
    answer = ask(view, query, workspace.settings(), lambda day: View(workspace.state(day)))
    return as_of, {row.dims["week"]: row for row in answer.rows}


def test_counts_a_week_are_what_ask_answers(shown):
    _, markup = shown(metric="new_leads", compare="none")
    as_of, rows = by_week("new_leads")
    table = {row[0].split(" ")[0]: row for row in cells(markup)}
    assert label(as_of, "week") in table
    for week, row in table.items():
        value = rows[week].values["new_leads"] if week in rows else 0
        assert row[1] == format.number(value)


def columns(markup):
    """The chart's columns: what each says, line by line, and its marks (id, bottom and height in percent)."""
    chart = markup[markup.index('<div class="cols">') :]
    found = re.findall(r'<div(?: class=l)?><a href="#" data-open="([^"]+)" aria-label="([^"]*)"></a>(.*?)</div>', chart)
    mark = r'<a data-open="([^"]+)"[^>]* style="bottom:([\d.e-]+)%(?:;height:([\d.e-]+)%)?"'
    return [(opens, told.splitlines(), re.findall(mark, marks)) for opens, told, marks in found]


def top_of(markup):
    ticks = re.findall(r'class="grid[^"]*" style="bottom:([\d.]+)%"><span>([^<]+)', markup)
    return next(float(words.replace(",", "")) for at, words in ticks if at == "100")


def test_the_chart_draws_and_says_what_ask_answers(shown):
    _, markup = shown(metric="new_leads", compare="none")
    _, rows = by_week("new_leads")
    found = columns(markup)
    assert len(found) == 13
    for at, (opens, told, marks) in enumerate(found):
        week = told[0].split(" ")[0]
        value = next((row.values["new_leads"] for name, row in rows.items() if name.endswith(week)), 0)
        assert told[1].split(" ")[1] == format.number(value)
        assert opens == marks[0][0] == f"0/a/{at}"
        assert float(marks[0][1]) == pytest.approx(100 * value / top_of(markup), abs=0.01)


def test_stacked_bars_reach_as_high_as_the_whole(shown):
    _, markup = shown(metric="new_leads", split="source", shape="bar", lang="en")
    top, heights = top_of(markup), 0.0
    for opens, told, marks in columns(markup):
        whole = int(told[1].split(" ")[1].replace(",", ""))
        parts = [int(re.search(r" (\d+) · n", line)[1]) for line in told[2:]]
        assert told[1].startswith("All ")
        assert opens.startswith("0/a/")
        assert sum(parts) == whole
        assert sum(float(height) for _, _, height in marks) == pytest.approx(100 * whole / top, abs=0.05)
        heights += sum(parts)
    assert heights > 0


def test_shares_carry_n_and_small_samples_are_not_compared(shown):
    _, markup = shown(metric="lead_conversion", compare="none")
    _, rows = by_week("lead_conversion")
    for row in cells(markup):
        week = row[0].split(" ")[0]
        if week in rows:
            assert row[1:3] == [
                format.share(rows[week].values["lead_conversion"]),
                format.number(rows[week].n["lead_conversion"]),
            ]
            assert row[3] == "样本小" or rows[week].n["lead_conversion"] >= 30


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_can_be_shown(shown, metric):
    app, _ = shown(metric=metric, grain="quarter")
    assert app.query_params["metric"] in ([metric], metric)


@pytest.mark.parametrize(("shape", "split"), [("bar", "source"), ("line", "owner"), ("bar", "none"), ("line", "tier")])
def test_splits_and_shapes(shown, shape, split):
    _, markup = shown(shape=shape, split=split, grain="month", lang="en")
    assert "<tbody>" in markup


def test_a_running_month_is_never_compared_as_whole(shown):
    _, markup = shown(metric="new_leads", grain="month", compare="none")
    as_of, _ = by_week("new_leads")
    month = bucket(as_of, "month")
    newest = cells(markup)[0]
    assert newest[0] == label(as_of, "month")
    if month.end > as_of:
        assert newest[3] == f"{month.days} 天中 {as_of.day} 天"


def test_a_filter_nobody_fits_says_so(shown):
    _, markup = shown(metric="sales_amount", owner="没有这个人")
    assert "这段时间没有数据" in markup
    assert "<tbody>" not in markup


def test_an_empty_workspace_says_what_to_upload(shown, tmp_path):
    _, markup = shown(own=tmp_path / "nothing")
    assert "还没有数据" in markup


@pytest.mark.parametrize(("lang", "words"), [("zh", "虚线为参考目标"), ("en", "dashed\u00a0=\u00a0usual aim")])
def test_a_delivered_aim_is_drawn_with_its_label(shown, lang, words):
    """Three follow-ups a customer a week: the line, its column, and what it is."""
    app, markup = shown(metric="followups_per_week", compare="none", lang=lang)
    assert words in markup
    assert {row[4] for row in cells(markup)} == {"3.00"}
    assert "trends.aim" not in markup
    assert ("时限" if lang == "zh" else "service level") in shown(metric="first_response", compare="none", lang=lang)[1]
    del app


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_holds_what_the_page_shows(shown, lang, monkeypatch):
    """Excel of two metrics: a sheet each, the very values of the table, the date, and the files they come from."""
    caught = []
    monkeypatch.setattr(page, "values_panel", lambda drawings, chosen: caught.append((drawings, chosen)))
    shown(metric=["sales_amount", "new_leads"], compare="none", grain="month", lang=lang)
    drawings, chosen = caught[-1]
    as_of = drawings[0].frame.as_of
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(drawings, chosen)))
    assert len(book.worksheets) == 2
    for drawing, sheet in zip(drawings, book.worksheets, strict=True):
        values = {row[0].value: row[4].value for row in sheet.iter_rows(max_row=60)}
        for point in drawing.trend.points:
            assert values[label(point.whole.start, "month")] == pytest.approx(point.value)
        said = "\n".join(str(row[0].value) for row in sheet.iter_rows() if row[0].value)
        assert as_of.isoformat() in said
        assert ".xlsx" in said
        assert "trends." not in said
