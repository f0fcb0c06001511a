"""The filter bar's pills for period and dimensions; its dates are ``ui.dates``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filter_bar import DayField, Group, Option, Pill
from salesanalytics.ui.filter_values import offered_values
from salesanalytics.ui.filters import period_name
from salesanalytics.ui.periods import DEFAULT_PERIOD, Period
from salesanalytics.ui.value_names import value_name
from salesanalytics.ui.view_state import DIMENSIONS, ViewState

FIRST_DAY = date(1990, 1, 1)


def filter_pills(desk: Desk, state: ViewState, lang: Lang) -> list[Pill]:
    """Return the pills for ``state``: the period, a dimension each, and one for the dimensions without one of their own."""
    offered = offered_values(desk)
    pills = [_period_pill(state, desk.as_of, lang)]
    pills += [_dimension_pill(name, offered[name], state, lang) for name in DIMENSIONS if name in offered]
    more = {name: values for name, values in offered.items() if name not in DIMENSIONS}
    more |= {name: [""] for name, _ in state.where if name not in DIMENSIONS and name not in more}
    return [*pills, _more_pill(more, state, lang)] if more else pills


def _period_pill(state: ViewState, as_of: date, lang: Lang) -> Pill:
    title, words = text("ui.period", lang), period_name(state, as_of, lang)
    options = [(one.value, text(f"ui.period_{one.value.replace('90d', 'last_90')}", lang)) for one in Period]
    days = []
    if state.period is Period.CUSTOM:
        for end, name, current in (("start", "from", state.start), ("end", "to", state.end)):
            last = max(as_of, current or as_of)
            label, value = text(f"ui.period_{end}", lang), current.isoformat() if current else ""
            days.append(DayField(label, value, FIRST_DAY.isoformat(), last.isoformat(), (name,)))
    look = "" if state.period is DEFAULT_PERIOD else "on"
    return Pill("period", title, [(title, ""), (words, "strong")], [Group("period", options, days=tuple(days))], look)


def _dimension_pill(name: str, values: Sequence[str], state: ViewState, lang: Lang) -> Pill:
    title, chosen = text(f"ui.dimension_{name}", lang), state.chosen(name)
    said = _said([value_name(value, name, lang) for value in chosen])
    words = said or text("ui.all", lang, n=sum(1 for value in values if value))
    label = [(title, "" if chosen else "soft"), (words, "strong" if chosen else "")]
    return Pill(name, title, label, [Group(name, _options(name, values, state, lang), True)], "on" if chosen else "")


def _more_pill(offered: Mapping[str, Sequence[str]], state: ViewState, lang: Lang) -> Pill:
    """Return one pill for what the templates know besides, and for the user's own columns."""
    titles = {name: dimension(name).title(lang) for name in offered}
    chosen, words = [titles[name] for name in offered if state.chosen(name)], text("ui.more_filters", lang)
    label = [(words, ""), (_said(chosen), "strong")] if chosen else [(words, "soft")]
    groups = [Group(name, _options(name, values, state, lang), True, titles[name]) for name, values in offered.items()]
    return Pill("more", words, label, groups, "on" if chosen else "")


def _said(names: Sequence[str]) -> str:
    """The first of several, and how many more."""
    return "" if not names else names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"


def _options(name: str, values: Sequence[str], state: ViewState, lang: Lang) -> list[Option]:
    # a value of another link or day that no longer exists stays choosable, so that it can be seen and taken off
    offered = [*values, *(value for value in state.chosen(name) if value not in values)]
    return [(value, value_name(value, name, lang)) for value in offered]
