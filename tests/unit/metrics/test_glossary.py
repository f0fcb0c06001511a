"""docs/metrics.md follows the declarations."""

import re
from pathlib import Path

from salesanalytics.i18n import text
from salesanalytics.metrics import DIMENSIONS, METRICS
from salesanalytics.metrics.glossary import metrics_markdown

DOCUMENT = Path(__file__).parents[3] / "docs" / "metrics.md"


def test_the_committed_document_is_the_generated_one() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == metrics_markdown(), "run make docs"


def test_every_metric_and_dimension_is_in_it_once_a_language() -> None:
    sections = re.split(r"^## ", metrics_markdown(), flags=re.MULTILINE)
    options = [
        one
        for one in sections
        if one.startswith((text("metric.document.options", "zh"), text("metric.document.options", "en")))
    ]
    assert len(options) == 2
    rest = "".join(one for one in sections if one not in options)
    for name in (*METRICS, *DIMENSIONS):
        assert rest.count(f"| `{name}` |") == 2
