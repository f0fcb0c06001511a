"""What every page stands in: proof that app.py ran first, the as-of line with the filter bar, the empty state, the error boundary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

import streamlit as st

from salesanalytics.charts.direction import with_direction
from salesanalytics.charts.tokens import Theme, Tokens
from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.data import Desk, Source, current_source, open_desk, own_workspace
from salesanalytics.ui.dates import (
    against_id,
    against_note,
    against_pill,
    as_of_pill,
    chosen_against,
    import_dates,
    is_rebuilt,
)
from salesanalytics.ui.empty import nothing_uploaded
from salesanalytics.ui.filter_bar import Bar, filter_bar, shown_view
from salesanalytics.ui.filter_pills import filter_pills
from salesanalytics.ui.filter_values import without_strangers
from salesanalytics.ui.filters import current_state
from salesanalytics.ui.freshness import freshness, note_shown, watch_for_new_data
from salesanalytics.ui.gone_columns import gone_note, unknown_note, unknown_then
from salesanalytics.ui.prepared import wait_until_ready
from salesanalytics.ui.sample_banner import sample_banner
from salesanalytics.ui.session import current_lang, current_theme, current_tokens
from salesanalytics.ui.styles import apply_rules
from salesanalytics.ui.view_state import ViewState

_APP_RAN: ContextVar[bool] = ContextVar("app_ran", default=False)


@contextmanager
def app_running() -> Iterator[None]:
    """Open the door for pages, for the length of app.py's call of the page and no longer."""
    token = _APP_RAN.set(True)
    try:
        yield
    finally:
        _APP_RAN.reset(token)


def only_through_app() -> None:
    """Show nothing and stop, unless app.py is running this page: a page alone would lack sign-in, filters and language."""
    if not _APP_RAN.get():
        st.stop()


@dataclass(frozen=True)
class Frame:
    """What a page with data works with. ``desk`` answers; ``state`` is the filter bar; ``filters`` is it as metrics understand it."""

    lang: Lang
    theme: Theme
    tokens: Tokens
    state: ViewState
    desk: Desk
    against_on: date | None = None
    """the date compared with; None = nothing is compared, and no state of another date is to be built"""
    opened: str | None = None
    """the number that was just clicked (``tables.Opens``), once; a page shows what the id stands for"""

    @property
    def then(self) -> Desk | None:
        """The desk as of the date compared with; its state is built only when a question is put to it."""
        return self.desk.at(self.against_on) if self.against_on else None

    @property
    def then_filters(self) -> Filters:
        """What the filter bar meant on the date compared with: a period "to date" ends there."""
        return self.state.filters(self.against_on or self.as_of)

    @property
    def then_rebuilt(self) -> bool:
        """Whether the date compared with lies before the first import, so that its state is rebuilt from the rows' own dates."""
        return self.against_on is not None and is_rebuilt(self.desk, self.against_on)

    @property
    def as_of(self) -> date:
        """The date every "days since" is measured to."""
        return self.desk.as_of

    @property
    def filters(self) -> Filters:
        """Chosen dimension values and period."""
        return self.state.filters(self.as_of)

    @property
    def where(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Chosen dimension values alone, for figures with a period of their own."""
        return self.state.where


def show_page(
    draw: Callable[[Frame], None], *, styles: tuple[str, ...] = (), filters: bool = True, compares: bool = False
) -> None:
    """Draw the frame, and in it what ``draw`` makes of it; without any import what to upload instead. Errors inside become sentences.

    ``styles``: the rules the page needs beside those of every page (``assets/<name>.css``). ``filters=False`` keeps the as-of line and leaves the filter bar
    out; ``compares``: the page cannot be without a date to compare with, and takes the import before where none is chosen. Frame and page are one fragment: a choice on the page does not draw the bar above, the styles and the navigation again.
    """
    only_through_app()

    @st.fragment
    def page() -> None:
        lang = current_lang()
        with error_boundary(lang):
            source = current_source()
            if not source.imports:
                note_shown(source)
                nothing_uploaded(lang)
                return
            wait_until_ready(source, own_workspace().settings())
            note_shown(source)
            draw(_framed(source, lang, filters=filters, compares=compares))

    apply_rules(*styles)
    page()
    watch_for_new_data()


@contextmanager
def plain_frame() -> Iterator[Lang]:
    """Stand in for ``show_page`` on pages that need no data (glossary, import); the same door and error boundary."""
    only_through_app()
    lang = current_lang()
    with error_boundary(lang):
        yield lang


def _framed(source: Source, lang: Lang, *, filters: bool, compares: bool) -> Frame:
    state = current_state()
    desk = open_desk(source, state.as_of or source.imports[0].as_of)
    state = without_strangers(desk, state)
    against = chosen_against(desk, state, needed=compares)
    if source.is_sample:
        sample_banner(lang)
    opened = filter_bar(_bar(desk, state, against, lang, filters=filters, compares=compares), state, lang)
    if not compares:  # What changed says its two dates itself
        against_note(desk, against, lang)
    gone_note(desk, lang)
    if against and not compares and (unknown := unknown_then(desk.at(against), state)):
        unknown_note(unknown, against, lang)
        against = None  # the rest of the page stands: it compares with nothing
    tokens = with_direction(current_tokens(), desk.settings.direction_colours)
    return Frame(lang, current_theme(), tokens, state, desk, against, opened)


def _bar(desk: Desk, state: ViewState, against: date | None, lang: Lang, *, filters: bool, compares: bool) -> Bar:
    pills = [as_of_pill(desk, lang), against_pill(desk, state, against, lang, needed=compares)]
    pills += filter_pills(desk, state, lang) if filters else []
    note = {"words": _import_note(desk, lang), "kind": "reconstructed" if desk.view.reconstructed else ""}
    view = shown_view(state, desk.as_of, against_id(state, needed=compares))
    return Bar(pills, freshness(desk, lang), note, view, import_dates(desk)[0])


def _import_note(desk: Desk, lang: Lang) -> str:
    # of a past date the import it stands on, not one that came later
    newest = next((one for one in desk.source.imports if one.as_of <= desk.as_of), desk.source.imports[-1])
    note = text("ui.imported", lang, moment=format.moment(newest.loaded_at.astimezone()), n=len(newest.tables))
    return f"{note} · {text('ui.reconstructed', lang)}" if desk.view.reconstructed else note
