"""A check's severity may be set, except where the row could not be placed without the cell."""

from __future__ import annotations

import pytest

from salesanalytics.errors import UserError
from salesanalytics.intake.issues import CHECKS, severity_of
from salesanalytics.intake.severities import with_severity
from salesanalytics.settings import DEFAULT_SETTINGS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.kind)
def test_every_check_can_be_set_or_says_why_not(check):
    other = "warning" if check.severity == "error" else "error"
    if check.fixed:
        with pytest.raises(UserError, match="severity-fixed"):
            with_severity(DEFAULT_SETTINGS, check.kind, other)
        return
    changed = with_severity(DEFAULT_SETTINGS, check.kind, other)
    assert severity_of(check.kind, changed) == other
    assert severity_of(check.kind, changed, required=True) == ("error" if check.fixed_if_required else other)
    assert with_severity(changed, check.kind, "default") == DEFAULT_SETTINGS
    assert with_severity(changed, check.kind, check.severity) == DEFAULT_SETTINGS
