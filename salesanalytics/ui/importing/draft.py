"""An import while it is being prepared: which files, what the user said about them, and every correction so far. Plain data, no Streamlit."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from glob import escape as literally
from hashlib import sha256
from typing import Any, cast

from salesanalytics.intake.answers import Answer
from salesanalytics.intake.mapping import ColumnMap
from salesanalytics.intake.only_rows import RowPlace
from salesanalytics.intake.types import Correction, DateOrder, UploadedFile
from salesanalytics.store.types import Mode


@dataclass(frozen=True)
class DraftFile:
    """An uploaded file by name and digest (its bytes are kept by the workspace); ``size`` in bytes."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True)
class SheetChoice:
    """The user's word on one sheet: their header → our column (None = leave out), and our date column → its order."""

    digest: str
    file: str
    sheet: str
    table: str
    columns: Mapping[str, str | None] = field(default_factory=dict)
    date_order: Mapping[str, DateOrder] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str]:
        """What tells this sheet from the others of the draft."""
        return self.digest, self.sheet


@dataclass(frozen=True)
class Edit:
    """One fix, undone as a whole. ``kind``: the issue kind it answers (``""``: several); ``how``: the fix; ``old`` → ``new`` for the list of edits.

    ``alias``: a spelling and the stage id it is to mean from now on, once the import is loaded; ``answers``: what else is to be remembered then.
    """

    kind: str
    how: str
    corrections: tuple[Correction, ...]
    old: str | None = None
    new: str | None = None
    alias: tuple[str, str] | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class ImportDraft:
    """What is to be imported, and how. Immutable: each change gives a new draft. ``rows``: only these of the files' rows; none = all."""

    files: tuple[DraftFile, ...] = ()
    choices: tuple[SheetChoice, ...] = ()
    edits: tuple[Edit, ...] = ()
    as_of: date | None = None
    mode: Mode = "full"
    rows: tuple[RowPlace, ...] = ()

    def with_files(self, added: Sequence[UploadedFile]) -> ImportDraft:
        """Return the draft with more files; one that is in it already is not taken twice, one of the same name replaces the former."""
        new = {file.digest: DraftFile(file.name, file.digest, len(file.content)) for file in added}
        names = {file.name for file in new.values()}
        kept = [file for file in self.files if file.digest not in new and file.name not in names]
        gone = {file.digest for file in self.files} - {file.digest for file in kept} - set(new)
        return replace(self._without(gone), files=(*kept, *new.values()))

    def without_file(self, digest: str) -> ImportDraft:
        """Return the draft without a file and everything said about it."""
        left = tuple(file for file in self.files if file.digest != digest)
        rows = tuple(row for row in self.rows if row[0] != digest)
        return replace(self._without({digest}), files=left, rows=rows)

    def _without(self, digests: set[str]) -> ImportDraft:
        choices = tuple(choice for choice in self.choices if choice.digest not in digests)
        edits = tuple(
            replace(edit, corrections=kept)
            for edit in self.edits
            if (kept := tuple(each for each in edit.corrections if each.digest not in digests))
        )
        return replace(self, choices=choices, edits=edits)

    def choosing(self, choice: SheetChoice) -> ImportDraft:
        """Return the draft with a word on one sheet, laid over what was said about it before."""
        return replace(self, choices=_merged((*self.choices, choice)))

    def with_edit(self, edit: Edit) -> ImportDraft:
        """Return the draft with one more fix; one that changes nothing (of the rows to be imported) is not added."""
        if self.rows and edit.how != "earlier":
            edit = replace(edit, corrections=self.of_rows(edit.corrections))
        return replace(self, edits=(*self.edits, edit)) if edit.corrections else self

    def of_rows(self, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
        """Return the corrections of rows that are to be imported."""
        own = set(self.rows)
        return tuple(each for each in corrections if not own or (each.digest, each.sheet, each.row) in own)

    def undoing(self, place: int) -> ImportDraft:
        """Return the draft without the fix at ``place`` in ``edits``."""
        return replace(self, edits=(*self.edits[:place], *self.edits[place + 1 :]))

    def undoing_some(self, place: int, taken_back: Collection[int]) -> ImportDraft:
        """Return the draft without some corrections (by their places) of the fix at ``place``; what the fix taught is no longer remembered.

        A spelling that is to stand in one cell cannot be an alias of what it was replaced by in the others.
        """
        edit = self.edits[place]
        kept = tuple(each for at, each in enumerate(edit.corrections) if at not in taken_back)
        if not kept:
            return self.undoing(place)
        changed = replace(edit, corrections=kept, alias=None, answers=())
        return replace(self, edits=(*self.edits[:place], changed, *self.edits[place + 1 :]))

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Every correction in the order they were made; later ones win."""
        return tuple(each for edit in self.edits for each in edit.corrections)

    @property
    def maps(self) -> tuple[ColumnMap, ...]:
        """The user's words on sheets, as the pipeline takes them."""
        return tuple(
            ColumnMap(
                choice.table,
                dict(choice.columns),
                date_order=dict(choice.date_order),
                file=literally(choice.file.replace("\\", "/").rsplit("/", 1)[-1]),
                sheet=literally(choice.sheet),
            )
            for choice in self.choices
        )

    @property
    def aliases(self) -> dict[str, str]:
        """Spellings to be understood from now on → stage id."""
        return dict(edit.alias for edit in self.edits if edit.alias)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What is to be remembered for the next files."""
        return tuple(answer for edit in self.edits for answer in edit.answers)

    @property
    def left_out(self) -> frozenset[tuple[str, str, int]]:
        """Rows the user left out: (digest, sheet, row)."""
        return frozenset((each.digest, each.sheet, each.row) for each in self.corrections if each.action == "drop")

    def to_json(self) -> str:
        """Return the draft as text, to be kept over a reload."""
        return json.dumps(asdict(self), ensure_ascii=False, default=_plain)

    @cached_property
    def digest(self) -> str:
        """One digest of everything the draft says; asked for dozens of times a page, and a draft may hold thousands of corrections."""
        return sha256(self.to_json().encode()).hexdigest()


def _merged(choices: Sequence[SheetChoice]) -> tuple[SheetChoice, ...]:
    """Return one word a sheet: later ones are laid over earlier ones."""
    by_place: dict[tuple[str, str], SheetChoice] = {}
    for choice in choices:
        former = by_place.get(choice.place, choice)
        by_place[choice.place] = replace(
            choice,
            columns={**former.columns, **choice.columns},
            date_order={**former.date_order, **choice.date_order},
        )
    return tuple(by_place.values())


def draft_from_json(body: str) -> ImportDraft:
    """Return the draft ``to_json`` wrote. ``ValueError`` or ``KeyError`` if it is none (of an older version)."""
    kept = json.loads(body)
    if not isinstance(kept, dict):
        raise ValueError(body[:40])
    try:
        return ImportDraft(
            files=tuple(DraftFile(**each) for each in kept["files"]),
            choices=tuple(SheetChoice(**each) for each in kept["choices"]),
            edits=tuple(_edit(each) for each in kept["edits"]),
            as_of=date.fromisoformat(kept["as_of"]) if kept["as_of"] else None,
            mode=cast("Mode", kept["mode"]),
            rows=tuple((str(digest), str(sheet), int(row)) for digest, sheet, row in kept.get("rows", ())),
        )
    except TypeError as error:
        raise ValueError(str(error)) from error


def _edit(kept: dict[str, Any]) -> Edit:
    corrections = tuple(
        Correction(**{**each, "at": datetime.fromisoformat(each["at"])}) for each in kept["corrections"]
    )
    alias = tuple(kept["alias"]) if kept["alias"] else None
    answers = tuple(Answer(*each) for each in kept.get("answers", ()))
    return Edit(**{**kept, "corrections": corrections, "alias": alias, "answers": answers})


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
