"""Pages say of a past date what its numbers were when they were shown, in both languages, open to why, and say nothing where nothing changed."""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import polars as pl
import pytest

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.restated.asked import cards_asked
from salesanalytics.insight.restated.history import History, history_of
from salesanalytics.insight.restated.lines import customer_lines
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.metrics import METRICS
from salesanalytics.metrics.types import Filters
from salesanalytics.reports.restated_words import sentence, visible
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.ui import detail
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.overview.answers import overview_headlines
from salesanalytics.ui.restated import dialog


@pytest.fixture(scope="module")
def corrected_week(
    full_workspace: Path, small_exports: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, date]:
    """The weeks, and the second one uploaded again: the first two won deals were lost, the first open amounts are half."""
    folder = tmp_path_factory.mktemp("restated") / "workspace"
    shutil.copytree(full_workspace, folder)
    path = sorted(small_exports.glob("*.xlsx"))[1]
    content, as_of = path.read_bytes(), date.fromisoformat(path.name[:10])
    batch = process(
        [UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())], DEFAULT_SETTINGS, as_of=as_of
    )
    leads = batch.tables["leads"].with_row_index("place")
    won = leads.filter(pl.col("stage") == "won").sort("won_on", descending=True)["place"].head(2)
    half = leads.filter(~pl.col("stage").is_in(["won", "lost"]) & (pl.col("expected_amount") > 0))["place"].head(3)
    leads = leads.with_columns(
        pl.when(pl.col("place").is_in(won)).then(pl.lit("lost")).otherwise("stage").alias("stage"),
        pl.when(pl.col("place").is_in(half))
        .then(pl.col("expected_amount") / 2)
        .otherwise("expected_amount")
        .alias("expected_amount"),
        pl.lit("ab" * 32).alias("_digest"),
        pl.lit("corrected.xlsx").alias("_file"),
    ).drop("place")
    with open_workspace(folder) as workspace:
        workspace.load(replace(batch, tables={"leads": leads}), as_of, who="Zhao", accept_errors=True)
    return folder, as_of


@pytest.fixture
def page(open_app, page_text):
    def open_page(own: Path, name: str = "overview", **params: str):
        app = open_app(own, lang=params.pop("lang", "zh"))
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        if name != "overview":
            app.switch_page(f"pages/{name}.py")
            for key, value in params.items():
                app.query_params[key] = value
            app.run()
        assert not app.exception
        assert [error.value for error in app.error] == []
        return app, unescape(page_text(app))

    return open_page


def own_history() -> History:
    return history_of(own_workspace())


def expected(day: date):
    found = [own_history().restated(one, day) for one in cards_asked(DEFAULT_SETTINGS, (), day)]
    return [one for one in found if visible(one, DEFAULT_SETTINGS)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_past_date_says_what_its_numbers_were(page, corrected_week, lang: str) -> None:
    folder, day = corrected_week
    _, shown = page(folder, as_of=day.isoformat(), lang=lang)
    changed = expected(day)
    assert changed
    for one in changed:
        name = METRICS[one.metric].title(lang)
        assert sentence(one, DEFAULT_SETTINGS, lang, name) in shown
        assert f'data-open="restated:{one.metric}"' in shown
    assert text("restated.strip", lang, day=day.isoformat()) in shown
    assert len(set(re.findall(r'sa-restated-mark" href="#" data-open="restated:(\w+)"', shown))) == len(changed)


def test_where_nothing_changed_nothing_is_said_nor_built(
    page, corrected_week, full_workspace: Path, small_exports: Path, monkeypatch
) -> None:
    folder, _ = corrected_week

    def refuse(*asked: object) -> None:
        raise AssertionError("a state of earlier knowledge was built")

    monkeypatch.setattr(Workspace, "state_of", refuse)
    dates = [path.name[:10] for path in sorted(small_exports.glob("*.xlsx"))]
    for own, asked in ((full_workspace, dates[1:2]), (folder, dates[2:])):
        for as_of in asked:
            _, shown = page(own, as_of=as_of)
            assert "restated:" not in shown, as_of
    _, shown = page(folder, "changes", against=dates[0])
    assert '"restated"' not in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_changed_says_that_its_start_was_restated(page, corrected_week, lang: str) -> None:
    folder, day = corrected_week
    _, shown = page(folder, "changes", against=day.isoformat(), lang=lang)
    assert text("restated.title_start", lang, day=day.isoformat()) in shown
    assert f'["restated", "{day.isoformat()}", "open_amount"]' in shown


def test_a_mark_opens_its_causes_and_customers(page, corrected_week, monkeypatch, page_text) -> None:
    """The dialog is drawn on the page itself: AppTest cannot click into the listener."""
    folder, day = corrected_week
    asked: list[tuple[object, date]] = []
    monkeypatch.setattr("salesanalytics.ui.overview.opened.opened_number", lambda key: "restated:closed_win_rate")
    monkeypatch.setattr(
        dialog.st, "dialog", lambda title, **more: lambda draw: lambda *args: (asked.append(args[1:]), draw(*args))
    )
    _, shown = page(folder, as_of=day.isoformat(), lang="en")
    found = next(one for one in expected(day) if one.metric == "closed_win_rate")
    assert asked == [(("closed_win_rate", found.filters), day)]
    assert text("restated.kind.re-upload", "en") in shown
    assert "corrected.xlsx" in shown
    assert "Zhao" in shown
    lines = customer_lines(found)
    assert len(lines) == 2
    for line in lines:
        assert f'data-customer="{line.customer_id}"' in shown
    assert "Won → Lost" in shown


def test_the_cards_are_asked_over_the_days_of_the_cards(page, corrected_week, monkeypatch) -> None:
    """A mark compares the very number its card shows."""
    folder, day = corrected_week
    seen = []
    monkeypatch.setattr("salesanalytics.ui.overview.page.card_marks", lambda frame, places, strip: seen.append(frame))
    page(folder, as_of=day.isoformat())
    frame = seen[0]
    heads = overview_headlines(frame.desk, ())
    asked = dict(cards_asked(frame.desk.settings, (), day))
    assert {one.metric: detail.headline_filters(one, ()) for one in heads} == asked
    values = {one.metric: own_history().restated((one.metric, asked[one.metric]), day).now for one in heads}
    assert values == {one.metric: one.value for one in heads}


def test_trends_name_the_points_that_were_restated(page, corrected_week) -> None:
    """The open amount of the corrected week's end, on the page of the newest date, where the week's own number stands unmarked."""
    folder, day = corrected_week
    lang: Lang = "en"
    _, shown = page(folder, "trends", metric="open_amount", lang=lang)
    found = own_history().restated(("open_amount", Filters()), day)
    assert found.differs
    name = f"{METRICS['open_amount'].title(lang)} {format.week(day)}"
    assert sentence(found, DEFAULT_SETTINGS, lang, name, dated=False) in shown
    assert shown.count('data-open="restated/') == 1
