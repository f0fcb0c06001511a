"""The flagged lists: pills by kind with counts, a list one can search, order and download, each row with its reason in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.flags import Flag, FlagList, flag_counts, flag_list
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings
from salesanalytics.ui.alerts_compared import asked_changes, compared_panels
from salesanalytics.ui.alerts_table import ORDERS, URGENT, alerts_table
from salesanalytics.ui.choices import choice
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.empty import empty
from salesanalytics.ui.flag_words import TO_ACT_ON, kind_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.then_words import heading

ALL = "all"
MOST_ROWS_LISTED = 1_000


def alerts_list(frame: Frame) -> None:
    """Draw the page."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="alerts-tools", horizontal=True, vertical_alignment="center"):
        kind = _kind_choice(frame)
        sought = st.text_input(
            text("alerts.search", lang),
            key="alerts-search",
            placeholder=text("alerts.search_placeholder", lang),
            label_visibility="collapsed",
            width=240,
        )

    found = _listed(frame, kind, sought)
    compared_panels(frame, None if kind == ALL else kind)
    with st.container(key="panel-alerts", border=True, gap="xsmall"):
        with st.container(key="alerts-head", horizontal=True, vertical_alignment="center"):
            show(headline(alerts_headline(found, kind, lang, settings.currency), rule_words(kind, settings, lang)))
            if found.flags:
                orders = {name: text(f"alerts.order_{name}", lang) for name in (URGENT, *ORDERS)}
                order = choice("order", orders, URGENT, label=text("alerts.order", lang), many=True)
                whole = partial(_flags, frame, kind, sought, found.flags)
                _download(found.flags, lambda: whole().first, frame, None if kind == ALL else kind)
        if found.flags:
            alerts_table(found.first, kind, order, frame)
            _rest(len(found.first), found.flags, lang)
        else:
            empty(text("alerts.headline_none", lang), text("alerts.none_note", lang))
        if n := found.without_amount:
            show(f'<div class="sa-panel-note">{escape(text("alerts.unknown_amount", lang, n=n))}</div>')


def _flags(frame: Frame, kind: str, sought: str, most: int) -> FlagList:
    desk = frame.desk
    return flag_list(desk.view, desk.settings, Filters(frame.where), None if kind == ALL else kind, sought, most)


def _listed(frame: Frame, kind: str, sought: str = "") -> FlagList:
    """The list as far as it is shown, remembered."""
    asked = (frame.where, kind, sought)
    return frame.desk.remember("flag-list", asked, lambda: _flags(frame, kind, sought, MOST_ROWS_LISTED))


def _kind_choice(frame: Frame) -> str:
    desk, lang, where = frame.desk, frame.lang, Filters(frame.where)
    by_kind = desk.remember("flag-counts", (where,), lambda: flag_counts(desk.view, desk.settings, where))
    many = {TO_ACT_ON: _listed(frame, TO_ACT_ON).customers, ALL: sum(by_kind.values()), **by_kind}
    names = {ALL: text("alerts.all", lang)}
    options = {
        kind: text("alerts.pill", lang, name=names.get(kind) or kind_name(kind, lang), n=format.number(n))
        for kind, n in many.items()
    }
    return choice("kind", options, TO_ACT_ON, label=text("alerts.kind_label", lang))


def alerts_headline(found: FlagList, kind: str, lang: Lang, currency: str) -> str:
    """Return how many alerts, customers and money the list holds; a customer's amount counts once."""
    if not found.flags:
        return text("alerts.headline_none", lang)
    amount = format.DASH if found.amount is None else format.money(found.amount, lang, currency=currency)
    if kind == ALL:
        return text("alerts.headline", lang, n=found.flags, customers=format.number(found.customers), amount=amount)
    return text("alerts.headline_kind", lang, kind=kind_name(kind, lang), n=found.customers, amount=amount)


def rule_words(kind: str, settings: Settings, lang: Lang) -> str:
    """Return the rule of a kind in words, with the thresholds in force."""
    alerts = settings.alerts
    days = {
        "lead-untouched": alerts.untouched_days_rep,
        "lead-untouched-manager": alerts.untouched_days_manager,
        "silent": alerts.silent_days,
        "stage-stuck": alerts.stuck_days,
    }
    return text(
        f"alerts.rule_{kind.replace('-', '_')}",
        lang,
        days=days.get(kind, 0),
        pool=alerts.untouched_days_rep,
        stage=settings.stages.get(alerts.stuck_stage).name(lang),
        share=format.share(alerts.low_amount_share, 0),
    )


def _rest(shown: int, flags: int, lang: Lang) -> None:
    """Say that the list goes on where it does."""
    if flags > shown:
        note = text("alerts.first_rows", lang, shown=format.number(shown), n=format.number(flags))
        show(f'<div class="sa-panel-note">{escape(note)}</div>')


def _download(n: int, whole: Callable[[], Sequence[Flag]], frame: Frame, kind: str | None) -> None:
    """Draw the button; the file is written when it is pressed, since the whole list may be long."""
    lang = frame.lang
    names = (
        "customer_id",
        "customer",
        "owner",
        "team",
        "stage",
        "amount_exact",
        "kind",
        "why",
        "days",
        "contacted",
        "file",
        "sheet",
        "row",
    )
    headers = {name: text(f"alerts.column_{name}", lang) for name in names}
    if frame.against_on is not None:
        headers["since"] = heading(frame)
    st.download_button(
        text("alerts.download", lang, n=n),
        lambda: csv_bytes(_csv_rows(whole(), frame, kind), headers),
        text("alerts.file_name", lang, day=format.day(frame.as_of)),
        "text/csv",
        key="alerts-csv",
        on_click="ignore",
    )


def _csv_rows(listed: Sequence[Flag], frame: Frame, kind: str | None) -> list[dict[str, object]]:
    """The list; where a date is compared with, which of it is new, and below it what is gone, as it was then."""
    lang, settings = frame.lang, frame.desk.settings
    rows, found = [csv_row(flag, settings, lang) for flag in listed], asked_changes(frame, kind)
    if found is None:
        return rows
    new = set(found.new)
    for row, flag in zip(rows, listed, strict=True):
        row["since"] = text("alerts.since_new", lang) if flag in new else ""
    gone = text("alerts.since_gone", lang)
    return rows + [csv_row(flag, settings, lang) | {"since": gone} for flag in found.gone]


def csv_row(flag: Flag, settings: Settings, lang: Lang) -> dict[str, object]:
    """Return one row of the download: exact amounts, ISO dates, and where the row came from."""
    return {
        "customer_id": flag.customer_id,
        "customer": flag.customer_name,
        "owner": flag.owner,
        "team": flag.team,
        "stage": settings.stages.get(flag.stage).name(lang),
        "amount_exact": flag.expected_amount,
        "kind": kind_name(flag.kind, lang),
        "why": flag.why(lang, settings.currency),
        "days": None if flag.kind == "low-amount" else int(flag.measure),
        "contacted": flag.contacted_on,
        "file": flag.file,
        "sheet": flag.sheet,
        "row": flag.row,
    }
