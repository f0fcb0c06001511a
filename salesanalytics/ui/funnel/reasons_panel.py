"""Why customers were lost at a step: the worst one unless another is chosen."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_reading import Step
from salesanalytics.insight.given import is_given
from salesanalytics.insight.lost_voices import lost_voices
from salesanalytics.metrics.funnel import FunnelStage
from salesanalytics.ui.bars import Bar, bars
from salesanalytics.ui.choices import switch, tools
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer
from salesanalytics.ui.funnel.numbers import reason_number, stage_number
from salesanalytics.ui.funnel.words import stage_name, step_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, cell_markup

MOST_REASONS = 6
MOST_VOICES = 3
LONGEST_VOICE = 60


def reasons_panel(frame: Frame, answer: FunnelAnswer) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="panel-reasons", border=True, gap="xxsmall", height="stretch"):
        if answer.empty or answer.mode == "snapshot" or not answer.steps:
            why = "funnel.reasons_snapshot" if answer.mode == "snapshot" else "funnel.reasons_none"
            show(headline(text("funnel.reasons", lang)))
            empty(text(why, lang), text("funnel.reasons_snapshot_note", lang) if answer.mode == "snapshot" else "")
            return
        options = {step.source.stage: step_name(step, settings, lang) for step in answer.steps}
        default = answer.steps[answer.worst or 0].source.stage
        chosen = switch("step", options, default, label=text("funnel.step", lang), many=True)
        step = next(step for step in answer.steps if step.source.stage == chosen.chosen)
        show(headline(*reasons_words(step, frame)) + tools(chosen))
        if not step.source.lost:
            empty(_nobody_lost(step, frame))
            return
        opened = text("funnel.see_lost", lang, n=step.source.lost)
        link = cell_markup(Opens(opened, stage_number(step.source.stage, "lost")))
        note = f'<div class="sa-panel-note">{escape(_note(step, frame))} · {link}</div>'
        show(bars(_bars(step, frame), text("funnel.reasons", lang)) + note + _voices(step, answer, frame))


def reasons_words(step: Step, frame: Frame) -> tuple[str, str]:
    """Return title and subtitle: the reason most of the lost name, one that says something; small samples and unnamed ones are said."""
    lang, settings, source = frame.lang, frame.desk.settings, step.source
    subtitle = text(
        "funnel.reasons_subtitle",
        lang,
        step=step_name(step, settings, lang),
        n=format.number(source.not_advanced),
        lost=format.number(source.lost),
        still=format.number(source.still),
        stage=stage_name(source.stage, settings, lang),
    )
    if not source.lost:
        return text("funnel.reasons_nobody", lang), subtitle
    top = next((reason for reason in source.lost_reasons if is_given(reason.reason)), None)
    if top is None:
        return text("funnel.reasons_unnamed", lang), subtitle
    if source.lost < settings.metrics.min_sample:
        return text("funnel.reasons_small", lang, n=source.lost), subtitle
    share = format.share(top.customers / source.lost, 0)
    return text("funnel.reasons_headline", lang, reason=top.reason, share=share), subtitle


def _nobody_lost(step: Step, frame: Frame) -> str:
    """Where those who did not go on are, if none of them was lost."""
    key = "funnel.reasons_all_still" if step.source.not_advanced else "funnel.reasons_all_went"
    stage = stage_name(step.source.stage, frame.desk.settings, frame.lang)
    return text(key, frame.lang, stage=stage)


def _bars(step: Step, frame: Frame) -> list[Bar]:
    source, lang = step.source, frame.lang
    shown = [(reason.reason, reason.customers) for reason in source.lost_reasons[:MOST_REASONS]]
    rest = sum(reason.customers for reason in source.lost_reasons[MOST_REASONS:])
    if rest:
        shown.append((text("funnel.reasons_rest", lang), rest))
    largest = max((n for _, n in shown), default=1)
    return [
        Bar(
            name=name,
            length=n / largest,
            strong=at == 0,
            cells=(_count(name, n, source, lang),),
        )
        for at, (name, n) in enumerate(shown)
    ]


def _count(name: str, n: int, source: FunnelStage, lang: Lang) -> Cell:
    words = text("funnel.reason_count", lang, n=n, share=format.share(n / source.lost))
    known = any(reason.reason == name for reason in source.lost_reasons[:MOST_REASONS])
    return Opens(words, reason_number(source.stage, name)) if known else words


def _note(step: Step, frame: Frame) -> str:
    named = sum(reason.customers for reason in step.source.lost_reasons)
    parts = [text("funnel.reasons_share_note", frame.lang, n=format.number(step.source.lost))]
    if named < step.source.lost:
        parts.append(text("funnel.reasons_missing", frame.lang, n=step.source.lost - named))
    if step.source.lost < frame.desk.settings.metrics.min_sample:
        parts.append(text("ui.small_sample", frame.lang))
    return " · ".join(parts)


def _voices(step: Step, answer: FunnelAnswer, frame: Frame) -> str:
    """What those customers last said, in their words; nothing without a follow-up log."""
    lang, desk, stage = frame.lang, frame.desk, step.source.stage
    found = desk.remember(
        "lost-voices",
        (frame.filters, answer.mode, stage),
        lambda: lost_voices(desk.view, frame.filters, answer.mode, stage),
    )
    if not found.voices:
        return ""
    lines = "".join(
        f"<p>{escape(text('funnel.voice', lang, words=_clipped(voice.words)))}"
        f"<small>{escape(text('funnel.voice_count', lang, n=voice.customers, day=format.month_day(voice.said_on)))}</small></p>"
        for voice in found.voices[:MOST_VOICES]
    )
    heard = text("funnel.voices_heard", lang, n=format.number(found.heard), of=format.number(step.source.lost))
    title = text("funnel.voices", lang)
    return f'<div class="sa-voices"><b>{escape(title)}</b>{lines}<small>{escape(heard)}</small></div>'


def _clipped(words: str) -> str:
    return words if len(words) <= LONGEST_VOICE else f"{words[: LONGEST_VOICE - 1]}…"
