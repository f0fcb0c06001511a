"""Errors a person can read: a kind, its parameters, and a sentence in each language."""

from __future__ import annotations

from salesanalytics.i18n import Lang, text


class UserError(Exception):
    """Something the user can understand and act on.

    ``kind`` is kebab-case and names the sentence ``error.<kind>`` in the catalogues; ``params`` fill its blanks.
    Raised anywhere below the user interface, shown by the one error boundary of the page or by the CLI.
    """

    def __init__(self, kind: str, **params: object) -> None:
        super().__init__(kind, params)
        self.kind = kind
        self.params = params

    def message(self, lang: Lang) -> str:
        """Return the sentence for ``lang``: what happened, where, and what to do."""
        return text(f"error.{self.kind}", lang, **self.params)


class FileRefused(UserError):  # noqa: N818 - a refusal is what the user is told
    """A whole file that cannot be read: its kind says why (``encrypted``, ``corrupt``, ``too-big`` …)."""
