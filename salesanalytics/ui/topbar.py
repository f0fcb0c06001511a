"""The bar on top of every page: name, navigation, language, theme. Links carry the view, so that moving about keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.ui.browser import theme_switch
from salesanalytics.ui.html import escape, picture, show
from salesanalytics.ui.sections import SECTIONS, Section
from salesanalytics.ui.session import LANG_PARAM, Key, current_tokens

_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="{back}"/>'
    '<g fill="{front}"><rect x="8" y="16" width="4" height="8" rx="1.5"/><rect x="14" y="11" width="4" height="13" rx="1.5"/>'
    '<rect x="20" y="8" width="4" height="16" rx="1.5"/></g></svg>'
)
_OTHER: Mapping[Lang, Lang] = {"zh": "en", "en": "zh"}


def top_bar(pages: Mapping[str, st.Page], current: str, carried: list[tuple[str, str]], lang: Lang) -> None:
    """Draw the bar. ``pages`` by name; ``current`` the page's name; ``carried`` the view as links carry it along."""
    with st.container(key="topbar", horizontal=True, vertical_alignment="center", gap="xxsmall"):
        tokens = current_tokens()
        logo = picture(_LOGO.format(back=tokens.primary, front=tokens.on_primary), "", "sa-logo")
        show(f'<span class="sa-brand">{logo}{escape(text("nav.app", lang))}</span>', width="content")
        with st.container(key="topnav", horizontal=True, vertical_alignment="center", gap="xxsmall"):
            shown = [section for section in SECTIONS if section.name in pages]
            for group, members in groupby(shown, key=lambda section: section.group):
                if group is None:
                    for section in members:
                        _link(pages, section, current, carried, lang)
                else:
                    _menu(group, list(members), pages, current, carried, lang)
        with st.container(key="toptools", horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"):
            st.button(
                text("nav.other_language", lang), key="lang", type="tertiary", on_click=_switch_language, args=(lang,)
            )
            theme_switch(lang, [section.name for section in SECTIONS])


def _link(
    pages: Mapping[str, st.Page], section: Section, current: str, carried: list[tuple[str, str]], lang: Lang
) -> None:
    place = st.container(key="nav-here", width="content") if section.name == current else st
    place.page_link(pages[section.name], label=text(f"nav.{section.name}", lang), query_params=carried)


def _menu(
    group: str,
    members: list[Section],
    pages: Mapping[str, st.Page],
    current: str,
    carried: list[tuple[str, str]],
    lang: Lang,
) -> None:
    label = text(f"nav.group_{group}", lang)
    here = next((section for section in members if section.name == current), None)
    if here:
        label = f":primary[{label} · {text(f'nav.{here.name}', lang)}]"
    # A new key a page: the menu closes once its link was followed.
    with st.popover(label, key=f"menu-{group}-{current}", type="tertiary"):
        for section in members:
            _link(pages, section, current, carried, lang)


def _switch_language(lang: Lang) -> None:
    other = _OTHER[lang]
    st.session_state[Key.LANG] = other
    st.query_params[LANG_PARAM] = other
