"""What the first visitor would otherwise wait for, done while the browser opens: the sample, and the states the overview looks at."""

from __future__ import annotations

import logging
import threading

from salesanalytics.errors import UserError
from salesanalytics.store.workspace import Workspace
from salesanalytics.ui.data import Source, effective_imports, open_desk, own_workspace, sample_workspace
from salesanalytics.ui.filter_values import ask_values
from salesanalytics.ui.overview.answers import ask_everything
from salesanalytics.ui.prepared import prepare, serve_prepared
from salesanalytics.ui.sample import start_building

LOG = logging.getLogger("salesanalytics.ui")


def start_warm_up() -> threading.Thread:
    """Begin in the background; who has data of their own needs no sample."""
    serve_prepared(_ask)
    thread = threading.Thread(target=_warm_up, name="warm-up", daemon=True)
    thread.start()
    return thread


def _ask(source: Source) -> None:
    """Ask what a visit begins with."""
    desk = open_desk(source, source.imports[0].as_of)
    ask_values(desk)
    ask_everything(desk)


def _warm_up() -> None:
    try:
        own = own_workspace()
        if effective_imports(own):
            _look_at(own, is_sample=False)
            return
        building = start_building()
        if building.thread is not None:
            building.thread.join()
        _look_at(sample_workspace(), is_sample=True)
    except UserError as error:
        LOG.warning("not warmed up: %s", error.kind)  # the page says it, in the visitor's language
    except Exception:
        LOG.exception("not warmed up")


def _look_at(workspace: Workspace, *, is_sample: bool) -> None:
    own, version = own_workspace(), workspace.version()
    shown = version + own.version() if is_sample else version
    source = Source(workspace, is_sample, shown, tuple(effective_imports(workspace)), version)
    prepare(source, own.settings())
