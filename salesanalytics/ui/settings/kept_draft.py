"""Settings on their way, kept in the workspace under the name of whoever makes them: a reload of the page finds them again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from salesanalytics.settings import Settings
from salesanalytics.store.settings_history import read_document
from salesanalytics.store.workspace import Workspace

_NAME = "settings:"
"""Before the name of whoever makes them: imports on their way are kept under the bare name."""


@dataclass(frozen=True)
class Draft:
    """Settings on their way: made over ``base``; ``restores``: the version they are, where a former one is to be restored; ``at``: when they were last changed."""

    base: Settings
    proposed: Settings
    restores: int | None = None
    at: datetime | None = None


def keep(workspace: Workspace, who: str, draft: Draft | None) -> None:
    """Keep ``draft`` as what ``who`` is about to save; None, or one that changes nothing, forgets it."""
    body = None
    if draft is not None and draft.proposed != draft.base:
        body = json.dumps(
            {
                "base": draft.base.model_dump_json(exclude_defaults=True),
                "proposed": draft.proposed.model_dump_json(exclude_defaults=True),
                "restores": draft.restores,
                "at": (draft.at or datetime.now(UTC)).isoformat(),
            }
        )
    if body != workspace.kept_draft(_NAME + who):
        workspace.keep_draft(_NAME + who, body)


def read(workspace: Workspace, who: str) -> Draft | None:
    """Return what ``who`` was about to save, or None. One that cannot be read (of another version of the program) is forgotten."""
    body = workspace.kept_draft(_NAME + who)
    if body is None:
        return None
    try:
        kept = json.loads(body)
        base, proposed = read_document(kept["base"]), read_document(kept["proposed"])
        return Draft(base, proposed, kept["restores"], datetime.fromisoformat(kept["at"]))
    except (KeyError, TypeError, ValueError):
        workspace.keep_draft(_NAME + who, None)
        return None
