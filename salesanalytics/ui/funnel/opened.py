"""What stands behind a clicked number of the page: the very customers it counts, with its formula and filters; a cohort's name shows its funnel."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, cast

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.funnel_split import narrowed
from salesanalytics.metrics.funnel_rows import funnel_rows
from salesanalytics.metrics.funnel_sql import Mode, Part
from salesanalytics.metrics.periods import parse_label
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.filters import current_state, keep
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer, asked_reconciliation
from salesanalytics.ui.funnel.numbers import DWELL, PARTS, SHARE
from salesanalytics.ui.funnel.opened_beside import open_beside
from salesanalytics.ui.funnel.opened_dwell import open_dwell
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.number_detail import rows_dialog
from salesanalytics.ui.periods import Period
from salesanalytics.ui.value_names import value_name
from salesanalytics.ui.view_state import ViewState, is_filter


@dataclass(frozen=True)
class Asked:
    """Which customers: of this funnel, in this stage, this part of them; ``named``: whose funnel it is, where not the page's own."""

    filters: Filters
    mode: Mode
    stage: str
    part: str
    named: str = ""
    reason: str | None = None


def open_number(frame: Frame, answer: FunnelAnswer, number: str) -> None:
    """Open the dialog of a number, or go to a cohort; an id that names none (another day's page) opens nothing."""
    try:
        kind, *words = json.loads(number)
    except (ValueError, TypeError):
        return
    if kind == "period" and len(words) == 1:
        _go_to(str(words[0]), frame)
        return
    if open_beside(frame, str(kind), words):
        return
    asked = asked_rows(frame, answer.mode, str(kind), words)
    if asked is None:
        return
    if asked.part == DWELL:
        open_dwell(frame, asked.filters, asked.mode, asked.stage, asked.named)
        return
    _open(frame, asked)


def asked_rows(frame: Frame, mode: Mode, kind: str, words: list[Any]) -> Asked | None:
    """Return which customers an id names; None where it names none."""
    found = _placed(frame, mode, kind, words)
    if found is None or found.part not in (*PARTS, SHARE, DWELL) or found.stage not in frame.desk.settings.stages.ids:
        return None
    return found


def _placed(frame: Frame, mode: Mode, kind: str, words: list[Any]) -> Asked | None:
    match kind, words:
        case "stage", [str(stage), str(part)]:
            return Asked(frame.filters, mode, stage, part)
        case "reason", [str(stage), str(reason)]:
            return Asked(frame.filters, mode, stage, "lost", reason, reason)
        case "split", [str(by), list(values), str(stage), str(part)] if is_filter(by):
            known = [str(value) for value in values]
            filters = narrowed(frame.filters, by, known) if known else frame.filters
            named = ", ".join(value_name(value, by, frame.lang) for value in known)
            return Asked(filters, mode, stage, part, named)
        case "cohort", [_, str(name), str(stage), str(part)] if bucket := parse_label(name):
            return Asked(Filters(frame.where, bucket[0].start, bucket[0].end), "cohort", stage, part, name)
        case "computed", [str(stage)]:
            uploaded = asked_reconciliation(frame.desk)
            if uploaded is None:
                return None
            named = text("funnel.column_computed", frame.lang)
            return Asked(Filters((), uploaded.start, uploaded.end), "cohort", stage, "customers", named)
        case _:
            return None


def rows_of(frame: Frame, asked: Asked) -> list[dict[str, Any]]:
    """Return the customers. Of a share those it is of, those who went on first; where these are two different sets, those who went on."""
    if asked.part != SHARE:
        return _rows(frame, asked, cast("Part", asked.part))
    rows = _rows(frame, asked, "customers" if asked.mode == "cohort" else "advanced")
    return sorted(rows, key=lambda row: not row["advanced"])


def _rows(frame: Frame, asked: Asked, part: Part) -> list[dict[str, Any]]:
    desk = frame.desk
    return desk.remember(
        "funnel-rows",
        (asked.filters, asked.mode, asked.stage, part, asked.reason),
        lambda: funnel_rows(desk.view, desk.settings, asked.filters, asked.mode, asked.stage, part, asked.reason),
    )


def _open(frame: Frame, asked: Asked) -> None:
    lang = frame.lang
    rows = rows_of(frame, asked)
    stage = stage_name(asked.stage, frame.desk.settings, lang)
    value = format.number(len(rows))
    if asked.part == SHARE and asked.mode == "cohort" and rows:
        went_on = sum(bool(row["advanced"]) for row in rows)
        value = text(
            "funnel.opened_value",
            lang,
            share=format.share(went_on / len(rows)),
            k=format.number(went_on),
            n=format.number(len(rows)),
        )
    title = text("funnel.opened", lang, stage=stage, part=text(f"funnel.opened_{asked.part}", lang))
    if asked.named:
        title = text("funnel.opened_of", lang, name=asked.named, title=title)
    rows_dialog(frame, value, formula_words(asked, stage, frame), asked.filters, rows, title)


def formula_words(asked: Asked, stage: str, frame: Frame) -> str:
    """Return how the number is counted, in words; of those not gone on also how the money at stake is reckoned."""
    parts = [
        text(f"funnel.formula_{asked.part}", frame.lang, stage=stage),
        text(f"funnel.formula_{asked.mode}", frame.lang),
    ]
    if asked.part == "behind" and asked.mode == "cohort":
        parts.append(text("funnel.formula_at_stake", frame.lang))
    return text("number.sentence_gap", frame.lang).join(parts)


def _go_to(name: str, frame: Frame) -> None:
    """Look at one cohort: its days become the period of the filter bar."""
    bucket = parse_label(name)
    if bucket is None:
        return
    state: ViewState = current_state()
    keep(replace(state, period=Period.CUSTOM, start=bucket[0].start, end=min(bucket[0].end, frame.as_of)))
    st.rerun()
