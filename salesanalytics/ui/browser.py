"""What only the browser can do, in one listener for the whole app: keep links inside the session, switch language and theme, copy the address, place menus.

Links are plain addresses, so that they open in a new tab too; a plain click is taken over, so that the session stays. Pages draw their part as markup
(``theme_button``, ``button[data-copied]``, ``a[data-page]``, ``a[data-customer]``): one component a page instead of one each, since each is drawn again with every change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from salesanalytics.charts.tokens import Theme, Tokens
from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.dimensions import CUSTOM
from salesanalytics.ui.html import escape, picture
from salesanalytics.ui.session import LANG_PARAM
from salesanalytics.ui.view_state import DATES_AND_PERIOD, DIMENSIONS, MORE

_CODES: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
# Streamlit remembers a theme for the path a visit began at, as JSON: "Light", "Dark" or "System".
_JS = """
export default function ({ data: [data], parentElement, setTriggerValue }) {
  if (parentElement.saStop) parentElement.saStop();
  document.documentElement.lang = data.lang;  // Streamlit's page says English
  const stops = [];
  const on = (kind, act) => {
    document.addEventListener(kind, act, true);
    stops.push(() => document.removeEventListener(kind, act, true));
  };
  const found = (event, which) => event.target.closest && event.target.closest(which);

  // The address has the view of this moment, the markup that of the last whole run.
  const view = () => {
    const all = [...new URLSearchParams(window.location.search)];
    const kept = all.filter(([name]) => data.carried.includes(name) || name.startsWith(data.custom));
    return kept.length ? '?' + new URLSearchParams(kept) : '';
  };
  const refresh = (event) => {
    const link = found(event, 'a[data-page]');
    if (link) link.setAttribute('href', link.dataset.address + view());
  };
  const follow = (event) => {
    const link = found(event, 'a[data-page], a[data-customer]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const menu = link.closest('[popover]');
    if (menu) menu.hidePopover();
    if (link.dataset.page) setTriggerValue('page', link.dataset.page);
    else setTriggerValue('customer', link.dataset.customer);
  };
  const switchLanguage = (event) => {
    const button = found(event, 'button[data-language]');
    if (button) setTriggerValue('language', button.dataset.language);
  };
  const switchTheme = (event) => {
    const button = found(event, 'button[data-theme]');
    if (!button) return;
    const system = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'Dark' : 'Light';
    const value = JSON.stringify(button.dataset.theme === system ? 'System' : button.dataset.theme);
    const base = window.location.pathname.replace(/[^/]*$/, '');
    for (const page of ['', ...data.pages]) localStorage.setItem(`stActiveTheme-${base}${page}-v2`, value);
    window.location.reload();
  };
  const copy = async (event) => {
    const button = found(event, 'button[data-copied]');
    if (!button) return;
    const address = window.location.href;
    try { await navigator.clipboard.writeText(address); }
    catch (refused) {
      const field = Object.assign(document.createElement('textarea'), { value: address });
      document.body.append(field); field.select(); document.execCommand('copy'); field.remove();
    }
    const label = button.querySelector('span');
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = button.dataset.label; }, 1500);
  };
  const place = (event) => {
    const menu = event.target;
    if (!menu.classList || !menu.classList.contains('sa-menu-body') || event.newState !== 'open') return;
    const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
    menu.style.top = `${button.bottom + 4}px`;
    menu.style.left = `${Math.max(8, Math.min(button.left, window.innerWidth - menu.offsetWidth - 8))}px`;
  };
  // Streamlit's own parts follow the system at once; ours are drawn anew with its colours.
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const redraw = () => setTriggerValue('system', system.matches ? 'dark' : 'light');
  system.addEventListener('change', redraw);
  stops.push(() => system.removeEventListener('change', redraw));
  for (const kind of ['pointerdown', 'focusin', 'contextmenu']) on(kind, refresh);
  on('click', follow); on('click', switchTheme); on('click', switchLanguage); on('click', copy); on('toggle', place);
  parentElement.saStop = () => stops.forEach((stop) => stop());
  return parentElement.saStop;
}
"""
_SUN = '<circle cx="12" cy="12" r="4.5"/><path d="M12 2v3M12 19v3M2 12h3M19 12h3M4.9 4.9l2.1 2.1M17 17l2.1 2.1M4.9 19.1L7 17M17 7l2.1-2.1"/>'
_MOON = '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>'


@cache
def _listener() -> Any:
    return st.components.v2.component("sa_browser", html="<span></span>", js=_JS, isolate_styles=False)


def followed_link(pages: list[str], lang: Lang, on_language: Callable[[], None]) -> tuple[str, str] | None:
    """Return the link that was just clicked, once: ``("page", its name)`` or ``("customer", the id)``; None otherwise. ``pages``: all there are;
    ``lang``: what the page is written in; ``on_language`` is called when the other language is asked for.
    """
    carried = [*DATES_AND_PERIOD, *DIMENSIONS, *MORE, LANG_PARAM]
    data = {"pages": pages, "lang": _CODES[lang], "carried": carried, "custom": CUSTOM}
    found = _listener()(
        key="listener-browser",
        data=[data],
        on_page_change=lambda: None,
        on_customer_change=lambda: None,
        on_language_change=on_language,
        on_system_change=lambda: None,
    )
    return ("page", str(found.page)) if found.page else ("customer", str(found.customer)) if found.customer else None


def theme_button(theme: Theme, tokens: Tokens, lang: Lang) -> str:
    """Return the light and dark switch. Without a choice the system's setting is followed."""
    wanted, words, shape = ("Light", "ui.to_light", _SUN) if theme == "dark" else ("Dark", "ui.to_dark", _MOON)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{tokens.text}" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
    )
    label = escape(text(words, lang))
    return (
        f'<button type="button" class="sa-icon" data-theme="{wanted}" title="{label}" aria-label="{label}">'
        f"{picture(drawn, '', 'sa-icon-shape')}</button>"
    )
