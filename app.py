"""The entry of the app: page settings, language, navigation, and the frame every page runs in."""

from pathlib import Path

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.frame import app_running
from salesanalytics.ui.sample import ensure_sample
from salesanalytics.ui.sections import HOME, SECTIONS, WITH_DATA
from salesanalytics.ui.session import current_lang, current_tokens
from salesanalytics.ui.styles import apply_styles
from salesanalytics.ui.topbar import top_bar

HERE = Path(__file__).parent

lang = current_lang()
st.set_page_config(
    page_title=text(
        "nav.app", lang
    ),  # the icon is the server's (``serve``): to hand one over here loads numpy and PIL first
    layout="wide",
    initial_sidebar_state="collapsed",
)
pages = {
    section.name: st.Page(section.file, title=text(f"nav.{section.name}", lang), default=section == HOME)
    for section in SECTIONS
    if (HERE / section.file).exists()
}
page = st.navigation(list(pages.values()), position="hidden")
current = page.url_path or HOME.name

apply_styles(current_tokens())
top_bar(pages, current, lang)
with error_boundary(lang):
    if current in WITH_DATA:
        ensure_sample(lang)
with error_boundary(lang), app_running():
    page.run()
