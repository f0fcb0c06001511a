"""Files and people as a command meets them: a path becomes an UploadedFile, the user is who the machine says."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from salesanalytics.errors import UserError
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.store.workspace import open_workspace


def who() -> str:
    """Return the name the machine knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "cli"


def settings_of(folder: Path | None) -> Settings:
    """Return the settings of the workspace in ``folder``, the program's own without one. Raises as ``open_workspace``."""
    if folder is None:
        return DEFAULT_SETTINGS
    with open_workspace(folder, read_only=True) as workspace:
        return workspace.settings()


def uploaded(path: Path) -> UploadedFile:
    """Return the file at ``path`` with its digest; UserError if it is not there."""
    if not path.is_file():
        raise UserError("file-not-found", file=str(path))
    content = path.read_bytes()
    return UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())
