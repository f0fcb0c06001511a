"""The one error boundary: a ``UserError`` becomes its sentence, anything else an apology with an id that finds the log line."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang, text

LOG = logging.getLogger("salesanalytics.ui")


def apology(error: Exception, lang: Lang) -> str:
    """Log ``error`` under a new id and return the sentence that names the id."""
    mark = secrets.token_hex(4)
    LOG.error("unexpected error %s", mark, exc_info=error)
    return text("error.unexpected", lang, id=mark)


@contextmanager
def error_boundary(lang: Lang) -> Iterator[None]:
    """Show what went wrong inside in the place where it happened; the rest of the page lives on.

    Streamlit's own control flow (stop, rerun) is no error and passes.
    """
    try:
        yield
    except UserError as error:
        st.error(error.message(lang))
    except Exception as error:
        st.error(apology(error, lang))
