"""The one exception of the reading child; the parent turns it into FileRefused. Kept apart so that the child imports next to nothing."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 - becomes a refusal
    """A file that cannot be read: ``kind`` names its sentence ``error.<kind>``, ``params`` fill the blanks."""

    def __init__(self, kind: str, **params: str | int) -> None:
        super().__init__(kind, params)
        self.kind = kind
        self.params = params
