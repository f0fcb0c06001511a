"""Every figure in the report is the page's and the CLI's; PDF and Excel say the same."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from salesanalytics.access.scope import EVERYONE, Scope
from salesanalytics.access.view import View
from salesanalytics.charts.tokens import LIGHT
from salesanalytics.insight.flags import flags, one_a_customer
from salesanalytics.insight.headline import headlines
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.reports import content as report_content
from salesanalytics.reports import excel, pdf
from salesanalytics.reports.content import FIGURES
from salesanalytics.reports.sections import funnel_section
from salesanalytics.reports.words import colour_of, judged_colours


def _weekly(workspace, lang="zh", scope=EVERYONE, **more):
    return report_content.weekly(
        View(workspace.state(None), scope),
        workspace.settings(),
        lang,
        view_at=lambda on: View(workspace.state(on), scope),
        import_dates=workspace.as_of_dates(),
        sample=True,
        **more,
    )


@pytest.fixture(scope="module")
def content(sample_workspace):
    return _weekly(sample_workspace)


def test_every_figure_is_what_the_metrics_answer(content, sample_workspace) -> None:
    view = View(sample_workspace.state(None))
    filters = Filters((), date(2026, 10, 1), content.as_of)
    answer = ask(view, MetricQuery(FIGURES, (), filters), sample_workspace.settings()).total
    figures = {line.metric: line for line in content.figures[-len(FIGURES) :]}
    assert {name: figures[name].value for name in FIGURES} == pytest.approx(dict(answer.values), rel=1e-12)
    assert {name: figures[name].n for name in FIGURES} == dict(answer.n)


def test_the_headline_figures_are_the_overviews(content, sample_workspace) -> None:
    view = View(sample_workspace.state(None))
    dates = sample_workspace.as_of_dates()
    heads = headlines(view, sample_workspace.settings(), (), lambda on: View(sample_workspace.state(on)), dates)
    by_name = {head.metric: head for head in heads}
    assert [kpi.value for kpi in content.kpis] == pytest.approx([by_name[kpi.metric].value for kpi in content.kpis])
    assert len(content.kpis) == 6


def test_parts_add_up(content, sample_workspace) -> None:
    view = View(sample_workspace.state(None))
    filters = Filters((), date(2026, 10, 1), content.as_of)
    sales = ask(view, MetricQuery(("sales_amount",), (), filters), sample_workspace.settings()).total.values[
        "sales_amount"
    ]
    heat = content.heat
    assert heat.total == pytest.approx(sales)
    assert sum(value for value in heat.row_totals if value) == pytest.approx(sales)
    assert sum(value for value in heat.column_totals if value) == pytest.approx(sales)
    assert sum(value for line in heat.values for value in line if value) == pytest.approx(sales)
    assert sum(row.value for row in content.ranking.rows) == pytest.approx(sales)


def test_a_heatmap_with_many_rows_sums_the_rest(loaded) -> None:
    head = "客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人,区域,成交日期,实际成交金额(元)\n"
    rows = [f"C{n},c,行业{n % 12},s,2026-10-01,成交,王芳,区域{n % 11},2026-10-20,{n + 1}" for n in range(132)]
    content = _weekly(loaded({"2026-11-08": {"leads.csv": head + "\n".join(rows) + "\n"}}))
    assert len(content.heat.rows) == 8
    assert len(content.heat.columns) == 9
    assert sum(value for line in content.heat.values for value in line if value) == sum(range(1, 133))


def _cells(workbook: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_holds_the_exact_figures(sample_workspace, lang) -> None:
    content = _weekly(sample_workspace, lang)
    sheets = _cells(excel.render(content))
    assert list(sheets) == list(content.sheet_names)
    figures = {(row[5], row[0]): row[1] for row in sheets[content.sheet_names[5]][4:] if row[5]}
    for line in content.figures:
        found = figures[line.metric, line.title]
        if line.value is None:
            assert found == "—"
        else:
            assert found == pytest.approx(line.value, rel=1e-12)
    overview = {str(cell) for row in sheets[content.sheet_names[0]] for cell in row if cell is not None}
    assert {kpi.text for kpi in content.kpis} <= overview
    listed = [row for row in sheets[content.sheet_names[4]][4:] if row[0]]
    assert [row[0] for row in listed] == [row.customer_id for row in content.flags.rows]
    # no column of the heatmap is lost on the overview
    headers = next(row for row in sheets[content.sheet_names[0]] if content.heat.row_name in row)
    assert {*content.heat.columns, content.heat.total_name} <= set(headers)


def _pdf_text(document: bytes, tmp_path) -> str:
    import shutil
    import subprocess

    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "r.pdf").write_bytes(document)
    found = subprocess.run(["pdftotext", "-layout", str(tmp_path / "r.pdf"), "-"], capture_output=True, check=True)
    return found.stdout.decode()


def test_the_pdf_says_the_same(content, tmp_path) -> None:
    words = "".join(_pdf_text(pdf.render(content), tmp_path).split())
    for kpi in content.kpis:
        assert kpi.text.replace(" ", "") in words
    for row in content.ranking.rows[:10]:
        assert row.text in words
    for step in content.funnel.steps:
        assert f"{step.customers:,}" in words
    for row in content.flags.rows[:5]:
        assert row.customer_id in words


def test_equal_content_equal_bytes(content) -> None:
    assert pdf.render(content) == pdf.render(content)


def test_flags_are_the_acting_list(content, sample_workspace) -> None:
    view = View(sample_workspace.state(None))
    acting = one_a_customer(flags(view, sample_workspace.settings()))
    assert [row.customer_id for row in content.flags.rows] == [flag.customer_id for flag in acting]


def test_a_scope_narrows_the_whole_report(content, sample_workspace) -> None:
    owner = content.ranking.rows[0].name
    narrow = _weekly(sample_workspace, scope=Scope(owners=frozenset({owner}), pool=False))
    assert {row.owner for row in narrow.flags.rows} <= {owner}
    assert narrow.kpis[0].value != content.kpis[0].value or narrow.heat.total != content.heat.total
    assert narrow.funnel.steps[0].customers < content.funnel.steps[0].customers
    assert len(narrow.flags.rows) < len(content.flags.rows)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_of_one_lead_has_no_zero_for_no_value(loaded, lang) -> None:
    leads = "客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人\nA,a,x,s,2026-11-01,线索,王芳\n"
    content = _weekly(loaded({"2026-11-08": {"leads.csv": leads}}), lang)
    texts = {kpi.metric: kpi.text for kpi in content.kpis}
    assert texts["closed_win_rate"] == "—"
    assert texts["collection_rate"] == "—"
    assert pdf.render(content)[:5] == b"%PDF-"
    assert excel.render(content)[:2] == b"PK"


def test_formula_like_and_odd_text_stays_text(loaded) -> None:
    leads = (
        "客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人\n"
        '=1+1,"=HYPERLINK(""http://x"")",@x,-s,2026-08-01,线索,+王芳\n'
        'B,𠮷野家 #[$x$],{x},*s*,2026-08-01,线索,"line\nbreak"\n'
    )
    content = _weekly(loaded({"2026-11-08": {"leads.csv": leads}}))
    assert {row.customer_id for row in content.flags.rows} == {"=1+1", "B"}
    book = openpyxl.load_workbook(io.BytesIO(excel.render(content)))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f" or cell.hyperlink]
    assert pdf.render(content)[:5] == b"%PDF-"


def test_the_colours_of_changes_are_the_settings_in_excel_and_pdf(content, sample_workspace) -> None:
    """Red for up colours a card by its arrow; the sheet writes that colour and the PDF's template is handed it."""
    settings = sample_workspace.settings().model_copy(update={"direction_colours": "red-up"})
    rise = next(kpi for kpi in content.kpis if kpi.change.startswith("▲") and kpi.tone == "good")
    head = next(
        head
        for head in headlines(
            View(sample_workspace.state(None)),
            settings,
            (),
            lambda on: View(sample_workspace.state(on)),
            sample_workspace.as_of_dates(),
        )
        if head.metric == rise.metric
    )
    assert rise.colour == LIGHT.good
    assert colour_of(head, "good", settings) == LIGHT.bad
    assert judged_colours(settings.model_copy(update={"direction_colours": "blue-orange"})) == {
        "good": LIGHT.primary,
        "bad": LIGHT.target,
    }
    turned = replace(
        content, kpis=[replace(rise, colour=LIGHT.bad)], judged={"good": LIGHT.primary, "bad": LIGHT.target}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(excel.render(turned))).worksheets[0]
    said = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(rise.change))
    assert said.font.color.rgb == f"FF{LIGHT.bad[1:]}"
    data = pdf.template_data(turned)
    assert data["kpis"][0]["colour"] == LIGHT.bad
    assert data["judged"]["bad"] == LIGHT.target
    assert pdf.render(turned).startswith(b"%PDF")


