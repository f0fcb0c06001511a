"""A date compared with, chosen once, holds on every page: values then and changes are those an independent reading of the files gives."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from salesanalytics.access.view import View
from salesanalytics.i18n import format, text
from salesanalytics.insight.flags import flags
from salesanalytics.metrics.types import Unit
from salesanalytics.reports.words import in_words
from salesanalytics.ui.data import own_workspace
from tests.oracle.book import ORDER
from tests.oracle.files import sample_upload
from tests.oracle.pages import told
from tests.oracle.questions import Question, bucket_of
from tests.oracle.retold import book_of

PAGES = ("overview", "trends", "funnel", "heatmap", "channels", "alerts", "changes", "customer", "reports", "quality")


@pytest.fixture(scope="session")
def weeks(small_exports):
    """The weekly exports as an independent reader reads them."""
    return [sample_upload(path) for path in sorted(small_exports.glob("*.xlsx"))]


def windows(day: date) -> dict[str, tuple[Question, Unit]]:
    """The cards' own windows, seen from a day."""
    week, quarter = Question((), (), *bucket_of(day, "week")), Question((), (), *bucket_of(day, "quarter"))
    days = Question((), (), day - timedelta(days=89), day)
    return {
        "new_leads": (week, Unit.COUNT),
        "sales_amount": (week, Unit.MONEY),
        "target_attainment": (quarter, Unit.SHARE),
        "closed_win_rate": (days, Unit.SHARE),
        "sales_cycle_median": (days, Unit.DAYS),
        "risk_amount": (Question(), Unit.MONEY),
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_overview_tells_what_the_files_of_then_say(open_page, weeks, lang):
    now, then = weeks[-1].as_of, weeks[0].as_of
    _, markup = open_page("overview", lang=lang, against=then.isoformat())
    cards = re.findall(r'<div class="sa-card">.*?</div></div>', markup, re.DOTALL)
    assert len(cards) == 7
    known = book_of(weeks[:1], then)
    for metric, (question, unit) in windows(then).items():
        value, _ = told(metric, known, question)
        words = text("compared.then", lang, day=format.month_day(then), value=in_words(value, unit, lang, "CNY"))
        assert any(words in card for card in cards), (metric, words)
    assert text("compared.stand", lang, day=format.day(now), then=format.day(then)) in markup


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_funnel_tells_the_counts_of_then(open_page, weeks, lang):
    then = weeks[0].as_of
    _, markup = open_page("funnel", lang=lang, against=then.isoformat())
    start, _ = bucket_of(then, "quarter")
    books = {
        upload.as_of: book_of(weeks[: at + 1], upload.as_of)
        for at, upload in enumerate(weeks)
        if at in (0, len(weeks) - 1)
    }

    def reached(day: date, stage: str) -> int:
        cohort = [
            row for row in books[day].all() if row["first_contact_on"] and start <= row["first_contact_on"] <= day
        ]
        return sum(row["reached"] >= ORDER[stage] for row in cohort)

    body = markup[markup.index('<table class="sa-funnel"') :]
    rows = re.findall(r'<tr class="stage">.*?</tr>', body, re.DOTALL)
    assert rows
    stages = sorted((stage for stage in ORDER if stage != "lost"), key=ORDER.__getitem__)
    assert len(rows) >= 3
    for source, stage, row in zip([None, *stages[:-1]], stages, rows, strict=True):
        if source and reached(then, source) and reached(weeks[-1].as_of, source):
            share = format.share(reached(then, stage) / reached(then, source))
            assert text("compared.value_and_change", lang, value=share, change="|").partition("|")[0] in row
        before, now = reached(then, stage), reached(weeks[-1].as_of, stage)
        assert (
            text(
                "compared.value_and_change",
                lang,
                value=format.number(before),
                change=format.number(now - before, signed=True),
            )
            in row
        )


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_on_the_same_dates(open_page, weeks, name):
    then = weeks[1].as_of
    _, markup = open_page(name, against="last")
    if name == "changes":
        assert format.day(then) in markup
    else:
        assert text("compared.stand", "zh", day=format.day(weeks[-1].as_of), then=format.day(then)) in markup


def test_without_a_choice_nothing_of_another_date_is_asked(open_page, full_workspace, monkeypatch):
    from salesanalytics.ui.frame import Frame

    asked = []
    monkeypatch.setattr(Frame, "then_filters", property(lambda self: asked.append(1)))
    for name in ("overview", "funnel", "alerts"):
        _, markup = open_page(name)
        assert 'class="sa-dates"' not in markup
    assert not asked


def test_what_changed_starts_where_the_choice_says(open_page, weeks):
    _, markup = open_page("changes", against=weeks[0].as_of.isoformat())
    assert f"{format.month_day(weeks[0].as_of)} {text('changes.start', 'zh')}" in markup
    _, markup = open_page("changes", since=weeks[0].as_of.isoformat())  # links of earlier versions
    assert f"{format.month_day(weeks[0].as_of)} {text('changes.start', 'zh')}" in markup


def test_the_bar_offers_what_to_compare_with_and_says_what_is(open_page, weeks, bar_of):
    app, _ = open_page("overview")
    pill = bar_of(app)["pills"]["against"]
    ids = [option for option, _ in pill["groups"][0]["options"]]
    assert ids == ["", "last", "week", "month", *(week.as_of.isoformat() for week in reversed(weeks[:-1]))]
    assert (pill["label"], bar_of(app)["view"]["against"]) == ([["对比", "soft"]], "")
    app, _ = open_page("overview", against="week")
    assert bar_of(app)["view"]["against"] == "week"
    assert bar_of(app)["pills"]["against"]["label"] == [[f"对比 {format.day(weeks[-2].as_of)}", "strong"]]
    # a page that cannot be without one has no "none"; the import before holds until another is chosen
    app, _ = open_page("changes", against="last")
    options = bar_of(app)["pills"]["against"]["groups"][0]["options"]
    assert options[0] == ["", text("ui.against_last", "zh", day=format.day(weeks[-2].as_of))]
    assert bar_of(app)["view"]["against"] == ""


def test_a_day_before_the_first_import_is_said_to_be_reconstructed(open_page, weeks):
    day = weeks[0].as_of - timedelta(days=20)
    for name in ("overview", "funnel", "changes"):
        _, markup = open_page(name, against=day.isoformat(), lang="en")
        if name != "changes":
            assert text("compared.stand_rebuilt", "en", day=format.day(weeks[-1].as_of), then=format.day(day)) in markup
        else:
            assert text("changes.reconstructed", "en") in unescape(markup)


def test_any_past_day_can_be_looked_at_and_the_picker_says_so(open_page, weeks, bar_of):
    day = weeks[1].as_of + timedelta(days=2)
    app, markup = open_page("overview", as_of=day.isoformat())
    assert bar_of(app)["pills"]["as_of"]["groups"][0]["days"][0]["value"] == day.isoformat()
    value, _ = told("new_leads", book_of(weeks[:2], day), Question((), (), *bucket_of(day, "week")))
    assert f'<span class="sa-card-value" title="{value:.0f}">{value:.0f}</span>' in markup
    app, _ = open_page("overview", as_of=weeks[0].as_of.isoformat())
    assert bar_of(app)["view"]["as_of"] == weeks[0].as_of.isoformat()
    group = bar_of(app)["pills"]["as_of"]["groups"][0]
    assert [option for option, _ in group["options"]] == [week.as_of.isoformat() for week in reversed(weeks)]
    assert group["days"][0]["value"] == ""  # it is one of the imports' own


def test_alerts_tell_how_many_are_new_and_gone(open_page, weeks):
    _, markup = open_page("alerts", against="last", kind="all")
    workspace = own_workspace()
    views = [View(workspace.state(upload.as_of)) for upload in (weeks[1], weeks[-1])]
    then, now = ({(flag.customer_id, flag.kind) for flag in flags(view, workspace.settings())} for view in views)
    day = format.month_day(weeks[1].as_of)
    assert now - then
    assert text("alerts.new_title", "zh", n=len(now - then), day=day) in markup
    assert text("alerts.gone_title", "zh", n=len(then - now), day=day) in markup
