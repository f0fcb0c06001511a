"""What people and systems write in a cell nobody filled in, where the column holds text and so keeps it."""

NO_VALUE_WORDS = frozenset({
    "-", "--", "---", "—", "——", "–", "－", "/", "\\", "?", "？", "n/a", "na", "#n/a", "null", "nan", "none", "tbd", "(空)", "（空）", "无", "無", "暂无", "暫無", "未知", "待定",
    "未填", "未填写", "未填寫", "未提供", "未登记", "未分类", "不详", "不詳", "不明", "不清楚", "待补充", "待完善", "unknown", "not given", "not specified", "unspecified",
    "not available", "not set", "not known", "undefined", "missing", "empty", "blank", "(blank)", "(none)", "(unknown)", "no value",
})  # fmt: skip
"""In lower case. Imports keep such words in columns of text, since they are what the user's own system says."""
