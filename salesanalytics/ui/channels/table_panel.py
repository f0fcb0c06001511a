"""Every channel with all its figures, the worst first; the last row is the whole, and the others add up to it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.channels import SHARE, SHOWN, Channel, Channels
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings
from salesanalytics.ui.channels.chosen import span_words
from salesanalytics.ui.channels.words import channel_name, verdict
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, TableColumn, Toned, table


def table_panel(frame: Frame, found: Channels, filters: Filters, former: Channels | None = None) -> None:
    """Draw the panel. ``former``: the channels as the date compared with knew them, for the download."""
    lang = frame.lang
    amounts = [one.figures.values[name] for one in found.channels for name in ("sales_amount", "open_amount")]
    unit = format.money_unit(amounts, lang, none_vanishes=True)
    with st.container(key="panel-channels-table", border=True, gap="xxsmall"):
        with st.container(key="channels-table-head", horizontal=True, vertical_alignment="top"):
            subtitle = text("channels.table_subtitle", lang, period=span_words(filters, lang))
            show(headline(_headline(found, lang), subtitle))
            with st.container(
                key="channels-table-tools", horizontal=True, vertical_alignment="center", width="content"
            ):
                over_time = [("metric", "leads"), ("split", "source"), ("grain", "month"), ("period", "all")]
                kept = [(name, value) for name, value in link_params() if name not in dict(over_time)]
                words = text("channels.over_time", lang)
                st.page_link("pages/trends.py", label=words, query_params=[*kept, *over_time])
                _download(frame, found, former)
        columns = _columns(frame, found, unit)
        rows = [_row(one, at, found, frame, unit) for at, one in enumerate((*found.channels, found.total))]
        show(table(columns, rows, _headline(found, lang)))


def _headline(found: Channels, lang: Lang) -> str:
    """Which channel brings the most sales, and how much of the whole."""
    named = [one for one in found.channels if one.named and one.figures.values["sales_amount"]]
    whole = found.total.figures.values["sales_amount"]
    if not named or not whole:
        return text("channels.table_title", lang, n=sum(one.named for one in found.channels))
    top = max(named, key=lambda one: one.figures.values["sales_amount"] or 0)
    share = (top.figures.values["sales_amount"] or 0) / whole
    leads = found.total.figures.n["leads"]
    return text(
        "channels.table_headline",
        lang,
        name=channel_name(top, lang),
        share=format.share(share, 0),
        leads=format.share(top.figures.n["leads"] / leads, 0) if leads else format.DASH,
    )


def _columns(frame: Frame, found: Channels, unit: format.MoneyUnit) -> Sequence[TableColumn]:
    lang, settings = frame.lang, frame.desk.settings
    money = format.unit_name(unit, lang, settings.currency)
    stages = [
        TableColumn(stage_name(stage, settings, lang), number=True, soft=True, wide=True) for stage in found.stages[1:]
    ]
    followed = [TableColumn(METRICS["followups_per_won"].short(lang), number=True, wide=True)] if _logged(found) else []
    return (
        TableColumn(text("dimension.source", lang)),
        TableColumn(METRICS["leads"].short(lang), number=True, wide=True),
        *stages,
        TableColumn(METRICS["lead_conversion"].short(lang), number=True, wide=True),
        TableColumn(METRICS[SHARE].short(lang), number=True),
        TableColumn(text("channels.column_interval", lang), number=True, soft=True, wide=True),
        TableColumn(text("channels.column_sales", lang, unit=money), number=True, wide=True),
        TableColumn(text("channels.column_open", lang, unit=money), number=True, wide=True),
        TableColumn(METRICS["sales_cycle_median"].short(lang), number=True, wide=True),
        *followed,
        TableColumn(text("channels.column_verdict", lang), wrap=True),
    )


def _logged(found: Channels) -> bool:
    """Whether there is a follow-up log: without one the column would be empty."""
    return found.total.figures.values["followups_per_won"] is not None


def stage_name(stage: str, settings: Settings, lang: Lang) -> str:
    """Return a stage's name."""
    return settings.stages.get(stage).name(lang)


