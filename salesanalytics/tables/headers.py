"""How headers are compared: width, case, spaces and punctuation do not matter, and a unit in brackets may be absent."""

from __future__ import annotations

import re
import unicodedata

from salesanalytics.tables.column import Table

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|〈[^〈〉]*〉")


def normal_header(header: str) -> str:
    """Fold width and case and keep letters and digits only: ``'客户 编号*'`` → ``'客户编号'``."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", header).casefold() if sign.isalnum())


def header_forms(header: str) -> tuple[str, ...]:
    """Return the forms a header is compared in, best first: whole, then without what stands in brackets. Empty for a header of signs only."""
    folded = unicodedata.normalize("NFKC", header)
    forms = (normal_header(folded), normal_header(_BRACKETED.sub("", folded)))
    return tuple(dict.fromkeys(filter(None, forms)))


def columns_by_header(table: Table) -> dict[str, str]:
    """Map every accepted header form of ``table`` to the one column it means (names, the three headers, aliases)."""
    return {
        form: column.name
        for column in table.columns
        for spelling in column.spellings
        for form in header_forms(spelling)
    }
