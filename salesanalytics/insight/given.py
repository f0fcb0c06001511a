"""Whether a dimension's value says anything: what stands for "nobody filled it in" is counted and opens its rows like any other, but is never the finding."""

from __future__ import annotations

from salesanalytics.tables.no_value import NO_VALUE_WORDS


def is_given(value: str | None) -> bool:
    """Say whether ``value`` names something: neither absent nor a word people write for that ("未知", "N/A")."""
    return bool(value) and str(value).strip().casefold() not in NO_VALUE_WORDS
