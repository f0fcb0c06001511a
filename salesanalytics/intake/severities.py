"""Changing how severe a check is: which may be changed at all, and what goes back to its default."""

from __future__ import annotations

from salesanalytics.errors import UserError
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.settings import Settings, Severity


def with_severity(settings: Settings, kind: str, severity: str) -> Settings:
    """Return the settings with another severity of a check (``error``, ``warning``; ``default`` takes the setting away).

    Raises ``UserError``: ``severity-unknown-check``, ``severity-fixed``, ``settings-bad-value``.
    """
    check = CHECK_BY_KIND.get(kind)
    if check is None:
        raise UserError("severity-unknown-check", check=kind)
    wanted = _severity(kind, severity)
    if check.fixed and wanted not in (None, check.severity):
        raise UserError("severity-fixed", title_zh=check.title("zh"), title_en=check.title("en"))
    others = {each: kept for each, kept in settings.severities.items() if each != kind}
    if wanted is not None and wanted != check.severity:
        others[kind] = wanted
    return settings.model_copy(update={"severities": others})


def _severity(kind: str, written: str) -> Severity | None:
    match written:
        case "error" | "warning":
            return written
        case "default":
            return None
    raise UserError("settings-bad-value", key=f"severities.{kind}", value=written, possible="error · warning · default")
