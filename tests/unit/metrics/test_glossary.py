"""docs/metrics.md follows the declarations."""

from pathlib import Path

from salesanalytics.metrics import DIMENSIONS, METRICS
from salesanalytics.metrics.glossary import metrics_markdown

DOCUMENT = Path(__file__).parents[3] / "docs" / "metrics.md"


def test_the_committed_document_is_the_generated_one() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == metrics_markdown(), "run make docs"


def test_every_metric_and_dimension_is_in_it_once_a_language() -> None:
    document = metrics_markdown()
    for name in (*METRICS, *DIMENSIONS):
        assert document.count(f"| `{name}` |") == 2
