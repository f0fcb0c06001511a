"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
SOAK = os.environ.get("SALESANALYTICS_SOAK") == "1"

settings.register_profile("quick", max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("soak" if SOAK else "quick")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real and hostile files beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED_DATA.exists():
        pytest.skip(f"no data folder at {SHARED_DATA.relative_to(ROOT.parent)} beside the checkout")
    return SHARED_DATA
