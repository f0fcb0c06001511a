"""The few things only the browser can do: switch the theme, copy the address. Small components, their code inline, nothing fetched."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from salesanalytics.i18n import Lang, text

# Streamlit remembers a theme for the path a visit began at, as JSON: "Light", "Dark" or "System".
_THEME_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector('button');
  const dark = data.dark;
  button.title = dark ? data.to_light : data.to_dark;
  button.setAttribute('aria-label', button.title);
  button.querySelector('.sun').style.display = dark ? '' : 'none';
  button.querySelector('.moon').style.display = dark ? 'none' : '';
  button.onclick = () => {
    const wanted = dark ? 'Light' : 'Dark';
    const system = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'Dark' : 'Light';
    const value = JSON.stringify(wanted === system ? 'System' : wanted);
    const base = window.location.pathname.replace(/[^/]*$/, '');
    for (const page of ['', ...data.pages]) localStorage.setItem(`stActiveTheme-${base}${page}-v2`, value);
    window.location.reload();
  };
}
"""
_THEME_HTML = """<button type="button"><svg class="sun" viewBox="0 0 24 24"><circle cx="12" cy="12" r="4.5"/>
<path d="M12 2v3M12 19v3M2 12h3M19 12h3M4.9 4.9l2.1 2.1M17 17l2.1 2.1M4.9 19.1L7 17M17 7l2.1-2.1"/></svg>
<svg class="moon" viewBox="0 0 24 24"><path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/></svg></button>"""
_THEME_CSS = """button{all:unset;box-sizing:border-box;width:32px;height:32px;display:grid;place-items:center;border-radius:8px;cursor:pointer;
color:var(--st-text-color)} button:hover{background:var(--st-secondary-background-color)}
button:focus-visible{outline:2px solid var(--st-primary-color)} svg{width:18px;height:18px;fill:none;stroke:currentColor;stroke-width:2;
stroke-linecap:round;stroke-linejoin:round}"""

_COPY_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector('button');
  const label = button.querySelector('span');
  label.textContent = data.label;
  button.onclick = async () => {
    const address = window.location.href;
    try { await navigator.clipboard.writeText(address); }
    catch (refused) {
      const field = Object.assign(document.createElement('textarea'), { value: address });
      document.body.append(field); field.select(); document.execCommand('copy'); field.remove();
    }
    label.textContent = data.done;
    setTimeout(() => { label.textContent = data.label; }, 1500);
  };
}
"""
_COPY_HTML = """<button type="button"><span aria-live="polite"></span></button>"""
_COPY_CSS = """button{all:unset;box-sizing:border-box;height:32px;padding:0 12px;display:inline-flex;align-items:center;border-radius:8px;
cursor:pointer;color:var(--st-text-color);background:var(--sa-surface,transparent);border:1px solid var(--st-border-color);
font:500 13.5px var(--st-font);white-space:nowrap} button:hover{border-color:var(--st-primary-color)}
button:focus-visible{outline:2px solid var(--st-primary-color)}"""


@cache
def _component(name: str, html: str, css: str, js: str) -> Any:
    return st.components.v2.component(name, html=html, css=css, js=js)


def theme_switch(lang: Lang, pages: list[str]) -> None:
    """Draw the light and dark switch. Without a choice the system's setting is followed."""
    mount = _component("sa_theme_switch", _THEME_HTML, _THEME_CSS, _THEME_JS)
    labels = {"to_light": text("ui.to_light", lang), "to_dark": text("ui.to_dark", lang)}
    mount(
        key="theme-switch",
        data=labels | {"pages": pages, "dark": st.context.theme.type == "dark"},
        width="content",
        height="content",
    )


def copy_link(lang: Lang) -> None:
    """Draw the button that copies the page's address, view included."""
    mount = _component("sa_copy_link", _COPY_HTML, _COPY_CSS, _COPY_JS)
    mount(
        key="copy-link",
        data={"label": text("ui.copy_link", lang), "done": text("ui.copied", lang)},
        width="content",
        height="content",
    )
