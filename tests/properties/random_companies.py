"""Random companies, uploaded week by week and loaded: what Hypothesis draws for the tests of metrics."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from salesanalytics.access import EVERYONE, Scope, View
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.counts import SOAK
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


def _of_today() -> tuple[Company, ...]:
    """Sixteen companies of every size, others each day; in CI always the same."""
    chance = Random(0 if os.environ.get("CI") == "true" else date.today().toordinal())
    sizes = (0, 1, 2, 3, 4, 6, 9, 12, 16, 20, 24, 28, 32, 36, 40, 40)
    return tuple(
        Company(chance.randrange(10**6), size, (1, 2, 3, 1)[place % 4], chance.randrange(13))
        for place, size in enumerate(sizes)
    )


SHARED = () if SOAK else _of_today()
"""What a short run draws from: to load a company costs more than what is asked of it, so each is loaded once and kept. A soak draws from all there are."""
COMPANIES = (
    st.sampled_from(SHARED)
    if SHARED
    else st.builds(
        Company, st.integers(0, 10**6), st.integers(0, 40), st.sampled_from([1, 1, 2, 3]), st.integers(0, 12)
    )
)
_SHAPES = ((0, "any"), (1, "any"), (1, "lost"), (9, "lost"))
SHARED_LITTLE = tuple(
    Company(company.seed, size, 1, 0, fate) for company, (size, fate) in zip(SHARED, _SHAPES, strict=False)
)
LITTLE = (
    st.sampled_from(SHARED_LITTLE)
    if SHARED
    else st.builds(
        lambda seed, shape: Company(seed, shape[0], 1, 0, shape[1]), st.integers(0, 10**6), st.sampled_from(_SHAPES)
    )
)
"""Companies with hardly anything to count."""
_KEPT: dict[Company, Opened] = {}
_OPEN = ExitStack()
atexit.register(_OPEN.close)


@contextmanager
def opened(company: Company) -> Iterator[Opened]:
    """Load a company's uploads and tell them again. Only for reading: the shared ones stay open for whoever asks next."""
    if company in SHARED or company in SHARED_LITTLE:
        if company not in _KEPT:
            _KEPT[company] = _OPEN.enter_context(_loaded(company))
        yield _KEPT[company]
    else:
        with _loaded(company) as found:
            yield found


@contextmanager
def _loaded(company: Company) -> Iterator[Opened]:
    uploads = random_uploads(company.seed, company.customers, company.imports, fate=company.fate)
    as_of = uploads[-1].as_of + timedelta(days=company.later)
    with open_workspace(None) as workspace:
        load_uploads(workspace, uploads)
        yield Opened(workspace, as_of, book_of(uploads, as_of))


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
