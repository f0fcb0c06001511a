"""A newcomer adds a metric: one declaration of at most 15 lines, and it is on every page; what is ticked is shown, in that order."""

from __future__ import annotations

import inspect
import json
import re
import shutil

import pytest

from salesanalytics.access.view import View
from salesanalytics.analysis import Analysis, Ratio, Threshold
from salesanalytics.cli import main
from salesanalytics.i18n import catalogue
from salesanalytics.metrics import METRICS
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.shown import shown
from salesanalytics.metrics.sources import LEADS
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.store.workspace import open_workspace
from salesanalytics.ui.data import own_workspace


def declaration() -> tuple[Metric, dict[str, tuple[str, str, str]]]:
    return (
        Metric("graded_leads", "leads", Unit.COUNT, Good.UP, LEADS, date="r.first_contact_on", belongs="r.grade = 'A'"),
        {
            "zh": ("A 级线索", "A 级", "评为 A 级的客户，按首次接触时间"),
            "en": ("Grade-A leads", "Grade A", "Customers graded A, by first contact"),
        },
    )


@pytest.fixture
def newcomer(monkeypatch):
    """The declaration in the registry, its words in the catalogues: what a family file and six lines of TOML hold."""
    metric, words = declaration()
    monkeypatch.setitem(METRICS, metric.name, metric)
    for lang, (name, short, formula) in words.items():
        for key, said in (("name", name), ("short", short), ("formula", formula)):
            monkeypatch.setitem(catalogue._catalogue(lang), f"metric.{metric.name}.{key}", said)
    return metric


@pytest.fixture
def saved(full_workspace, tmp_path):
    """Return a function that gives a copy of the workspace with these analysis settings."""

    def copy(**analysis):
        folder = tmp_path / "ticked"
        shutil.copytree(full_workspace, folder)
        with open_workspace(folder) as workspace:
            settings = workspace.settings().model_copy(update={"analysis": Analysis(**analysis)})
            workspace.save_settings(settings, "test")
        return folder

    return copy


@pytest.fixture
def opened(open_page):
    return lambda folder, page, **params: open_page(page, folder, lang="en", **params)[0]


def offered_on_trends():
    """The metrics the open page's picker draws when it is opened: AppTest cannot open a popover."""
    return [metric.title("en") for metric in shown(own_workspace().settings(), "trends")]


def test_a_newcomers_metric_is_everywhere(newcomer, saved, opened, page_text, order_rows, capsys):
    assert len(inspect.getsource(declaration).splitlines()) - 1 <= 15
    folder = saved(cards=("sales_amount", newcomer.name), heatmap=("leads", newcomer.name))
    assert main(["list", "metrics", "--json", "--lang", "en", "--workspace", str(folder)]) == 0
    listed = json.loads(capsys.readouterr().out)["metrics"]
    assert (
        next(one for one in listed if one["name"] == newcomer.name)["formula"] == "Customers graded A, by first contact"
    )
    card = page_text(opened(folder, "overview")).split("Grade-A leads, this week", 1)[1]
    state = View(own_workspace().state())
    everyone = state.fetch("SELECT count(*) AS n FROM leads WHERE grade = 'A'")[0]["n"]
    since = "date_trunc('week', (SELECT as_of FROM state_info))"
    this_week = state.fetch(f"SELECT count(*) AS n FROM leads WHERE grade = 'A' AND first_contact_on >= {since}")[0][
        "n"
    ]
    assert this_week < everyone
    assert re.search(r">(\d+)<", card)[1] == str(this_week)
    trends = opened(folder, "trends", metric=newcomer.name)
    assert "Grade-A leads" in offered_on_trends()
    assert "Grade-A leads" in page_text(trends)
    assert "Customers graded A, by first contact" in page_text(trends)
    heatmap = opened(folder, "heatmap", measure=newcomer.name, period="all")
    assert "Grade-A leads" in page_text(heatmap)
    assert f"{everyone} customers" in page_text(heatmap) or f">{everyone}<" in page_text(heatmap)
    assert "Customers graded A, by first contact" in page_text(opened(folder, "glossary"))
    for surface in ("cards", "trends", "heatmap"):
        settings = opened(folder, "settings", section="analysis", surface=surface)
        assert "Grade-A leads" in [row["name"] for row in order_rows(settings, f"settings-order-{surface}")]


