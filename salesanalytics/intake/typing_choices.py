"""Stages, yes and no, and values people choose from: each distinct spelling resolved once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from salesanalytics.intake.typing_cells import Cells, Problem, Typed, by_spelling, folded, problems_at
from salesanalytics.intake.typing_text import type_text
from salesanalytics.stages import StageModel
from salesanalytics.tables.choices import YES_NO
from salesanalytics.tables.traditional import simplified

_TRUE = frozenset(spelling.casefold() for spelling in (*YES_NO["yes"], "yes", "true", "t", "1", "☑", "✔"))
_FALSE = frozenset(spelling.casefold() for spelling in (*YES_NO["no"], "no", "false", "f", "0", "☐", "✘", "x", "非"))


def type_stage(cells: Cells, stages: StageModel) -> Typed:
    """Stage ids. An unknown spelling is a problem that suggests the nearest stage."""
    text = type_text(cells).values
    values = by_spelling(text, stages.resolve, pl.String)
    unknown = (text.is_not_null() & values.is_null()).arg_true().to_list()
    nearest = {spelling: stages.nearest(spelling) for spelling in {text[index] for index in unknown}}
    problems = tuple(
        Problem(index, "unknown-stage", text[index], suggestion=near[0] if (near := nearest[text[index]]) else None)
        for index in unknown
    )
    return Typed(values, problems)


def type_boolean(cells: Cells) -> Typed:
    """Yes and no in the customary spellings, ``TRUE``/``FALSE``, 1 and 0."""
    text = type_text(cells).values
    values = by_spelling(text, _truth, pl.Boolean)
    return Typed(values, problems_at(cells, text.is_not_null() & values.is_null(), "unreadable-boolean"))


def _truth(spelling: str) -> bool | None:
    word = _plain(spelling)
    return True if word in _TRUE else (False if word in _FALSE else None)


def to_choice(values: pl.Series, choices: Mapping[str, tuple[str, ...]]) -> pl.Series:
    """Bring customary spellings to their id; keep any other text."""
    ids = {_plain(s): choice for choice, spellings in choices.items() for s in (choice, *spellings)}
    return by_spelling(values, lambda spelling: ids.get(_plain(spelling), spelling), pl.String)


def _plain(spelling: str) -> str:
    """Fold what cannot change the meaning of a customary value: width, case, spaces, traditional signs."""
    return simplified("".join(folded(spelling).casefold().split()))
