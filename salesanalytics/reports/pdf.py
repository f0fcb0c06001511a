"""ReportContent → PDF, by typst. The same content gives the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from salesanalytics.i18n import text
from salesanalytics.i18n.format import DASH, number
from salesanalytics.reports.types import FunnelStep, HeatSection, ReportContent

HERE = Path(__file__).parent
TEMPLATE = HERE / "weekly.typ"
FONTS = HERE / "fonts"
COVERAGE = FONTS / "coverage.txt"
"""Code points in hexadecimal, single or from-to; made by tools/cut_fonts.py."""
MOST_FLAG_ROWS = 200
"""The rest goes to the Excel summary: a PDF of thousands of rows is neither read nor quick."""
_LONG_RUN = re.compile(r"[\x21-\x7e]{25,}")
REPLACEMENT = "\N{WHITE SQUARE}"


@cache
def _glyphs() -> frozenset[int]:
    """Return the code points both weights can print, as written down when the fonts were cut: to read the fonts themselves takes half a second."""
    ranges = (line.split("-") for line in COVERAGE.read_text("ascii").split())
    return frozenset(code for ends in ranges for code in range(int(ends[0], 16), int(ends[-1], 16) + 1))


def _printable(words: str) -> str:
    """Return ``words`` without characters the font lacks (they would print as an empty box unannounced), long runs breakable."""
    glyphs = _glyphs()
    shown = "".join(
        " " if ch.isspace() else ch if ord(ch) in glyphs else REPLACEMENT
        for ch in words
        if ch.isprintable() or ch.isspace()
    )
    return _LONG_RUN.sub(lambda run: "\u200b".join(run[0]), shown)


def _clean(node: Any) -> Any:
    if isinstance(node, str):
        return _printable(node)
    if isinstance(node, dict):
        return {key: _clean(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_clean(value) for value in node]
    return node


def _in_unit(value: float | None, size: int, decimals: int) -> str:
    """An amount in the table's unit; nothing at all is a bare 0, as on the pages."""
    return DASH if value is None else number(value / size, decimals if value else 0)


def _heat(heat: HeatSection) -> dict[str, Any]:
    def words(value: float | None) -> str:
        return _in_unit(value, heat.unit_size, heat.decimals)

    return {
        **asdict(heat),
        "texts": [[words(value) for value in line] for line in heat.values],
        "row_total_texts": [words(value) for value in heat.row_totals],
        "column_total_texts": [words(value) for value in heat.column_totals],
        "total_text": words(heat.total),
    }


def _customers(step: FunnelStep) -> str:
    """A stage's customers, with those on the date compared with in brackets."""
    then = "" if step.then is None else f" ({number(step.then)})"
    return f"{number(step.customers)}{then}"


def template_data(content: ReportContent) -> dict[str, Any]:
    """Return what the template draws: the content, with numbers that are only drawn already in words."""
    trend, flags = content.trend, content.flags
    left_out = len(flags.rows) - MOST_FLAG_ROWS
    return {
        **{
            name: getattr(content, name)
            for name in ("lang", "title", "header_right", "footer_left", "footer_middle", "page_of", "filters_text")
        },
        "year": content.as_of.year,
        "month": content.as_of.month,
        "day": content.as_of.day,
        "judged": dict(content.judged),
        "compared": content.then_on is not None,
        "sample_text": text("report.sample", content.lang) if content.sample else "",
        "kpis": [asdict(kpi) for kpi in content.kpis],
        "trend": {
            **asdict(trend),
            "tick_text": [f"{tick / trend.unit_size:,g}" for tick in trend.ticks],
        },
        "funnel": {
            **asdict(content.funnel),
            "steps": [
                {**asdict(step), "note": step.note, "customers_text": _customers(step)} for step in content.funnel.steps
            ],
        },
        "heat": _heat(content.heat),
        "ranking": {**asdict(content.ranking), "rows": [asdict(row) for row in content.ranking.rows[:10]]},
        "findings": list(content.findings),
        "restated": list(content.restated),
        "restated_title": text("restated.report_title", content.lang),
        "flags": {
            **asdict(flags),
            "rows": [asdict(row) for row in flags.rows[:MOST_FLAG_ROWS]],
            "remainder": text("report.flags-remainder", content.lang, n=left_out) if left_out > 0 else "",
        },
    }


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def render(content: ReportContent) -> bytes:
    """Return the PDF. Any warning of the typesetter is an error: it means something would be drawn wrong."""
    data = json.dumps(_clean(template_data(content)), ensure_ascii=False, allow_nan=False)
    stamp = datetime.combine(content.as_of, time(), UTC)
    pdf, warnings = _compiler().compile_with_warnings(format="pdf", sys_inputs={"data": data}, timestamp=stamp)
    if warnings:
        raise RuntimeError(f"typst: {warnings[0].message}")
    if not isinstance(pdf, bytes):
        raise RuntimeError("typst gave no document")
    return pdf