def _row(one: Channel, at: int, found: Channels, frame: Frame, unit: format.MoneyUnit) -> Sequence[Cell]:
    lang, settings, values = frame.lang, frame.desk.settings, one.figures.values

    def opens(words: str, number: str) -> Cell:
        return words if words == format.DASH else Opens(words, f"{at}:{number}")

    conversion = opens(format.share(values["lead_conversion"]), "lead_conversion")
    if one.figures.n["lead_conversion"] < METRICS["lead_conversion"].min_sample(settings):
        conversion = _small(conversion)
    share = opens(format.share(one.share), SHARE)
    if one.old_enough < METRICS[SHARE].min_sample(settings):
        share = _small(share)
    around = text("channels.k_of_n", lang, k=format.number(one.won), n=format.number(one.old_enough))
    if one.low is not None and one.high is not None:
        around += f" · {format.number(one.low * 100, 1)}–{format.share(one.high)}"
    return (
        channel_name(one, lang),
        opens(format.number(values["leads"]), "leads"),
        *(opens(format.number(one.reached.get(stage, 0)), f"stage/{stage}") for stage in found.stages[1:]),
        conversion,
        share,
        around,
        opens(format.money_plain(values["sales_amount"], unit), "sales_amount"),
        opens(format.money_plain(values["open_amount"], unit), "open_amount"),
        opens(format.days(values["sales_cycle_median"], lang), "sales_cycle_median"),
        *([opens(format.number(values["followups_per_won"], 1), "followups_per_won")] if _logged(found) else ()),
        verdict(one, found, settings, lang),
    )


def _small(cell: Cell) -> Cell:
    return Opens(cell.words, cell.number, grey=True) if isinstance(cell, Opens) else Toned(str(cell), "neutral")


def download_rows(found: Channels, settings: Settings, lang: Lang) -> list[dict[str, object]]:
    """Return the table as it is downloaded: exact figures, shares 0-1, a column a metric and stage, the total last."""
    rows: list[dict[str, object]] = []
    for one in (*found.channels, found.total):
        judged = verdict(one, found, settings, lang)
        rows.append(
            {
                "source": channel_name(one, lang),
                **{name: one.figures.values[name] for name in SHOWN},
                **{f"stage:{stage}": one.reached.get(stage, 0) for stage in found.stages[1:]},
                "won_within": one.won,
                "old_enough": one.old_enough,
                "low": one.low,
                "high": one.high,
                "verdict": judged if isinstance(judged, str) else judged.words,
            }
        )
    return rows


def _with_then(rows: list[dict[str, object]], found: Channels, former: Channels) -> None:
    """Write the figures of the date compared with beside those of now."""
    known = {one.sources: one for one in (*former.channels, former.total)}
    for row, one in zip(rows, (*found.channels, found.total), strict=True):
        then = known.get(one.sources)
        row |= {f"then:{name}": then.figures.values[name] if then else None for name in SHOWN}


def _download(frame: Frame, found: Channels, former: Channels | None) -> None:
    lang, settings = frame.lang, frame.desk.settings
    rows = download_rows(found, settings, lang)
    headers = {
        "source": text("dimension.source", lang),
        **{name: METRICS[name].title(lang) for name in SHOWN},
        **{
            f"stage:{stage}": text("channels.file_reached", lang, stage=stage_name(stage, settings, lang))
            for stage in found.stages[1:]
        },
        **{name: text(f"channels.file_{name}", lang) for name in ("won_within", "old_enough", "low", "high")},
        "verdict": text("channels.column_verdict", lang),
    }
    if former is not None:
        _with_then(rows, found, former)
        day = text("compared.alone", lang, day=format.day(former.as_of))
        headers |= {f"then:{name}": f"{METRICS[name].title(lang)} · {day}" for name in SHOWN}
    st.download_button(
        text("ui.download_csv", lang),
        lambda: csv_bytes(rows, headers),
        text("channels.file_name", lang, day=format.day(frame.as_of)),
        "text/csv",
        key="channels-csv",
        on_click="ignore",
    )
