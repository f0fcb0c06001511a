"""Customary values however people spell them: a file's 电话, 致电 and call are one method, in a cut as in a count."""

from __future__ import annotations

from collections.abc import Mapping


def canonical(column: str, choices: Mapping[str, tuple[str, ...]]) -> str:
    """Return SQL for the id of a customary value (``tables.choices``) in ``column``, whatever its spelling; any other text stays as it is."""
    folded = f"lower(replace(replace({column}, ' ', ''), '\u3000', ''))"
    cases = (
        f"WHEN {folded} IN ({', '.join(_literal(spelling) for spelling in dict.fromkeys((kind, *spellings)))}) THEN {_literal(kind)}"
        for kind, spellings in choices.items()
    )
    return f"CASE {' '.join(cases)} ELSE {column} END"


def _literal(spelling: str) -> str:
    return "'" + spelling.casefold().replace(" ", "").replace("'", "''") + "'"
