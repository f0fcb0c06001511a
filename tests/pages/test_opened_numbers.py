"""Numbers that open: the dialog says what the card says, and shows rows that make it; downloads hold them all."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from salesanalytics.access import View
from salesanalytics.analysis import Analysis
from salesanalytics.i18n import LANGS, format
from salesanalytics.insight.headline import headlines
from salesanalytics.insight.late_recording import late_recording, late_rows
from salesanalytics.metrics import METRICS, Filters
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.funnel_rows import stay_rows
from salesanalytics.metrics.opening import open_number, rows_of
from salesanalytics.reports.excel_rows import rows_workbook
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.detail import headline_filters
from salesanalytics.ui.number_files import file_table
from salesanalytics.ui.number_rows import rows_markup
from salesanalytics.ui.number_words import factor_words, left_out_words, number_facts
from salesanalytics.ui.overview.cards import _card
from tests.oracle.compare import same


@pytest.fixture(scope="module")
def workspace(full_workspace, tmp_path_factory):
    copied = shutil.copytree(full_workspace, tmp_path_factory.mktemp("opened") / "workspace")
    with open_workspace(copied) as opened:
        yield opened


@pytest.fixture(scope="module")
def view(workspace):
    return View(workspace.state())


KINDS = (
    "leads", "closed_win_rate", "mean_deal", "coverage", "sales_velocity", "stage_dwell_median", "first_response", "followups_per_week",
    "target_amount", "cost_per_lead", "receivables_overdue", "win_rate_30d",
)  # fmt: skip
"""One of each kind: count, share, mean, ratio of metrics, product, stays, median, weeks, lines of a table, against a cost, a stock, too young."""


class Desk:
    """What the words need of a desk."""

    def __init__(self, settings=DEFAULT_SETTINGS):
        self.settings = settings

    def metric(self, name):
        return METRICS[name]


def test_every_headline_figure_opens_as_the_number_it_shows(view, workspace):
    # those with a window of their own: measured against the quarter's target, or due in days to come
    names = (*(name for name, metric in METRICS.items() if metric.default_period), "win_rate_30d", "mean_deal")
    own = DEFAULT_SETTINGS.model_copy(update={"analysis": Analysis(cards=names)})
    for settings, chosen, n in ((own, (), len(names)), (DEFAULT_SETTINGS, (("team", ("华东",)),), 7)):
        found = headlines(view, settings, chosen, lambda on: View(workspace.state(on)), ())
        assert len(found) == n
        for one in found:
            number = open_number(view, one.metric, headline_filters(one, chosen), settings)
            assert same(number.value, one.value), one.metric
            assert number.n == one.n, one.metric


def test_a_card_opens_its_dialog(open_app, page_text, full_workspace):
    app = open_app(full_workspace, lang="en").run()
    app.button(key="open-closed_win_rate").click().run()
    assert not app.exception
    said = page_text(app)
    assert "95% interval" in said
    assert "File · sheet · row" in said
    assert "销售周报.xlsx" in said
    assert {"number-excel", "number-csv"} <= {button.key for button in app.get("download_button")} or "Excel" in said


def test_the_parts_of_a_ratio_are_chosen_in_the_dialog(open_app, full_workspace):
    app = open_app(full_workspace, lang="en").run()
    app.button(key="open-target_attainment").click().run()
    assert not app.exception
    (which,) = [box for box in app.button_group if box.key and box.key.startswith("number-which-")]
    assert any("Denominator" in str(option) for option in which.options)
    assert len(which.options) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_facts_are_said_in_words(view, lang):
    where = Filters((("team", ("华东", "")), ("stage", ("won", "lost"))), date(2026, 8, 1), None)
    for name in KINDS:
        metric = METRICS[name]
        number = open_number(view, name, where, DEFAULT_SETTINGS)
        facts = number_facts(number, Desk(), lang)
        words = " ".join(facts.values())
        assert metric.formula(lang) in words
        assert DEFAULT_SETTINGS.stages.get("won").name(lang) in words
        assert format.number(number.n) in words
        for part in number.parts:
            rows = rows_of(view, number, DEFAULT_SETTINGS, part.side, counted=False)
            assert len(rows) == sum(part.left_out.values())
            if rows:
                assert left_out_words(number.parts, Desk(), lang)
        rows = rows_of(view, number, DEFAULT_SETTINGS, number.parts[0].side, limit=5)
        if rows:
            markup = rows_markup(rows, "rows", DEFAULT_SETTINGS, lang, METRICS[number.parts[0].metric])
            assert rows[0]["file"] in markup
            assert f"· {rows[0]['row']}" in markup


def test_files_hold_every_row_exactly(view):
    number = open_number(view, "mean_deal", Filters(), DEFAULT_SETTINGS)
    rows = rows_of(view, number, DEFAULT_SETTINGS)
    headers, lines = file_table(rows, DEFAULT_SETTINGS, "zh")
    book = load_workbook(io.BytesIO(rows_workbook({"客单价": "=1+1"}, headers, lines, "zh")))
    told = list(book["明细"].iter_rows(values_only=True))
    assert list(told[0]) == headers
    assert len(told) == len(rows) + 1
    place = headers.index("分子")
    assert sum(line[place] or 0 for line in told[1:]) == pytest.approx(number.value * number.n, rel=1e-9)
    assert book["说明"]["B1"].data_type == "s"
    (header, *plain) = csv.reader(
        io.StringIO(csv_bytes([dict(zip(headers, line, strict=True)) for line in lines]).decode("utf-8-sig"))
    )
    assert header == headers
    assert len(plain) == len(rows)


def test_shares_recorded_late_open_their_follow_ups(view):
    for filters in (Filters(), Filters((("team", ("华东",)),), date(2026, 9, 1), date(2026, 10, 31))):
        found = late_recording(view, DEFAULT_SETTINGS, filters)
        for rep, delay in [(None, found.whole), *((one.rep or "", one) for one in found.reps)]:
            rows = late_rows(view, DEFAULT_SETTINGS, filters, rep)
            assert sum(row["hit"] for row in rows) == delay.late
            assert sum(row["counted"] for row in rows) == delay.n
        assert all(row["file"] and row["row"] for row in rows)


def half_gone(rows):
    """The product-limit median from the rows one by one: the first day after which the share still staying is half or less."""
    staying = 1.0
    for day in sorted({row["numerator"] for row in rows}):
        at_risk = sum(row["numerator"] >= day for row in rows)
        left = sum(row["ended"] and row["numerator"] == day for row in rows)
        staying *= (at_risk - left) / at_risk
        if left and staying <= 0.5 + 1e-12:
            return day
    return None


@pytest.mark.parametrize("mode", ["cohort", "flow", "snapshot"])
def test_a_dwell_opens_the_stays_it_is_reckoned_from(view, mode):
    filters = Filters((("team", ("华东", "华南")),), date(2026, 6, 1), date(2026, 10, 31))
    seen = 0
    for stage in stage_funnel(view, DEFAULT_SETTINGS, filters, mode).of(None):
        rows = stay_rows(view, DEFAULT_SETTINGS, filters, mode, stage.stage)
        counted = [row for row in rows if row["counted"]]
        assert len(counted) == stage.dwell.left + stage.dwell.still
        assert sum(not row["ended"] for row in counted) == stage.dwell.still
        assert half_gone(counted) == stage.dwell.median
        assert all(row["reason"] and row["numerator"] is None for row in rows if not row["counted"])
        assert all(row["file"] and row["row"] for row in rows)
        assert len({row["customer_id"] for row in rows}) == len(rows)
        if counted:
            markup = rows_markup(counted, "stays", DEFAULT_SETTINGS, "en", METRICS["stage_dwell_median"])
            assert ("still there" in markup) == (stage.dwell.still > 0)
            seen += 1
    assert seen >= 3


@pytest.mark.parametrize("card", ["late", "no-amount", "overdue-close", "undated"])
def test_the_figures_of_the_quality_page_open(open_app, page_text, full_workspace, card):
    app = open_app(full_workspace, lang="en").switch_page("pages/quality.py").run()
    app.button(key=f"open-{card}").click().run()
    assert not app.exception
    assert "Formula" in page_text(app)


def test_the_headline_figures_of_the_report_open(open_page):
    assert 'data-open="closed_win_rate"' in open_page("reports", lang="en")[1]


@pytest.mark.parametrize("lang", LANGS)
def test_velocity_says_what_it_is_reckoned_from(view, lang):
    """Opportunities × win rate × mean deal ÷ cycle: the four values stand there, and give the number."""
    number = open_number(view, "sales_velocity", Filters(), DEFAULT_SETTINGS)
    values = {part.metric: part.value for part in number.parts}
    opened, rate, deal, days = (
        values[name] for name in ("open_opportunities", "closed_win_rate", "mean_deal", "sales_cycle_mean")
    )
    assert opened * rate * deal / days == pytest.approx(number.value)
    said = factor_words(number, Desk(), lang)
    for name, words in (
        ("open_opportunities", format.number(opened)),
        ("closed_win_rate", format.share(rate)),
        ("mean_deal", format.money(deal, lang)),
        ("sales_cycle_mean", format.days(days, lang)),
    ):
        assert f"{METRICS[name].title(lang)} {words}" in said
    assert [sign for sign in said if sign in "×÷"] == ["×", "×", "÷"]
    assert said in number_facts(number, Desk(), lang).values()
    assert factor_words(open_number(view, "leads", Filters(), DEFAULT_SETTINGS), Desk(), lang) == ""


def test_velocity_on_a_card_shows_its_inputs(view, workspace):
    """The note beneath the card's value is the product itself."""
    settings = DEFAULT_SETTINGS.model_copy(update={"analysis": Analysis(cards=("sales_velocity",))})
    found = headlines(view, settings, (), lambda on: View(workspace.state(on)), ())[0]

    class Asked(Desk):
        view_at = None

        def remember(self, name, parts, compute):
            return compute()

    desk = Asked(settings)
    desk.view = view
    card = _card(found, desk, (), "en")
    assert card.note == factor_words(open_number(view, "sales_velocity", Filters(), settings), desk, "en", named=False)
    assert card.note.count("×") == 2