PER_LEAD = Ratio(name="sales_per_lead", zh="每条线索销售额", en="Sales per lead", above="sales_amount", below="leads", unit="money")  # fmt: skip


def test_a_made_ratio_a_chosen_formula_and_a_threshold_are_said_on_the_pages(saved, opened, page_text, capsys):
    folder = saved(
        ratios=(PER_LEAD,),
        formulas={"mean_deal_per": "contract"},
        cards=("closed_win_rate", "sales_per_lead", "coverage", "receivables_overdue"),
        trends=("mean_deal", "sales_per_lead"),
        thresholds={"closed_win_rate": Threshold(target=0.99)},
    )
    assert main(["metrics", "sales_per_lead", "leads", "--json", "--workspace", str(folder)]) == 0
    row = json.loads(capsys.readouterr().out)["rows"][0]
    assert row["sales_per_lead"] > 0
    assert row["n"]["sales_per_lead"] == row["leads"]
    overview = page_text(opened(folder, "overview"))
    assert "Sales per lead (90 days)" in overview
    assert "Pipeline coverage, this quarter" in overview
    assert overview.index("Sales per lead") < overview.index("Overdue receivables")
    assert "New leads" not in overview.partition("Sales per lead")[0]
    trends = opened(folder, "trends")
    assert offered_on_trends() == ["Mean deal", "Sales per lead"]
    assert "per contract, mean" in page_text(trends)
    glossary = page_text(opened(folder, "glossary"))
    assert "Sales ÷ Leads" in glossary
    assert "per contract, mean" in glossary
    # each way to compute it on a line of its own, the chosen one marked; metric and option are named on the first alone
    lines = _options_of("Mean deal", glossary)
    assert [line[:3] for line in lines] == [
        ["Mean deal", "Mean deal per", "Won customer"],
        ["", "", "Contract · in force"],
        ["", "Mean deal taken as", "Mean · in force"],
        ["", "", "Median"],
    ]
    said = ("(per customer, mean)", "(per contract, mean)", "(per contract, mean)", "(per contract, median)")
    assert [words in line[3] for words, line in zip(said, lines, strict=True)] == [True] * 4
    assert len(re.findall(r"<td[^>]*>Mean deal per</td>", glossary)) == 1


def _options_of(metric: str, glossary: str) -> list[list[str]]:
    """The cells of a metric's lines in the glossary's table of options: its own line, and those below it that name no other."""
    table = glossary.partition("Mean deal per")
    start = table[0].rindex("<table")
    rows = re.findall(r"<tr>(.*?)</tr>", glossary[start : glossary.index("</table>", start)], re.S)
    lines = [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in rows
    ]
    first = next(at for at, line in enumerate(lines) if line and line[0] == metric)
    more = next((at for at in range(first + 1, len(lines)) if lines[at][0]), len(lines))
    return lines[first:more]


def test_a_ratio_is_made_and_refused_on_the_page(saved, opened, page_text):
    app = opened(saved(), "settings", section="analysis")
    app.text_input(key="ratio-en").input("Sales per lead")
    app.button(key="ratio-add").click().run()
    assert "Sales ÷ Leads" in page_text(app)
    app.button(key="settings-do-save").click().run()
    assert not app.exception
    assert "settings-ratio-sales_per_lead-remove" in [button.key for button in app.button]
    app.text_input(key="ratio-en").input("Leads")
    app.button(key="ratio-add").click().run()
    assert "Another metric is already called “Leads”" in page_text(app)
    app.selectbox(key="settings-formula-mean_deal_per").select("contract").run()
    assert "per contract, mean" in page_text(app)
    assert not app.exception
