"""The seven cards of the overview: the headline figures put into words."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, has_text, text
from salesanalytics.insight.headline import Headline
from salesanalytics.insight.pace import judge
from salesanalytics.metrics.opening import open_number
from salesanalytics.metrics.types import Filters, Unit
from salesanalytics.reports.words import in_words, threshold_words
from salesanalytics.settings import Settings
from salesanalytics.ui.cards import Card, Change, change_of
from salesanalytics.ui.data import Desk
from salesanalytics.ui.number_words import factor_words
from salesanalytics.ui.overview.answers import Where, overview_headlines
from salesanalytics.ui.periods import quarter_of


def overview_cards(desk: Desk, where: Where, lang: Lang) -> list[Card]:
    """Return the seven cards in their order."""
    return [_card(found, desk, where, lang) for found in overview_headlines(desk, where)]


def _card(found: Headline, desk: Desk, where: Where, lang: Lang) -> Card:
    currency = desk.settings.currency
    small = found.unit is Unit.SHARE and found.n < desk.metric(found.metric).min_sample(desk.settings)
    note = " · ".join(
        part for part in (_note(found, desk, where, lang), threshold_words(found, desk.settings, lang)) if part
    )
    return Card(
        key=found.metric,
        name=_name(found, desk, lang),
        value=in_words(found.value, found.unit, lang, currency),
        exact=format.money_exact(found.value, currency) if found.unit is Unit.MONEY else "",
        series=[value for _, value in found.series],
        change=None if small else _change(found, desk.settings, lang),
        note=f"{text('ui.small_sample', lang)} · {note}" if small else note,
        grey=small,
    )


def _name(found: Headline, desk: Desk, lang: Lang) -> str:
    key, currency = f"overview.card_{found.metric}", desk.settings.currency
    if not has_text(key, lang):
        days = desk.settings.metrics.closed_win_rate_days
        return text(f"overview.card_in_{found.window}", lang, name=desk.metric(found.metric).title(lang), days=days)
    if found.metric == "target_attainment" and found.start:
        return text(key, lang, quarter=quarter_of(found.start))
    return text(key, lang, today=in_words(found.today, found.unit, lang, currency))


def _change(found: Headline, settings: Settings, lang: Lang) -> Change | None:
    if found.difference is None:
        return None
    if found.due is not None and found.value is not None:
        return _pace_change(found.value, found.due, settings, lang)
    if found.relative:
        figure = format.percent_change(found.difference)
    elif found.unit is Unit.SHARE:
        figure = format.points(found.difference, lang)
    else:
        figure = format.days(found.difference, lang, signed=True)
    return change_of(found.difference, figure, found.good, lang)


def _pace_change(attained: float, due: float, settings: Settings, lang: Lang) -> Change:
    gap = format.points(abs(attained - due), lang).lstrip("+")
    if attained >= due:
        return Change("▲", text("overview.ahead", lang, points=gap), "", "good")
    track = judge(attained, 1.0, due, settings)
    if track == "on-track":
        return Change("✓", text("overview.on_track", lang), "", "good")
    return Change("▼", text("overview.behind_by", lang, points=gap), "", "warn" if track == "behind" else "bad")


def _note(found: Headline, desk: Desk, where: Where, lang: Lang) -> str:
    former = in_words(found.previous, found.unit, lang, desk.settings.currency)
    match found.metric:
        case "target_attainment":
            if found.value is None:
                return text("overview.no_target", lang)
            return text("overview.due", lang, share=format.share(found.due))
        case "closed_win_rate":
            return text("overview.k_of_n", lang, k=format.number(found.k), n=format.number(found.n))
        case "risk_amount":
            return text("overview.customers", lang, n=found.n)
    if desk.metric(found.metric).factors:
        return _factors(found, desk, where, lang)
    if found.previous is None:
        return text("overview.no_contracts", lang) if found.metric == "collection_rate" and found.value is None else ""
    return text("overview.last_week_same_days" if found.partial else "overview.last_week", lang, value=former)


def _factors(found: Headline, desk: Desk, where: Where, lang: Lang) -> str:
    """What a product is reckoned from, as its dialog says it too."""
    filters = Filters(where)
    opened = desk.remember(
        "opened",
        (found.metric, filters, ()),
        lambda: open_number(desk.view, found.metric, filters, desk.settings, (), desk.view_at),
    )
    return factor_words(opened, desk, lang, named=False)
