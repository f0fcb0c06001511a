"""Random companies, uploaded week by week and loaded: what Hypothesis draws for the tests of metrics."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from salesanalytics.access import EVERYONE, Scope, View
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.oracle.book import Book
from tests.oracle.loaded import load_uploads
from tests.oracle.retold import book_of
from tests.oracle.uploads import FIRST_UPLOAD, random_uploads

CUTS = ("owner", "team", "region", "source", "industry", "stage", "tier", "grade", "competitor", "origin_kind")
SPECIAL = ("method", "lost_reason", "overdue_age")
TIMES = ("day", "week", "month", "quarter")


@dataclass(frozen=True)
class Company:
    """A company by its seed (the same customers whatever their number, so that Hypothesis can make it smaller), asked ``later`` days after its last upload."""

    seed: int
    customers: int
    imports: int
    later: int
    fate: str = "any"


@dataclass(frozen=True)
class Opened:
    """A company's workspace, its state behind a view, and the oracle's book of the same day."""

    workspace: Workspace
    as_of: date
    book: Book

    def view(self, scope: Scope = EVERYONE) -> View:
        """Return the state as a viewer sees it."""
        return View(self.workspace.state(self.as_of), scope)

    def view_at(self, day: date) -> View:
        """Return everything as of another day."""
        return View(self.workspace.state(day))


@contextmanager
def opened(company: Company) -> Iterator[Opened]:
    """Load a company's uploads and tell them again."""
    uploads = random_uploads(company.seed, company.customers, company.imports, fate=company.fate)
    as_of = uploads[-1].as_of + timedelta(days=company.later)
    with open_workspace(None) as workspace:
        load_uploads(workspace, uploads)
        yield Opened(workspace, as_of, book_of(uploads, as_of))


COMPANIES = st.builds(
    Company, st.integers(0, 10**6), st.integers(0, 40), st.sampled_from([1, 1, 2, 3]), st.integers(0, 12)
)
_OFFSETS = st.integers(-130, 20)
_DAYS = _OFFSETS.map(lambda days: FIRST_UPLOAD + timedelta(days=days))
PERIODS = st.one_of(
    st.just((None, None)),
    st.just((date(2026, 10, 1), date(2026, 12, 31))),
    st.tuples(_DAYS, _DAYS).map(lambda pair: (min(pair), max(pair))),
    st.tuples(_DAYS, st.none()),
    st.tuples(st.none(), _DAYS),
)
FILTERS = st.one_of(
    st.just(()),
    st.sampled_from(
        [
            (("owner", ("Li",)),),
            (("owner", ("", "O'Brien")),),
            (("region", ("N", "")),),
            (("source", ("官网", "展会")), ("team", ("East", ""))),
            (("stage", ("opportunity", "won")),),
            (("tier", ("churn-risk",)),),
            (("custom:产品线", ("A", "")),),
            (("month", ("2026-10", "")),),
            (("owner", ("Wang",)), ("region", ("S",))),
        ]
    ),
)
