"""Who the customer is and where they stand: name, tags, the figures one asks first, and the alerts now."""

from __future__ import annotations

from datetime import date

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import CustomerStory
from salesanalytics.ui.customer.words import stage_name
from salesanalytics.ui.flag_words import TONES, kind_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.tables import Tag, Tone, cell_markup
from salesanalytics.ui.value_names import value_name

_TIER_TONES: dict[str, Tone] = {"churn-risk": "bad", "stable": "good"}


def customer_head(frame: Frame, story: CustomerStory) -> None:
    """Draw the panel."""
    with st.container(key="panel-customer-head", border=True, gap="xsmall"):
        show(_title(frame, story) + _figures(frame, story) + _alerts(frame, story))


def _title(frame: Frame, story: CustomerStory) -> str:
    lang, facts = frame.lang, story.facts
    tags = [Tag(stage_name(facts.get("stage"), frame.desk.settings, lang), _stage_tone(facts))]
    if facts.get("tier"):
        tier = str(facts["tier"])
        tags.append(Tag(value_name(tier, "tier", lang), _TIER_TONES.get(tier, "neutral")))
    if story.missing_since:
        tags.append(Tag(text("customer.missing_since", lang, day=format.day(story.missing_since)), "warn"))
    people = [facts.get("owner") or text("ui.pool", lang), facts.get("team"), facts.get("region")]
    below = " · ".join([story.customer_id, *(str(one) for one in people if one)])
    marks = "".join(cell_markup(tag) for tag in tags)
    return (
        f'<div class="sa-customer-title"><h2>{escape(story.name)}</h2>{marks}</div>'
        f'<div class="sa-sub">{escape(below)}</div>'
    )


def _stage_tone(facts: object) -> Tone:
    stage = facts.get("stage") if isinstance(facts, dict) else None
    tones: dict[object, Tone] = {"won": "good", "lost": "bad"}
    return tones.get(stage, "neutral")


def _figures(frame: Frame, story: CustomerStory) -> str:
    lang, facts, currency = frame.lang, story.facts, frame.desk.settings.currency
    won = facts.get("stage") == "won"
    amount = facts.get("deal_amount") if won else facts.get("expected_amount")
    estimated = bool(facts.get("deal_amount_estimated"))
    short = format.money(None if amount is None else float(amount), lang, currency=currency)
    exact = format.money_exact(amount, currency) if amount else ""
    if exact.removesuffix(".00") == short:
        exact = ""  # it would say the same twice
    cells = [
        (
            text("customer.won_amount" if won else "customer.expected_amount", lang),
            short,
            text("customer.estimated", lang) if estimated else exact,
        ),
        (text("customer.in_stage", lang), *_in_stage(story, lang)),
        (text("customer.last_contact", lang), *_ago(facts.get("last_contact_on"), story.as_of, lang)),
        (text("customer.first_contact", lang), *_ago(facts.get("first_contact_on"), story.as_of, lang)),
    ]
    if facts.get("is_open"):
        cells.append((text("customer.expected_close", lang), *_due(facts.get("expected_close_on"), story.as_of, lang)))
    body = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}<small>{escape(note)}</small></dd></div>"
        for name, value, note in cells
    )
    return f'<dl class="sa-customer-figures">{body}</dl>'


def _in_stage(story: CustomerStory, lang: Lang) -> tuple[str, str]:
    since = story.facts.get("stage_entered_on")
    inferred = bool(story.facts.get("stage_entered_inferred"))
    if since is None or (inferred and since == story.as_of):  # "at least 0 days" would say nothing
        return format.DASH, text("customer.since_unknown", lang)
    days = format.days((story.as_of - since).days, lang)
    if inferred:
        return text("customer.at_least", lang, days=days), text("customer.since_by", lang, day=format.day(since))
    return days, text("customer.since", lang, day=format.day(since))


def _ago(day: date | None, as_of: date, lang: Lang) -> tuple[str, str]:
    if day is None:
        return format.DASH, ""
    n = (as_of - day).days
    return text("customer.days_ago", lang, n=n) if n else text("customer.today", lang), format.day(day)


def _due(day: date | None, as_of: date, lang: Lang) -> tuple[str, str]:
    if day is None:
        return format.DASH, text("customer.no_close", lang)
    n = (day - as_of).days
    return format.day(day), text("customer.due_in" if n >= 0 else "customer.overdue", lang, n=abs(n))


def _alerts(frame: Frame, story: CustomerStory) -> str:
    lang, currency = frame.lang, frame.desk.settings.currency
    if story.missing_since:
        return ""
    if not story.flags:
        return f'<div class="sa-customer-alerts sa-muted">{escape(text("customer.no_alerts", lang))}</div>'
    lines = "".join(
        f"<li>{cell_markup(Tag(kind_name(flag.kind, lang), TONES[flag.kind]))} {escape(flag.why(lang, currency))}</li>"
        for flag in story.flags
    )
    name = text("customer.alerts_now", lang, n=len(story.flags))
    return f'<div class="sa-customer-alerts"><b>{escape(name)}</b><ul>{lines}</ul></div>'
