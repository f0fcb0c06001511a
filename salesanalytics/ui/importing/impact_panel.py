"""What a load would do: rows by outcome now and after the suggestions, who goes missing, the metrics, and the row check."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.groups import issue_groups
from salesanalytics.ui.importing.impact import EFFECTS, Accounts, Impact
from salesanalytics.ui.importing.load_step import load_button
from salesanalytics.ui.panel import headline

OUTCOMES = ("new", "updated", "unchanged", "merged", "quarantined", "left_out")


def impact_panel(desk: ImportDesk) -> None:
    """Draw the right card of correcting, with the two ways on from there."""
    lang = desk.lang
    as_of = desk.as_of
    with st.container(key="panel-data-impact", border=True, gap="xxsmall"):
        place = st.empty()
        if as_of is None:
            place.html(headline(text("data_page.step_preview", lang), text("data_page.load_needs_date", lang)))
            return
        suggested = desk.suggested
        now = desk.bench.impact(desk.draft, as_of)
        then = desk.bench.impact(suggested, as_of) if suggested != desk.draft else None
        shown = then or now
        note = text("data_page.impact_note", lang, rows=format.number(now.accounts.total), n=len(now.tables))
        place.html(headline(impact_title(now, then, lang), note))
        show(accounts_markup(now.accounts, then.accounts if then else None, lang))
        if absent := missing_markup(shown, lang):
            show(absent)
        show(
            effect_markup(desk.bench.before(as_of), shown.figures, shown_dates(desk), lang, suggested=then is not None)
        )
        show(check_markup(shown.accounts, lang))
        _ways_on(desk, now, then)


def shown_dates(desk: ImportDesk) -> tuple[str, str, int]:
    """Return the heads of the before and after columns, and the quarter sales are taken in."""
    dates = desk.workspace.as_of_dates()
    as_of = desk.as_of
    before = format.month_day(dates[-1]) if dates else text("data_page.effect_before", desk.lang)
    return before, format.month_day(as_of), ((as_of.month - 1) // 3 + 1) if as_of else 0


def impact_title(now: Impact, then: Impact | None, lang: Lang) -> str:
    """Return the headline: how many rows would stay out."""
    held = (then or now).accounts.quarantined
    loaded = format.number((then or now).accounts.total - (then or now).accounts.left_out)
    if then is not None:
        key = "impact_title_held" if held else "impact_title_clean"
        return text(f"data_page.{key}", lang, n=held, rows=loaded)
    return text(f"data_page.impact_title_{'now' if held else 'ready'}", lang, n=held, rows=loaded)


def accounts_markup(now: Accounts, then: Accounts | None, lang: Lang) -> str:
    """Return the small table of outcomes."""
    last = then or now
    names = ("impact_now", "impact_then") if then else ("column_rows",)
    heads = [text(f"data_page.{name}", lang) for name in names]
    head = "".join(f'<th class="num">{escape(words)}</th>' for words in heads)
    lines = []
    for outcome in OUTCOMES:
        values = [getattr(each, outcome) for each in ((now, last) if then else (now,))]
        if outcome == "left_out" and not any(values):
            continue
        cells = [format.number(value) for value in values]
        if outcome == "quarantined" and values[-1]:
            cells[-1] = f'<span class="sa-bad">✕ {cells[-1]}</span>'
        cells[-1] = f"<b>{cells[-1]}</b>"
        name = escape(text(f"data_page.outcome_{outcome}", lang))
        lines.append(f"<tr><td>{name}</td>" + "".join(f'<td class="num">{cell}</td>' for cell in cells) + "</tr>")
    return f'<table class="sa-table sa-impact"><thead><tr><th></th>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def missing_markup(impact: Impact, lang: Lang) -> str:
    """Return who was there last time and is not now."""
    if not impact.missing:
        return ""
    names = [key for outcomes in impact.samples.values() for key in outcomes.get("missing", ())]
    examples = text("data_page.missing_examples", lang, names=" · ".join(names)) if names else ""
    title = text(
        "data_page.missing_title", lang, n=format.number(impact.missing) if impact.missing > 1 else impact.missing
    )
    note = text("data_page.missing_note", lang)
    return f'<div class="sa-impact-part"><b>{escape(title)}</b><div class="sa-muted sa-small">{escape(note)}</div><div class="sa-muted sa-small">{escape(examples)}</div></div>'


def effect_markup(
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
    dates: tuple[str, str, int],
    lang: Lang,
    *,
    suggested: bool,
) -> str:
    """Return the metrics before and after; before and after are in one unit."""
    lines = []
    for name in EFFECTS:
        label = text(f"data_page.effect_{name}", lang, quarter=dates[2])
        pair = (before.get(name), after.get(name))
        # A unit for each line: an absurd amount in one must not turn the others into 0.0.
        unit = format.money_unit(pair, lang)
        values = [format.number(value) if name == "leads" else format.money(value, lang, unit=unit) for value in pair]
        lines.append(
            f'<tr><td>{escape(label)}</td><td class="num soft">{escape(values[0])}</td><td class="num"><b>{escape(values[1])}</b></td></tr>'
        )
    title = escape(text("data_page.effect_title_then" if suggested else "data_page.effect_title", lang))
    head = "".join(f'<th class="num">{escape(day)}</th>' for day in dates[:2])
    return (
        f'<div class="sa-impact-part"><b>{title}</b></div><table class="sa-table sa-impact"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def check_markup(accounts: Accounts, lang: Lang) -> str:
    """Return the proof that every row of the files is accounted for."""
    line = text(
        "data_page.check_line",
        lang,
        parts=" + ".join(format.number(part) for part in accounts.parts),
        total=format.number(accounts.total),
    )
    word = "check_even" if accounts.balanced else "check_odd"
    tone = "good" if accounts.balanced else "bad"
    return (
        f'<div class="sa-impact-part"><b>{escape(text("data_page.check_title", lang))} <span class="sa-{tone}">'
        f'{escape(text(f"data_page.{word}", lang))}</span></b><div class="sa-muted sa-small">{escape(line)}</div></div>'
    )


def repeat_notice(impact: Impact, lang: Lang) -> None:
    """Say that the very same import was loaded before, if so."""
    if impact.repeat_of is not None:
        note = text("data_page.repeat_note", lang, import_id=impact.repeat_of)
        show(
            f'<div class="sa-repeat"><b>✓ {escape(text("data_page.repeat_title", lang))}</b><br><span class="sa-muted">{escape(note)}</span></div>'
        )


def _ways_on(desk: ImportDesk, now: Impact, then: Impact | None) -> None:
    lang = desk.lang
    repeat_notice(now, lang)
    with st.container(key="data-ways", gap="xxsmall"):
        label = text("data_page.use_and_preview" if then else "data_page.go_preview", lang)
        if st.button(label, key="data-to-preview", type="primary", width="stretch"):
            desk.saving(desk.suggested if then else desk.draft)
            desk.go("preview")
            st.rerun()
        if issue_groups(desk.batch):
            load_button(desk, now, main=False)
        show(f'<div class="sa-muted sa-small sa-centre">{escape(text("data_page.load_note", lang))}</div>')
