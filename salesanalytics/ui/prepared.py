"""States made ready in the background: the newest first, so that pages can change over, then the earlier ones sparklines look back at; and the first
questions asked.

Only a server prepares (``serve_prepared``); elsewhere whatever a page asks for is built when it asks.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from salesanalytics.insight.headline import WEEKS_SHOWN
from salesanalytics.settings import Settings
from salesanalytics.ui.data import Source
from salesanalytics.ui.kept_answers import kept_answers

LOG = logging.getLogger("salesanalytics.ui")


IDLE = 2.0
"""What is prepared for looking back rests this many times as long as it works."""
MOST_WAITED = 5.0
"""seconds"""
Ask = Callable[[Source], None]


@dataclass
class Preparation:
    """What is being made ready for one version of a workspace. ``answered``: what pages ask first has been asked."""

    source: Source
    settings: Settings
    ask: Ask
    ready: set[date] = field(default_factory=set)
    answered: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Build and keep the states, newest first, and ask what is asked first; whatever fails is left to the page that asks for it."""
        try:
            self._newest()
            self.answered.set()
            self._earlier()
        except Exception:
            LOG.exception("not prepared")
        finally:
            self.answered.set()
            self.done.set()
        try:
            self._long_ago()
        except Exception:
            LOG.exception("not prepared for looking back")

    def _newest(self) -> None:
        """The newest state and its answers; the earlier ones belong to them where they lie in the file already."""
        newest, *earlier = _dates(self.source)
        workspace = self.source.workspace
        workspace.state(newest, self.settings)
        self.ready |= {newest, *(on for on in earlier if workspace.state_at_hand(on, self.settings))}
        self.ask(self.source)

    def _earlier(self) -> None:
        dates, workspace = _dates(self.source), self.source.workspace
        complete = self.ready >= set(dates)
        for on in dates:
            if workspace.version() != self.source.seen:
                return
            workspace.keep_state(on, self.settings)
            self.ready.add(on)
        if not complete:
            self.ask(self.source)
        kept_answers(workspace, self.source.seen).keep(workspace)

    def _long_ago(self) -> None:
        """Keep the states of older import dates too, until the file holds as many as it may: whoever looks back finds them. There is no hurry."""
        workspace = self.source.workspace
        for on in sorted({record.as_of for record in self.source.imports}, reverse=True)[WEEKS_SHOWN:]:
            if workspace.state_at_hand(on, self.settings):
                continue
            if workspace.version() != self.source.seen:
                return
            began = time.monotonic()
            workspace.keep_state(on, self.settings)
            if not workspace.state_at_hand(on, self.settings):
                return
            time.sleep(IDLE * (time.monotonic() - began))


_lock = threading.Lock()
_begun: dict[str, Preparation] = {}
_ask: list[Ask] = []


def serve_prepared(ask: Ask) -> None:
    """Prepare from now on: there is a server that lives long enough. ``ask`` puts the questions whose answers are to be remembered."""
    _ask[:] = [ask]


def prepare(source: Source, settings: Settings) -> Preparation | None:
    """Begin to make ready what pages ask of ``source``, unless that was begun; None where nothing is prepared."""
    if not _ask or not source.imports:
        return None
    with _lock:
        found = _begun.get(source.folder)
        if found is None or (found.source.version, found.settings) != (source.version, settings):
            found = _begun[source.folder] = Preparation(source, settings, _ask[0])
            threading.Thread(target=found.run, name="prepare", daemon=True).start()
    return found


def showable(source: Source, settings: Settings) -> bool:
    """Say whether a page over ``source`` can be drawn without waiting; begins to prepare it."""
    found = prepare(source, settings)
    return found is None or found.answered.is_set()


def wait_until_ready(source: Source, settings: Settings) -> None:
    """Wait, not for ever, until what a page over ``source`` asks first is answered: a page that asked beside the preparation would do its work twice."""
    found = prepare(source, settings)
    if found is not None:
        found.answered.wait(MOST_WAITED)


def dates_at_hand(source: Source, settings: Settings) -> tuple[date, ...]:
    """Return the import dates whose states answer at once: all of them, once they have been prepared."""
    found = prepare(source, settings)
    every = tuple(sorted({record.as_of for record in source.imports}))
    if found is None or found.done.is_set() or found.ready >= set(_dates(source)):
        return every
    return tuple(on for on in every if on in found.ready)


def _dates(source: Source) -> list[date]:
    return sorted({record.as_of for record in source.imports}, reverse=True)[:WEEKS_SHOWN]
