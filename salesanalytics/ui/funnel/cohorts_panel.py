"""Entry cohorts one under the other: how far each has come, those too young to be judged greyed; a click on one shows its funnel."""

from __future__ import annotations

import itertools

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_cohorts import Cohort, Cohorts
from salesanalytics.insight.funnel_reading import unsure
from salesanalytics.metrics.funnel import FunnelStage
from salesanalytics.stages import WON
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import asked_cohorts
from salesanalytics.ui.funnel.chosen import chosen_grain
from salesanalytics.ui.funnel.numbers import SHARE, cohort_number, period_number
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Opens, Tag, cell_markup
from salesanalytics.ui.then_words import not_compared


def cohorts_panel(frame: Frame) -> Cohorts:
    """Draw the panel and return what it shows."""
    lang = frame.lang
    with st.container(key="panel-funnel-cohorts", border=True, gap="xxsmall"):
        with st.container(key="funnel-cohorts-head", horizontal=True, vertical_alignment="top"):
            words = st.container()
            grain = chosen_grain(lang)
        found = asked_cohorts(frame, grain)
        title = cohorts_headline(found, lang)
        with words:
            show(headline(title, _subtitle(found, lang) + not_compared(frame)))
        if not found.cohorts:
            empty(text("funnel_split.cohorts_none", lang), text("funnel_split.cohorts_none_note", lang))
            return found
        show(_table(found, frame, title))
        if notes := _notes(found, lang):
            show(f'<div class="sa-panel-note">{escape(" · ".join(notes))}</div>')
    return found


def cohorts_headline(found: Cohorts, lang: Lang) -> str:
    """Return the newest cohort that can be judged, and how it stands to the one before."""
    pair = found.newest_mature
    if pair is None:
        return text("funnel_split.cohorts_young", lang)
    newest, before = pair
    share = format.share(newest.won / newest.leads)
    if before is None or found.change is None:
        return text("funnel_split.cohorts_one", lang, name=newest.name, share=share)
    key = "lower" if found.change.value < 0 else "higher"
    if not found.change.certain:
        key = "same"
    points = format.points(abs(found.change.value), lang).lstrip("+")
    return text(f"funnel_split.cohorts_{key}", lang, name=newest.name, share=share, before=before.name, points=points)


def _subtitle(found: Cohorts, lang: Lang) -> str:
    words = text("funnel_split.cohorts_subtitle", lang)
    if found.days is not None:
        words += text("funnel.semicolon", lang) + text("funnel_split.cohorts_grey", lang, n=found.days)
    return words


def _notes(found: Cohorts, lang: Lang) -> list[str]:
    notes = []
    if found.earlier:
        notes.append(text("funnel_split.cohorts_earlier", lang, n=found.earlier))
    if found.undated:
        notes.append(text("funnel_split.cohorts_undated", lang, n=found.undated))
    return notes


def _table(found: Cohorts, frame: Frame, title: str) -> str:
    lang, settings = frame.lang, frame.desk.settings
    names = [stage_name(stage, settings, lang) for stage in found.stages]
    steps = [text("funnel.step_name", lang, source=a, arrived=b) for a, b in itertools.pairwise(names)]
    heads = [(text("funnel_split.column_cohort", lang), ""), (names[0], "num")]
    heads += [(words, "num wide") for words in steps]
    heads += [(text("funnel_split.column_won", lang), "num"), (text("funnel_split.column_open", lang), "num wide")]
    head = "".join(f'<th scope="col" class="{style}">{escape(words)}</th>' for words, style in heads)
    rows = "".join(_row(one, found, frame) for one in found.cohorts)
    return (
        f'<div class="sa-table-wrap" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="sa-table sa-cohorts"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(one: Cohort, found: Cohorts, frame: Frame) -> str:
    lang, least = frame.lang, frame.desk.settings.metrics.min_sample
    stages = {stage.stage: stage for stage in one.stages}

    def opened(words: str, stage: str, part: str, *, grey: bool = False) -> str:
        return cell_markup(Opens(words, cohort_number(found.grain, one.name, stage, part), grey=grey))

    def step(stage: FunnelStage | None) -> str:
        if stage is None or not stage.n:
            return format.DASH
        grey = stage.n < least or unsure(stage.from_unknown, stage.n, frame.desk.settings)
        share = opened(format.share(stage.conversion), stage.stage, SHARE, grey=grey)
        return f"{share} <small>{format.number(stage.k)} / {format.number(stage.n)}</small>"

    name = cell_markup(Opens(one.name, period_number(one.name)))
    if not one.mature:
        key = "partial" if one.partial else "young"
        name += " " + cell_markup(Tag(text(f"funnel_split.cohort_{key}", lang), "neutral"))
    first = found.stages[0]
    cells = [f"<td>{name}</td>", f'<td class="num">{opened(format.number(one.leads), first, "customers")}</td>']
    cells += [f'<td class="num wide">{step(stages.get(stage))}</td>' for stage in found.stages[:-1]]
    won = format.share(one.won / one.leads)
    if one.won:
        won = opened(won, WON, "customers", grey=one.leads < least)
    cells.append(f'<td class="num">{won} <small>{format.number(one.won)} / {format.number(one.leads)}</small></td>')
    still = format.share(one.still / one.leads, 0)
    cells.append(f'<td class="num wide">{still} <small>{format.number(one.still)}</small></td>')
    return f'<tr class="{"" if one.mature else "grey"}">{"".join(cells)}</tr>'
