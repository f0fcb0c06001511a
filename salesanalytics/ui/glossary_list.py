"""The glossary: every metric with its formula, unit, good direction and least sample, from the one declaration it has."""

from __future__ import annotations

from itertools import groupby

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import Settings
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, TableColumn, table


def glossary_list(lang: Lang, settings: Settings) -> None:
    """Draw a table a family of metrics."""
    for family, metrics in groupby(metrics_of(settings).values(), key=lambda metric: metric.family):
        title = text(f"ui.family_{family}", lang)
        with panel(f"glossary-{family}", title, height="content"):
            show(table(_columns(lang), [_row(metric, settings, lang) for metric in metrics], title))


def _columns(lang: Lang) -> list[TableColumn]:
    return [
        TableColumn(text("ui.glossary_metric", lang)),
        TableColumn(text("ui.glossary_formula", lang), wrap=True),
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
        text(f"ui.unit_{metric.unit}", lang),
        text(f"ui.good_{metric.good}", lang),
        format.number(least) if least else format.DASH,
        metric.name,
    )
