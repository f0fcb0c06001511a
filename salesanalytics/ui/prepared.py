"""States made ready in the background: the newest first, so that pages can change over, then the earlier ones sparklines look back at.

Only a server prepares (``serve_prepared``); elsewhere whatever a page asks for is built when it asks.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import date

from salesanalytics.insight.headline import WEEKS_SHOWN
from salesanalytics.settings import Settings
from salesanalytics.ui.data import Source

LOG = logging.getLogger("salesanalytics.ui")


@dataclass
class Preparation:
    """What is being made ready for one version of a workspace."""

    source: Source
    settings: Settings
    ready: set[date] = field(default_factory=set)
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Build and keep the states, newest first; whatever fails is left to the page that asks for it."""
        workspace = self.source.workspace
        try:
            for on in _dates(self.source):
                if workspace.version() != self.source.seen:
                    break
                workspace.state(on, self.settings)
                self.ready.add(on)
                workspace.keep_state(on, self.settings)
        except Exception:
            LOG.exception("not prepared")
        finally:
            self.done.set()


_served = threading.Event()
_lock = threading.Lock()
_begun: dict[str, Preparation] = {}


def serve_prepared() -> None:
    """Prepare from now on: there is a server that lives long enough."""
    _served.set()


def prepare(source: Source, settings: Settings) -> Preparation | None:
    """Begin to make ready what pages ask of ``source``, unless that was begun; None where nothing is prepared."""
    if not _served.is_set() or not source.imports:
        return None
    with _lock:
        found = _begun.get(source.folder)
        if found is None or (found.source.version, found.settings) != (source.version, settings):
            found = _begun[source.folder] = Preparation(source, settings)
            threading.Thread(target=found.run, name="prepare", daemon=True).start()
    return found


def showable(source: Source, settings: Settings) -> bool:
    """Say whether a page over ``source`` can be drawn without waiting for its state; begins to prepare it."""
    found = prepare(source, settings)
    return found is None or found.done.is_set() or _dates(source)[0] in found.ready


def dates_at_hand(source: Source, settings: Settings) -> tuple[date, ...]:
    """Return the import dates whose states answer at once: all of them, once they have been prepared."""
    found = prepare(source, settings)
    every = tuple(sorted({record.as_of for record in source.imports}))
    return every if found is None or found.done.is_set() else tuple(on for on in every if on in found.ready)


def _dates(source: Source) -> list[date]:
    return sorted({record.as_of for record in source.imports}, reverse=True)[:WEEKS_SHOWN]
