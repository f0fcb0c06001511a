"""compact: give back what the workspace's file no longer needs."""

from __future__ import annotations

from argparse import Namespace

from salesanalytics.commands.output import as_json, write
from salesanalytics.i18n import text
from salesanalytics.store.compact import compact

_MEGABYTE = 10**6


def compact_workspace(args: Namespace) -> int:
    """Rewrite the workspace's file. Nobody else may have it open."""
    done = compact(args.workspace)
    if args.json:
        write(as_json({"before_bytes": done.before, "after_bytes": done.after}))
    else:
        before, after = (f"{size / _MEGABYTE:.1f}" for size in (done.before, done.after))
        write(text("cli.compacted", args.lang, before=before, after=after))
    return 0
