"""The glossary: every metric with its formula, a worked example, unit, good direction and least sample, from the one declaration it has."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.example import example_company, worked_example
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.option_words import choice_words
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import Settings
from salesanalytics.tables import BY_NAME, Kind
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.styles import apply_rules
from salesanalytics.ui.tables import Cell, TableColumn, Tag, table

_RIGHT = (Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.SHARE)


def glossary_list(lang: Lang, settings: Settings) -> None:
    """Draw a table a family of metrics, and the tables their worked examples are computed from."""
    metrics = metrics_of(settings).values()
    apply_rules("glossary")
    show(f'<div class="sa-sub">{escape(text("ui.glossary_worked_note", lang))}</div>')
    for family in dict.fromkeys(metric.family for metric in metrics):
        title = text(f"metric.family.{family}", lang)
        with panel(f"glossary-metrics-{family}", title, height="content"):
            rows = [_row(metric, settings, lang) for metric in metrics if metric.family == family]
            show(table(_columns(lang), rows, title))
    _options(lang, settings)
    _company(lang)


def _options(lang: Lang, settings: Settings) -> None:
    """Draw what may be chosen within formulas: each choice with the formula it makes, and which of them holds."""
    title = text("metric.document.options", lang)
    with panel("glossary-options", title, text("ui.glossary_options_note", lang), height="content"):
        columns = [
            TableColumn(text("ui.glossary_metric", lang)),
            TableColumn(text("ui.glossary_option", lang), wide=True),
            TableColumn(text("ui.glossary_choice", lang)),
            TableColumn(text("ui.glossary_formula", lang), wrap=True),
        ]
        show(table(columns, option_rows(settings, lang), title))
        to_settings = [("section", "analysis"), *link_params()]
        st.page_link("pages/settings.py", label=text("ui.glossary_choose", lang), query_params=to_settings)


def option_rows(settings: Settings, lang: Lang) -> list[list[Cell]]:
    """Return metric, option, choice and the formula it makes, a line a choice; a metric and each of its options are named once, on their first line."""
    rows: list[list[Cell]] = []
    for metric in metrics_of(settings).values():
        name, said = metric.title(lang), ""
        for words in choice_words(metric, lang):
            held = f"{words.choice} · {text('metric.document.in_force', lang)}"
            choice: Cell = Tag(held, "good") if words.chosen else words.choice
            rows.append([name, words.option if words.option != said else "", choice, words.formula])
            name, said = "", words.option
    return rows


def _columns(lang: Lang) -> list[TableColumn]:
    return [
        TableColumn(text("ui.glossary_metric", lang)),
        TableColumn(text("ui.glossary_formula", lang), wrap=True),
        TableColumn(text("ui.glossary_worked", lang), soft=True, wide=True, wrap=True),
        TableColumn(text("ui.glossary_unit", lang), soft=True, wide=True),
        TableColumn(text("ui.glossary_good", lang), soft=True, wide=True),
        TableColumn(text("ui.glossary_sample", lang), number=True, soft=True, wide=True),
        TableColumn(text("ui.glossary_id", lang), soft=True, wide=True),
    ]


def _row(metric: Metric, settings: Settings, lang: Lang) -> tuple[Cell, ...]:
    least = metric.min_sample(settings)
    return (
        metric.title(lang),
        metric.formula(lang),
        worked_example(metric) or format.DASH,
        text(f"ui.unit_{metric.unit}", lang),
        text(f"ui.good_{metric.good}", lang),
        format.number(least) if least else format.DASH,
        metric.name,
    )


def _company(lang: Lang) -> None:
    example = example_company()
    note = text("metric.document.company_note", lang, day=format.day(example.as_of))
    with panel("glossary-company", text("metric.document.company", lang), note, height="content"):
        for name in example.tables:
            title = BY_NAME[name].title(lang)
            columns = [
                TableColumn(column.header(lang), number=column.kind in _RIGHT) for column in example.columns(name)
            ]
            show(f'<h3 class="sa-sub">{escape(title)}</h3>{table(columns, example.rows(name, lang), title)}')
