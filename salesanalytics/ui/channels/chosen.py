"""What the Channels page is asked for: whose leads, and the two channels compared; each kept in the URL."""

from __future__ import annotations

from dataclasses import replace

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.channel_comparison import usual_pair
from salesanalytics.insight.channels import Channels, usual_window
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.choices import switch, tools
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.periods import DEFAULT_PERIOD

FIRST_PARAM, SECOND_PARAM = "a", "b"


def asked_filters(frame: Frame) -> Filters:
    """Draw the switch of the days looked at and return the filters.

    A quarter begun holds few leads that have had their 30 days, so channels are judged over the last 180 days until somebody chooses a period.
    """
    lang, settings = frame.lang, frame.desk.settings
    options = {name: text(f"channels.span_{name}", lang) for name in ("window", "period")}
    default = "window" if frame.state.period is DEFAULT_PERIOD else "period"
    span = switch("span", options, default, label=text("channels.span", lang))
    show(tools(span, note=text("channels.how", lang, n=settings.metrics.win_within_days)))
    if span.chosen == "period":
        return frame.filters
    start, end = usual_window(frame.as_of)
    return replace(frame.filters, start=start, end=end)


def filters_then(frame: Frame, filters: Filters) -> Filters:
    """Return what ``asked_filters`` gave as it was meant on the date compared with: the same span, ending there."""
    if frame.against_on is None or filters == frame.filters:
        return frame.then_filters
    start, end = usual_window(frame.against_on)
    return replace(filters, start=start, end=end)


def span_words(filters: Filters, lang: Lang) -> str:
    """Return the days looked at in words."""
    if filters.start is None or filters.end is None:
        return text("channels.all_time", lang)
    return text("channels.between", lang, start=format.day(filters.start), end=format.day(filters.end))


def chosen_pair(found: Channels, lang: Lang) -> tuple[tuple[str, str], str] | None:
    """Return the channels to compare, and the markup of the two drop-downs they are chosen in; None where there are not two."""
    usual = usual_pair(found)
    if usual is None:
        return None
    names = sorted(source for one in found.channels for source in one.sources if source)
    first = switch(FIRST_PARAM, {name: name for name in names}, usual[0], label=text("channels.first", lang), many=True)
    others = {name: name for name in names if name != first.chosen}
    default = usual[1] if usual[1] != first.chosen else usual[0]
    second = switch(SECOND_PARAM, others, default, label=text("channels.second", lang), many=True)
    return (first.chosen, second.chosen), tools(first, second, between=text("channels.against", lang))
