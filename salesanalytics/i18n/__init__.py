"""Message catalogues in Simplified Chinese and English, and the formats of numbers, money and dates."""

from salesanalytics.i18n.catalogue import LANGS, Lang, has_text, keys, text

__all__ = ["LANGS", "Lang", "has_text", "keys", "text"]
