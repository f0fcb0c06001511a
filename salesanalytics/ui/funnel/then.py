"""The funnel beside what was known of it on the date compared with: count and share of every stage then, and the change."""

from __future__ import annotations

from itertools import pairwise

from salesanalytics.i18n import format, text
from salesanalytics.metrics.funnel import FunnelStage
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.types import Good
from salesanalytics.ui.cards import change_of
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer
from salesanalytics.ui.tables import Cell, Toned
from salesanalytics.ui.then_words import heading


def stages_then(answer: FunnelAnswer) -> dict[str, FunnelStage]:
    """Return what was known of each stage on the date compared with."""
    return {stage.stage: stage for stage in answer.known_then}


def share_then(source: str, arrived: str, answer: FunnelAnswer) -> float | None:
    """Return the share (0-1) that had come from one stage to the next then; None where nobody could, or another stage lay between them then."""
    for before, after in pairwise(answer.known_then):
        if (before.stage, after.stage) == (source, arrived):
            return before.conversion
    return None


def then_headers(frame: Frame, mode: Mode) -> list[str]:
    """Return the headers of the two columns."""
    key = "ratio" if mode == "snapshot" else "share"
    return [
        text("funnel.column_then_customers", frame.lang, change=heading(frame)),
        text(f"funnel.column_then_{key}", frame.lang, change=heading(frame)),
    ]


def then_cells(at: int, answer: FunnelAnswer, frame: Frame) -> tuple[Cell, Cell]:
    """Return a stage's count then with the change, and the share that came to it then with the change in points."""
    lang, now = frame.lang, answer.stages[at]
    source = answer.stages[at - 1] if at else None
    known = stages_then(answer)
    if now.stage not in known:  # nobody had ever been seen in it
        return format.DASH, format.DASH if source else ""
    customers = known[now.stage].customers
    count = _then(format.number(customers), format.number(now.customers - customers, signed=True), frame)
    if source is None:
        return count, ""
    share = share_then(source.stage, now.stage, answer)
    if answer.mode == "snapshot":
        words = format.DASH if share is None else text("funnel.ratio", lang, value=format.number(share, 2))
        return count, words
    if share is None or source.conversion is None:
        return count, format.share(share)
    difference = source.conversion - share
    small = min(source.n, known[source.stage].n) < frame.desk.settings.metrics.min_sample
    found = None if small else change_of(difference, format.points(difference, lang), Good.UP, lang)
    words = _then(format.share(share), found.figure if found else text("ui.small_sample", lang), frame)
    return count, Toned(f"{found.arrow} {words}".strip() if found else words, found.judgement if found else "neutral")


def _then(value: str, change: str, frame: Frame) -> str:
    return text("compared.value_and_change", frame.lang, value=value, change=change)
