"""Names of dimension values as people read them: ids in their words, what is not filled in said as that."""

from __future__ import annotations

import re

from salesanalytics.i18n import Lang, has_text, text
from salesanalytics.stages import StageModel
from salesanalytics.tables.choices import METHODS, ORIGINS

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!:$|~<>])")
_CHOICES = {"origin_kind": ORIGINS, "method": METHODS}


def value_name(value: str, dimension: str, lang: Lang, stages: StageModel | None = None) -> str:
    """Return a value's name; "" is the pool for owners, else "not filled in". A value of no list is the user's own word."""
    if not value:
        return text("ui.pool" if dimension == "owner" else "ui.no_value", lang)
    if dimension == "stage" and stages and value in stages.ids:
        return stages.get(value).name(lang)
    if spellings := _CHOICES.get(dimension, {}).get(value):
        return spellings[0 if lang == "zh" else 1]
    key = f"trends.{dimension}_{value.replace('-', '_')}"
    return text(key, lang) if dimension == "tier" and has_text(key, lang) else value


def in_label(words: str) -> str:
    """Return the user's own words for a label that Streamlit reads as Markdown."""
    return _MARKDOWN.sub(r"\\\1", words)
