"""The door: a viewer's history of one workspace, from which any past number is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from salesanalytics.access.scope import EVERYONE, Scope
from salesanalytics.access.view import View
from salesanalytics.insight.restated.restated import Asked, Restatement, number_at, restated
from salesanalytics.insight.restated.shown import Shown, shown_before
from salesanalytics.insight.restated.steps import Step, steps_since
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import Settings
from salesanalytics.store.known import Known
from salesanalytics.store.types import ImportRecord, SettingsVersion
from salesanalytics.store.workspace import Workspace


@dataclass(frozen=True)
class History:
    """What a workspace was told when, as one viewer may know it. Reading the records is cheap; states are built when numbers are asked."""

    workspace: Workspace
    scope: Scope
    settings: Settings
    records: tuple[ImportRecord, ...]
    versions: tuple[SettingsVersion, ...]
    _shown: dict[date, Shown | None] = field(default_factory=dict, repr=False, compare=False)
    _steps: dict[tuple[date, date | None], tuple[Step, ...]] = field(default_factory=dict, repr=False, compare=False)

    def shown(self, as_of: date) -> Shown | None:
        """Return when a date was shown before what is known of it changed; None where it was not, or nothing has changed."""
        if as_of not in self._shown:
            self._shown[as_of] = shown_before(self.records, as_of, self.versions)
        return self._shown[as_of]

    def view_of(self, as_of: date, known: Known | None, settings: Settings) -> View:
        """Return the view of a date, of some imports alone or (None) of those that count now."""
        if known is None:
            return View(self.workspace.state(as_of, settings), self.scope)
        return View(self.workspace.state_of(as_of, known, settings), self.scope)

    def steps(self, as_of: date, until: date | None = None) -> tuple[Step, ...]:
        """Return the steps from what a date showed to now, and on to a later date; none where nothing happened."""
        if (as_of, until) not in self._steps:
            shown = self.shown(as_of)
            then = self.workspace.settings_at(shown.until) if shown else self.settings
            self._steps[as_of, until] = steps_since(shown, then, self.settings, self.view_of, as_of=as_of, until=until)
        return self._steps[as_of, until]

    def view_shown(self, as_of: date) -> View:
        """Return what a date showed: as it was last known while it was shown, else as it is known."""
        steps = self.steps(as_of)
        return steps[0].view_before if steps else self.view_of(as_of, None, self.settings)

    def restated(self, asked: Asked, as_of: date, until: date | None = None) -> Restatement:
        """Return what became of a number shown as of a date; with ``until``, as that later date knows it (its filters must then name a period)."""
        steps = self.steps(as_of, until)
        # what somebody made only later was never shown
        if not steps or asked[0] not in metrics_of(steps[0].before.settings):
            value = number_at(self.view_of(as_of, None, self.settings), asked, self.settings)
            return Restatement(asked[0], asked[1], as_of, None, value, value, (), ())
        shown = self.shown(as_of)
        return restated(steps, asked, shown.until if shown else None)


def history_of(workspace: Workspace, scope: Scope = EVERYONE, settings: Settings | None = None) -> History:
    """Return a viewer's history of a workspace under ``settings`` (None: its own)."""
    now = settings or workspace.settings()
    return History(workspace, scope, now, tuple(workspace.imports()), tuple(workspace.settings_versions()))
