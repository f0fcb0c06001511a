"""Whether a dimension's value says anything: what stands for "nobody filled it in" is counted and opens its rows like any other, but is never the finding."""

from __future__ import annotations

_STANDS_FOR_NOTHING = frozenset({
    "-", "--", "---", "—", "——", "–", "－", "/", "\\", "?", "？", "n/a", "na", "#n/a", "null", "nan", "none", "tbd", "(空)", "（空）", "无", "無", "暂无", "暫無", "未知", "待定",
    "未填", "未填写", "未填寫", "未提供", "未登记", "未分类", "不详", "不詳", "不明", "不清楚", "待补充", "待完善", "unknown", "not given", "not specified", "unspecified",
    "not available", "not set", "not known", "undefined", "missing", "empty", "blank", "(blank)", "(none)", "(unknown)", "no value",
})  # fmt: skip
"""In lower case. Imports keep such words in columns of text, since they are what the user's own system says."""


def is_given(value: str | None) -> bool:
    """Say whether ``value`` names something: neither absent nor a word people write for that ("未知", "N/A")."""
    return bool(value) and str(value).strip().casefold() not in _STANDS_FOR_NOTHING