@pytest.mark.parametrize(("lang", "few"), [("zh", "样本小"), ("en", "small sample")])
def test_a_small_sample_is_said_apart_from_its_share_so_that_neither_wraps(
    content, sample_workspace, lang, few
) -> None:
    view = View(sample_workspace.state(None))
    days = Period(content.as_of - timedelta(days=3), content.as_of)
    section = funnel_section(view, sample_workspace.settings(), (), days, lang)
    small = [step for step in section.steps if step.small]
    assert small
    assert {step.small for step in small} == {few}
    assert all(step.share_text.endswith("%") for step in small)
    steps = [replace(step, share=0.5, share_text="50.0%", small=few, then_text="(100.0%)") for step in section.steps]
    shown = replace(content, funnel=replace(section, steps=steps))
    drawn = pdf.template_data(shown)["funnel"]["steps"]
    assert {(step["share_text"], step["note"]) for step in drawn} == {("50.0%", f"{few} (100.0%)")}
    book = excel.render(shown)
    cell = openpyxl.load_workbook(io.BytesIO(book)).worksheets[1].cell(row=5, column=3)
    assert cell.value == 0.5  # still a number, the words are its format's
    assert few in cell.number_format
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        charts = "".join(parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name)
    assert few not in charts  # a label on a bar must not wrap
