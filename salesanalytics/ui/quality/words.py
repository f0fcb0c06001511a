"""Words several parts of the Quality page use."""

from __future__ import annotations

from salesanalytics.i18n import Lang, has_text, text


def kind_name(kind: str, lang: Lang) -> str:
    """Return what a kind of issue is called."""
    key = f"check.{kind}.title"
    return text(key, lang) if has_text(key, lang) else kind
