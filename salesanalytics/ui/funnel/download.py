"""The page's download: every funnel it shows, one stage a line, exact figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_cohorts import Cohorts
from salesanalytics.insight.funnel_split import Split
from salesanalytics.insight.reconciliation import Reconciliation
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.funnel import FunnelStage
from salesanalytics.settings import Settings
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer, asked_reconciliation
from salesanalytics.ui.funnel.split_panel import line_name
from salesanalytics.ui.funnel.then import stages_then
from salesanalytics.ui.funnel.words import stage_name

COLUMNS = (
    "table", "group", "stage", "customers", "k", "n", "conversion", "advanced", "lost", "still", "median_days", "amount",
    "behind_amount", "mature", "uploaded", "reasons",
)  # fmt: skip
THEN_COLUMNS = ("customers_then", "conversion_then")
Line = dict[str, object]


def download(frame: Frame, answer: FunnelAnswer, split: Split | None, cohorts: Cohorts) -> None:
    """Draw the button."""
    lang = frame.lang
    rows = download_rows(answer, split, cohorts, asked_reconciliation(frame.desk), frame.desk.settings, lang)
    st.download_button(
        text("ui.download_csv", lang),
        lambda: csv_bytes(rows, _headers(frame)),
        text("funnel.file_name", lang, mode=text(f"funnel.mode_{answer.mode}", lang), day=format.day(frame.as_of)),
        "text/csv",
        key="funnel-csv",
        on_click="ignore",
    )


def _headers(frame: Frame) -> dict[str, str]:
    """The columns; where a date is compared with, what was known then beside them."""
    headers = {name: text(f"funnel.file_{name}", frame.lang) for name in COLUMNS}
    if frame.against_on is None:
        return headers
    day = format.day(frame.against_on)
    return headers | {name: text(f"funnel.file_{name}", frame.lang, day=day) for name in THEN_COLUMNS}


def download_rows(
    answer: FunnelAnswer,
    split: Split | None,
    cohorts: Cohorts,
    uploaded: Reconciliation | None,
    settings: Settings,
    lang: Lang,
) -> list[Line]:
    """Return the lines: the funnel, its parts, the cohorts and the uploaded table. Shares 0-1, amounts in currency, empty = no value."""
    mode = text(f"funnel.mode_{answer.mode}", lang)
    rows = _stages(answer.stages, mode, "", settings, lang)
    if answer.known_then:
        known = stages_then(answer)
        for row, shown in zip(rows, answer.stages, strict=True):
            then = known.get(shown.stage)
            row |= {
                "customers_then": then.customers if then else None,
                "conversion_then": then.conversion if then else None,
            }
    if split:
        table = text("funnel_split.by_name", lang, name=dimension(split.by).title(lang))
        for line in split.lines:
            name = line_name(line, split.by, lang)
            for stage, count in line.stages.items():
                rows.append(
                    {
                        "table": table,
                        "group": name,
                        "stage": stage_name(stage, settings, lang),
                        "customers": count.customers,
                        "k": count.k if count.n else None,
                        "n": count.n or None,
                        "conversion": count.share,
                    }
                )
    for cohort in cohorts.cohorts:
        table = text(f"funnel_split.grain_{cohorts.grain}", lang)
        rows += [{**row, "mature": cohort.mature} for row in _stages(cohort.stages, table, cohort.name, settings, lang)]
    if uploaded:
        table = text("funnel.column_uploaded", lang)
        rows += [
            {
                "table": table,
                "group": uploaded.period,
                "stage": stage_name(one.stage, settings, lang),
                "customers": one.computed,
                "uploaded": one.uploaded,
            }
            for one in uploaded.stages
        ]
    return rows


def _stages(stages: Sequence[FunnelStage], table: str, group: str, settings: Settings, lang: Lang) -> list[Line]:
    return [
        {
            "table": table,
            "group": group,
            "stage": stage_name(stage.stage, settings, lang),
            "customers": stage.customers,
            "k": stage.k if stage.n else None,
            "n": stage.n or None,
            "conversion": stage.conversion,
            "advanced": stage.advanced,
            "lost": stage.lost,
            "still": stage.still,
            "median_days": stage.dwell.median,
            "amount": stage.amount,
            "behind_amount": stage.behind_amount,
            "reasons": text("funnel.list_comma", lang).join(
                f"{one.reason} {one.customers}" for one in stage.lost_reasons
            ),
        }
        for stage in stages
    ]
