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
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.overview.answers import overview_headlines
from salesanalytics.ui.restated import dialog
from salesanalytics.ui.restated.marks import card_marks


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
def page(open_page):
    return lambda own, name="overview", **params: unescape(open_page(name, own, **params)[1])


def own_history() -> History:
    return history_of(own_workspace())


def expected(day: date):
    found = [own_history().restated(one, day) for one in cards_asked(DEFAULT_SETTINGS, (), day)]
    return [one for one in found if visible(one, DEFAULT_SETTINGS)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_past_date_says_what_its_numbers_were(page, corrected_week, monkeypatch, click, lang: Lang) -> None:
    """Each changed card is marked and the line under them says why; what a mark compares is the very number its card shows.
    A mark opens its causes and customers (the dialog is drawn on the page itself: AppTest cannot click into the listener).
    """
    folder, day = corrected_week
    frames: list[Frame] = []
    asked: list[tuple[object, ...]] = []

    def marks(frame: Frame, *rest: object) -> None:
        frames.append(frame)
        card_marks(frame, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("salesanalytics.ui.overview.page.card_marks", marks)
    click("restated:closed_win_rate")
    monkeypatch.setattr(
        dialog.st, "dialog", lambda title, **_: lambda draw: lambda *args: (asked.append(args), draw(*args))
    )
    shown = page(folder, as_of=day.isoformat(), lang=lang)
    changed = expected(day)
    assert changed
    for one in changed:
        assert sentence(one, DEFAULT_SETTINGS, lang, METRICS[one.metric].title(lang)) in shown
    assert text("restated.strip", lang, day=day.isoformat()) in shown
    marked = re.findall(r'sa-restated-mark" href="#" data-open="restated:(\w+)"', shown)
    assert set(marked) == {one.metric for one in changed}
    heads = overview_headlines(frames[0].desk, ())
    cards = dict(cards_asked(DEFAULT_SETTINGS, (), day))
    assert {one.metric: detail.headline_filters(one, ()) for one in heads} == cards
    values = {one.metric: own_history().restated((one.metric, cards[one.metric]), day).now for one in heads}
    assert values == {one.metric: one.value for one in heads}
    found = next(one for one in changed if one.metric == "closed_win_rate")
    assert [args[1:] for args in asked] == [(("closed_win_rate", found.filters), day)]
    lines = customer_lines(found)
    assert len(lines) == 2
    told = [
        text("restated.kind.re-upload", lang),
        "corrected.xlsx",
        "Zhao",
        {"en": "Won → Lost", "zh": "成交 → 流失"}[lang],
    ]
    assert [words for words in told if words not in shown] == []
    assert all(f'data-customer="{line.customer_id}"' in shown for line in lines)


def test_where_nothing_changed_nothing_is_said_nor_built(
    page, corrected_week, full_workspace: Path, small_exports: Path, tmp_path: Path, monkeypatch
) -> None:
    folder, _ = corrected_week
    untouched = tmp_path / "workspace"  # other tests may have the shared one open
    shutil.copytree(full_workspace, untouched)

    def refuse(*asked: object) -> None:
        raise AssertionError("a state of earlier knowledge was built")

    monkeypatch.setattr(Workspace, "state_of", refuse)
    dates = [path.name[:10] for path in sorted(small_exports.glob("*.xlsx"))]
    shown = page(untouched, as_of=dates[1])
    assert "restated:" not in shown
    # neither the newest date nor the first one is touched by the correction of the one between
    shown = page(folder, "changes", against=dates[0])
    assert '"restated"' not in shown


def test_what_changed_says_that_its_start_was_restated(page, corrected_week) -> None:
    folder, day = corrected_week
    shown = page(folder, "changes", against=day.isoformat(), lang="zh")
    assert text("restated.title_start", "zh", day=day.isoformat()) in shown
    assert f'["restated", "{day.isoformat()}", "open_amount"]' in shown


def test_trends_name_the_points_that_were_restated(page, corrected_week) -> None:
    """The open amount of the corrected week's end, on the page of the newest date, where the week's own number stands unmarked."""
    folder, day = corrected_week
    lang: Lang = "en"
    shown = page(folder, "trends", metric="open_amount", lang=lang)
    found = own_history().restated(("open_amount", Filters()), day)
    assert found.differs
    name = f"{METRICS['open_amount'].title(lang)} {format.week(day)}"
    assert sentence(found, DEFAULT_SETTINGS, lang, name, dated=False) in shown
    assert shown.count('data-open="restated/') == 1
