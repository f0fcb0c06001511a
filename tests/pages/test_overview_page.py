"""The Overview's own pieces, opened through app.py: counts lead to their lists, movers are the command line's numbers."""

import re

from salesanalytics.insight.flags import KINDS
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.store.workspace import open_workspace


def test_weeks_and_reps_open(open_app, full_workspace, page_text):
    shown = page_text(open_app(own=full_workspace, lang="en").run())
    opened = set(re.findall(r'data-open="([^"]+)"', shown))
    assert {name.partition(":")[0] for name in opened} >= {"week", "owner"}
    assert len([name for name in opened if name.startswith("week:")]) == 12


def test_flag_counts_are_those_of_the_listed_flags(full_workspace, tmp_path):
    import shutil

    from salesanalytics.access.view import View
    from salesanalytics.insight.flags import counts, flag_counts, flags

    copy = shutil.copytree(full_workspace, tmp_path / "copy")
    with open_workspace(copy) as workspace:
        view, settings = View(workspace.state()), workspace.settings()
        found = flag_counts(view, settings)
        assert found == counts(flags(view, settings))
        assert set(found) == set(KINDS)
        assert any(found.values())
        for kind, n in found.items():
            metric = f"flagged_{kind.replace('-', '_')}"
            assert ask(view, MetricQuery((metric,), (), Filters()), settings).total.values[metric] == n
