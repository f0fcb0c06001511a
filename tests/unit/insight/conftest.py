"""Brings the hand-made state of tests/metric_spec to these tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "metric_spec"))
