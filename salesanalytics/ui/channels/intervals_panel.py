"""Which channels win more often than the whole: a dot and its interval a channel."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.channels import SHARE, Channel, Channels
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.channels.chosen import span_words
from salesanalytics.ui.channels.dots import IntervalDot, Standing, interval_dots
from salesanalytics.ui.channels.words import chance_note, channel_name, win_headline, win_subtitle
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel

_STANDINGS: dict[str, Standing] = {"above": "above", "below": "below", "within": "within", "small": "small"}


def intervals_panel(frame: Frame, found: Channels, filters: Filters) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    title = win_headline(found, settings, lang)
    with panel("channels-win", title, win_subtitle(found, span_words(filters, lang), settings, lang)):
        # the best on top, as one reads; the table below is for the worst first
        shown = [one for one in (*reversed(found.judged), *found.standing("small")) if one.old_enough]
        overall = found.total.share
        if not shown or overall is None:
            empty(text("channels.too_young", lang), text("channels.too_young_note", lang))
            return
        # a dot opens the same number as its line of the table below
        dots = [_dot(one, f"{found.channels.index(one)}:{SHARE}", lang) for one in shown]
        label = text("channels.overall", lang, share=format.share(overall))
        show(interval_dots(dots, overall, label, frame.tokens, title))
        if note := chance_note(found, lang):
            show(f'<div class="sa-panel-note">{escape(note)}</div>')


def _dot(one: Channel, opens: str, lang: Lang) -> IntervalDot:
    mark = {"above": "▲ ", "below": "▼ "}.get(one.standing, "")
    name, low, high = channel_name(one, lang), one.low or 0.0, 1.0 if one.high is None else one.high
    share = format.share(one.share)
    interval = text("channels.interval", lang, low=format.share(low), high=format.share(high))
    return IntervalDot(
        name=name,
        share=one.share or 0.0,
        low=low,
        high=high,
        standing=_STANDINGS[one.standing],
        share_words=share,
        value_words=text("ui.small_sample", lang) if one.standing == "small" else f"{mark}{share}",
        sample_words=f"{format.number(one.won)} / {format.number(one.old_enough)}",
        told=f"{name}: {share} · {interval} · {one.won} / {one.old_enough}",
        opens=opens,
    )
