"""How headers are compared: width, case, spaces, punctuation and traditional signs do not matter, and a unit in brackets may be absent."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from salesanalytics.tables.column import Table
from salesanalytics.tables.traditional import simplified

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|〈[^〈〉]*〉")


def normal_header(header: str) -> str:
    """Fold width, case and traditional signs, and keep letters and digits only: ``'客戶 编号*'`` → ``'客户编号'``."""
    folded = simplified(unicodedata.normalize("NFKC", header).casefold())
    return "".join(sign for sign in folded if sign.isalnum())


def without_brackets(header: str) -> str:
    """Return a header in plain width without what stands in brackets: ``'金额（万元）'`` → ``'金额'``."""
    return _BRACKETED.sub("", unicodedata.normalize("NFKC", header))


@lru_cache(maxsize=4096)
def header_forms(header: str) -> tuple[str, ...]:
    """Return the forms a header is compared in, best first: whole, then without what stands in brackets. Empty for a header of signs only."""
    forms = (normal_header(header), normal_header(without_brackets(header)))
    return tuple(dict.fromkeys(filter(None, forms)))


def columns_by_header(table: Table) -> dict[str, str]:
    """Map every accepted header form of ``table`` to the one column it means (names, the three headers, aliases)."""
    return {
        form: column.name
        for column in table.columns
        for spelling in column.spellings
        for form in header_forms(spelling)
    }
