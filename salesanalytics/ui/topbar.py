"""The bar on top of every page: name, navigation, language, theme. Links carry the view, so that moving about keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.ui.browser import followed_link, theme_button
from salesanalytics.ui.customer.links import open_customer
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.html import escape, picture, show
from salesanalytics.ui.sections import HOME, SECTIONS, Section
from salesanalytics.ui.session import LANG_PARAM, Key, current_theme, current_tokens

_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="{back}"/>'
    '<g fill="{front}"><rect x="8" y="16" width="4" height="8" rx="1.5"/><rect x="14" y="11" width="4" height="13" rx="1.5"/>'
    '<rect x="20" y="8" width="4" height="16" rx="1.5"/></g></svg>'
)
_OTHER: Mapping[Lang, Lang] = {"zh": "en", "en": "zh"}


def top_bar(pages: Mapping[str, st.Page], current: str, lang: Lang) -> None:
    """Draw the bar, and go where a link just led. ``pages`` by name; ``current`` the page's name."""
    with st.container(key="topbar"):
        _follow(pages, lang)
        tokens = current_tokens()
        logo = picture(_LOGO.format(back=tokens.primary, front=tokens.on_primary), "", "sa-logo")
        links = navigation([section for section in SECTIONS if section.name in pages], current, lang)
        show(
            f'<div class="sa-topbar"><span class="sa-brand">{logo}{escape(text("nav.app", lang))}</span><div class="sa-topnav">{links}</div>'
            f'<div class="sa-toptools">{_languages(lang)}{theme_button(current_theme(), tokens, lang)}</div></div>'
        )


def _languages(lang: Lang) -> str:
    other = _OTHER[lang]
    return (
        f'<button type="button" class="sa-lang" data-language="{other}"><b>{escape(text("nav.language", lang))}</b> · '
        f'<span lang="{other}">{escape(text("nav.language", other))}</span></button>'
    )


def navigation(sections: list[Section], current: str, lang: Lang) -> str:
    """Return the links to ``sections``; those of a group behind its name. ``ui.browser`` follows them and keeps the view in their addresses."""
    entries = list[str]()
    for group, members in groupby(sections, key=lambda section: section.group):
        if group is None:
            entries += [_link(section, current, lang) for section in members]
        else:
            entries.append(_menu(group, list(members), current, lang))
    return f'<nav class="sa-nav" aria-label="{escape(text("nav.pages", lang))}">{"".join(entries)}</nav>'


def _follow(pages: Mapping[str, st.Page], lang: Lang) -> None:
    match followed_link([section.name for section in SECTIONS], lang, lambda: switch_language(lang)):
        case ("page", name) if name in pages:
            st.switch_page(pages[name], query_params=link_params())
        case ("customer", customer_id):
            open_customer(customer_id)


def _link(section: Section, current: str, lang: Lang) -> str:
    address = "./" if section == HOME else section.name
    view = urlencode(link_params())
    here = ' aria-current="page"' if section.name == current else ""
    return (
        f'<a href="{escape(address + (f"?{view}" if view else ""))}" data-page="{section.name}" data-address="{address}"{here}>'
        f"{escape(text(f'nav.{section.name}', lang))}</a>"
    )


def _menu(group: str, members: list[Section], current: str, lang: Lang) -> str:
    label = text(f"nav.group_{group}", lang)
    here = next((section for section in members if section.name == current), None)
    if here:
        label = f"{label} · {text(f'nav.{here.name}', lang)}"
    links = "".join(_link(section, current, lang) for section in members)
    return (
        f'<button type="button" class="sa-menu{" here" if here else ""}" popovertarget="sa-menu-{group}" aria-haspopup="true">{escape(label)}</button>'
        f'<div class="sa-menu-body" id="sa-menu-{group}" popover>{links}</div>'
    )


def switch_language(lang: Lang) -> None:
    """Read in the other language from now on; the address says so."""
    other = _OTHER[lang]
    st.session_state[Key.LANG] = other
    st.query_params[LANG_PARAM] = other
