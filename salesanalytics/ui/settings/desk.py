"""What every panel of the Settings page works with: the settings as saved, and as the user proposes them."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang, text
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import Change, changes, field_of, with_values
from salesanalytics.store.workspace import Workspace
from salesanalytics.ui.data import Desk
from salesanalytics.ui.session import Key
from salesanalytics.ui.settings import kept_draft
from salesanalytics.ui.settings.kept_draft import Draft


@dataclass(frozen=True)
class SettingsDesk:
    """``saved`` holds for everybody, ``proposed`` is what the user would save. ``desk`` asks of the present data, None without any.

    A panel shows ``proposed`` and calls ``propose`` (or ``change``, for one declared value) from an ``on_change``.
    """

    lang: Lang
    workspace: Workspace
    saved: Settings
    desk: Desk | None

    @property
    def draft(self) -> Draft:
        """What is on its way; what others saved meanwhile is underneath it, whatever it does not touch itself."""
        if Key.SETTINGS_DRAFT not in st.session_state:  # the page was reloaded, or is opened for the first time
            st.session_state[Key.SETTINGS_DRAFT] = kept_draft.read(self.workspace, user())
        kept: Draft | None = st.session_state[Key.SETTINGS_DRAFT]
        if kept is None:
            return Draft(self.saved, self.saved)
        if kept.base != self.saved:
            if self.saved.stages != kept.base.stages != kept.proposed.stages:
                st.session_state[Key.SETTINGS_PROBLEM] = text("settings.others_changed", self.lang)
            kept = replace(kept, base=self.saved, proposed=rebased(kept.base, kept.proposed, self.saved))
            self._keep(kept)
        return kept

    @property
    def proposed(self) -> Settings:
        """The settings as they would be saved now."""
        return self.draft.proposed

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs from what is saved."""
        return changes(self.saved, self.proposed)

    def propose(self, settings: Settings, restores: int | None = None) -> None:
        """Keep ``settings`` as the user's proposal."""
        self._keep(Draft(self.saved, settings, restores, datetime.now(UTC)))

    def change(self, key: str, value: object) -> None:
        """Propose another value of one declared setting."""
        self.attempt(lambda: with_values(self.proposed, {key: value}))

    def attempt(self, make: Callable[[], Settings]) -> None:
        """Propose what ``make`` gives; if that is not possible, keep the sentence why for the page."""
        try:
            self.propose(make())
        except UserError as error:
            st.session_state[Key.SETTINGS_PROBLEM] = error.message(self.lang)

    def discard(self) -> None:
        """Let go of the proposal."""
        self._keep(None)

    def _keep(self, draft: Draft | None) -> None:
        """Keep the draft in this session, and in the workspace for the next one of the same user."""
        st.session_state[Key.SETTINGS_DRAFT] = draft
        kept_draft.keep(self.workspace, user(), draft)

    def save(self) -> None:
        """Save the proposal as a version; it holds for everybody at once."""
        draft = self.draft
        try:
            self.workspace.save_settings(draft.proposed, user(), restores=draft.restores)
        except UserError as error:
            st.session_state[Key.SETTINGS_PROBLEM] = error.message(self.lang)
            return
        self.discard()
        st.toast(text("settings.saved", self.lang))


def rebased(base: Settings, proposed: Settings, saved: Settings) -> Settings:
    """Return ``saved`` with what ``proposed`` changed over ``base``. Stages and analysis are each taken as one:
    changed on both sides, the saved one stands."""
    made = changes(base, proposed)
    values = {change.key: change.after for change in made if field_of(change.key) and change.after is not None}
    merged = with_values(saved, values)
    severities = dict(saved.severities)
    for change in made:
        group, _, name = change.key.partition(".")
        if group == "severities":
            severities.pop(name, None)
            if name in proposed.severities:
                severities[name] = proposed.severities[name]
    stages = proposed.stages if saved.stages == base.stages else saved.stages
    analysis = proposed.analysis if saved.analysis == base.analysis else saved.analysis
    return merged.model_copy(update={"severities": severities, "stages": stages, "analysis": analysis})


def user() -> str:
    """Return the name the machine knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"
