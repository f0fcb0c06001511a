"""What every part of the Data page works with: who asks, the draft as the workspace keeps it, and the bench that works it out."""

from __future__ import annotations

import getpass
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

import streamlit as st

from salesanalytics.errors import FileRefused
from salesanalytics.i18n import Lang, text
from salesanalytics.intake.types import Batch, UploadedFile
from salesanalytics.store.workspace import Workspace
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.importing.draft import Edit, ImportDraft, draft_from_json
from salesanalytics.ui.importing.fixes import Fixer
from salesanalytics.ui.importing.groups import issue_groups
from salesanalytics.ui.importing.questions import questions
from salesanalytics.ui.importing.workbench import Workbench

Step = Literal["match", "correct", "preview"]

_ID = "import-draft-id"
DRAFT_PARAM = "draft"
_STEP, _UPLOADER, _REFUSED, _SAID = "data-step", "data-uploader", "data-refused", "data-said"
_STOOD = "data-stood"


@st.cache_resource(show_spinner=False)
def _bench(folder: str, _workspace: Workspace) -> Workbench:
    return Workbench(_workspace)


def local_user() -> str:
    """Return the name the machine knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"


@dataclass
class ImportDesk:
    """One import being prepared. ``draft`` is as the workspace keeps it under ``draft_id``; ``saving`` replaces it there.

    The id is in the session and in the address: a reload finds the draft again, and two windows prepare two imports.
    """

    lang: Lang
    who: str
    workspace: Workspace
    bench: Workbench
    draft: ImportDraft = field(default_factory=ImportDraft)
    draft_id: str = ""

    @property
    def batch(self) -> Batch:
        """The draft's files, matched, corrected, typed and checked."""
        return self.bench.batch(self.draft)

    @property
    def fixer(self) -> Fixer:
        """What makes corrections over the draft's rows."""
        return self.bench.fixer(self.draft, self.who)

    @property
    def suggested(self) -> ImportDraft:
        """The draft with every suggestion taken."""
        return self.bench.suggested(self.draft, self.who, self.lang)

    @property
    def as_of(self) -> date | None:
        """The import's date: given, else from the file names."""
        return self.draft.as_of or self.batch.as_of_found

    def saving(self, draft: ImportDraft) -> None:
        """Keep ``draft`` from now on."""
        self.draft = draft
        if not self.draft_id:
            self.draft_id = secrets.token_hex(6)
        _remember_id(self.draft_id if draft.files else None)
        self.workspace.keep_draft(_name(self.who, self.draft_id), draft.to_json() if draft.files else None)
        self.workspace.keep_draft(self.who, self.draft_id if draft.files else None)

    def fixing(self, edit: Edit) -> None:
        """Add a fix and draw the page anew."""
        self.correcting(self.draft.with_edit(edit))

    def correcting(self, draft: ImportDraft) -> None:
        """Keep ``draft`` and stay with the corrections, also when none is left to be made, so that they can be undone."""
        self.saving(draft)
        self.go("correct")
        st.rerun()

    def discard(self) -> None:
        """Forget the draft; the data stay as they are."""
        self.bench.forget(self.draft)
        self.saving(ImportDraft())
        self.draft_id = ""
        for key in [key for key in st.session_state if str(key).startswith("data-")]:
            if key != _UPLOADER:
                del st.session_state[key]

    def stand_by(self) -> None:
        """Remember the draft, which is worked out, as the one to come back to when working out the next one is cancelled."""
        st.session_state[_STOOD] = self.draft

    def cancel(self) -> None:
        """End what is being worked out: back to the draft as it last stood, or, where there is none, to the upload."""
        stood: ImportDraft | None = st.session_state.get(_STOOD)
        if stood is not None and stood != self.draft and self.bench.is_worked_out(stood):
            self.saving(stood)
            self.say(text("data_page.cancelled_back", self.lang))
        else:
            self.discard()
            self.say(text("data_page.cancelled", self.lang))

    @property
    def step(self) -> Step:
        """The step shown: the one chosen, else the first that needs the user."""
        return cast("Step", st.session_state.get(_STEP) or self._first_step())

    def go(self, step: Step | None) -> None:
        """Show a step from the next run on; None lets the draft decide."""
        st.session_state[_STEP] = step

    def _first_step(self) -> Step:
        unsettled = any(file.refused is None and any(not s.table for s in file.sheets) for file in self.batch.files)
        if questions(self.batch) or self.as_of is None or (unsettled and not self.batch.tables):
            return "match"
        return "correct" if issue_groups(self.batch) else "preview"

    @property
    def uploader_key(self) -> str:
        """The uploader's key: a new one after each upload, so that it lets go of the bytes."""
        return f"data-upload-{st.session_state.get(_UPLOADER, 0)}"

    def take(self, uploads: Iterable[tuple[str, bytes]]) -> None:
        """Take uploaded files (name, bytes) into the draft, keeping their bytes at once, and draw the page anew.

        The size is checked here too, since the server does not hold the widget's limit.
        """
        limit = self.workspace.settings().limits.max_file_bytes
        refused: list[str] = []
        taken: list[UploadedFile] = []
        for name, content in uploads:
            if len(content) > limit:
                refused.append(FileRefused("too-big", file=name, limit_mb=limit // 2**20).message(self.lang))
                continue
            file = UploadedFile(name, content, hashlib.sha256(content).hexdigest())
            self.workspace.keep_file(file)
            taken.append(file)
        st.session_state[_REFUSED] = refused
        st.session_state[_UPLOADER] = st.session_state.get(_UPLOADER, 0) + 1
        if taken and {file.digest for file in taken} <= {file.digest for file in self.draft.files}:
            self.say(text("data_page.file_unchanged", self.lang))
        elif taken:
            self.saving(self.draft.with_files(taken))
            self.go(None)
        st.rerun()

    def say(self, sentence: str) -> None:
        """Show a sentence once, after the next run."""
        st.session_state[_SAID] = sentence

    def said(self) -> str | None:
        """Return the sentence to show now, once."""
        return cast("str | None", st.session_state.pop(_SAID, None))

    def too_big(self) -> list[str]:
        """Return why files of the last upload were not taken at all."""
        return list(st.session_state.get(_REFUSED, ()))


def _name(who: str, draft_id: str) -> str:
    return f"{who}/{draft_id}"


def _remember_id(draft_id: str | None) -> None:
    st.session_state[_ID] = draft_id
    if draft_id:
        st.query_params[DRAFT_PARAM] = draft_id
    elif DRAFT_PARAM in st.query_params:
        del st.query_params[DRAFT_PARAM]


def _read_draft(workspace: Workspace, who: str, draft_id: str) -> ImportDraft:
    """Return a kept draft, an empty one if there is none of that id; one of an older version is forgotten."""
    kept = workspace.kept_draft(_name(who, draft_id))
    if kept is None:
        return ImportDraft()
    try:
        return draft_from_json(kept)
    except (ValueError, KeyError):
        workspace.keep_draft(_name(who, draft_id), None)
        return ImportDraft()


def open_desk(lang: Lang) -> ImportDesk:
    """Return the desk with this window's draft."""
    workspace = own_workspace()
    who = local_user()
    draft_id = st.session_state.get(_ID) or st.query_params.get(DRAFT_PARAM) or ""
    draft = _read_draft(workspace, who, draft_id) if draft_id else ImportDraft()
    if draft.files:
        _remember_id(draft_id)
    else:
        draft_id = ""
    return ImportDesk(lang, who, workspace, _bench(str(workspace.folder), workspace), draft, draft_id)


def offer_unfinished(desk: ImportDesk) -> None:
    """Offer the import this user left unfinished last, in another window or on another day."""
    last = desk.workspace.kept_draft(desk.who)
    draft = _read_draft(desk.workspace, desk.who, last) if last else ImportDraft()
    if not draft.files or not last:
        return
    with st.container(key="data-unfinished", horizontal=True, vertical_alignment="center"):
        st.markdown(text("data_page.unfinished", desk.lang, n=len(draft.files)))
        if st.button(text("data_page.unfinished_resume", desk.lang), key="data-resume"):
            _remember_id(last)
            st.rerun()
