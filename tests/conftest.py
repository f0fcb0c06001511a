"""What every test may use."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.types import Mode
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.counts import PROPERTY, SOAK, summed, taken

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

settings.register_profile("quick", max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# in CI the same examples each time and no shrinking: a failure is told at once, and a random one is for the developers' and soak runs to find
settings.register_profile(
    "ci", settings.get_profile("quick"), derandomize=True, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("soak" if SOAK else "ci" if os.environ.get("CI") == "true" else "quick")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A test's counts travel with its report, also from another process."""
    report = yield
    if call.when == "call" and (found := taken()):
        report.user_properties.append((PROPERTY, found))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was gone through, so that a run that silently did less is seen."""
    stats = terminalreporter.stats
    total = summed([report for kind in ("passed", "failed") for report in stats.get(kind, [])])
    for name, number in sorted(total.items()):
        terminalreporter.write_line(f"counted: {number:,} {name}")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real and hostile files beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED_DATA.exists():
        pytest.skip(f"no data folder at {SHARED_DATA.relative_to(ROOT.parent)} beside the checkout")
    return SHARED_DATA


def uploaded(name: str, content: bytes) -> UploadedFile:
    """A file as a user hands it in."""
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The last eight weekly exports of the committed sample, loaded as a user would; for reading only."""
    with open_workspace(tmp_path_factory.mktemp("sample")) as workspace:
        for path in sorted((ROOT / "sample_data").glob("*.xlsx"))[-8:]:
            as_of = date.fromisoformat(path.name[:10])
            batch = process([uploaded(path.name, path.read_bytes())], DEFAULT_SETTINGS, as_of=as_of)
            workspace.load(batch, as_of, "full", who="test", accept_errors=False)
        yield workspace


@pytest.fixture
def loaded() -> Iterator[Callable[..., Workspace]]:
    """``loaded({"2026-11-08": {"leads.csv": "…", "followups.csv": "…"}})``: a private workspace with these CSV files imported on these dates."""
    with open_workspace(None) as workspace:

        def load(imports: Mapping[str, Mapping[str, str]], mode: Mode = "full") -> Workspace:
            for day, files in imports.items():
                as_of = date.fromisoformat(day)
                given = [uploaded(name, content.encode()) for name, content in files.items()]
                batch = process(given, workspace.settings(), as_of=as_of, known_customers=workspace.known_customers)
                assert not batch.errors, batch.errors
                workspace.load(batch, as_of, mode, who="test", accept_errors=False)
            return workspace

        yield load
