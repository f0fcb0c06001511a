"""What the Quality page asks, remembered until the data change; the sample's marks are read anew each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesanalytics.insight.late_recording import LateRecording, late_recording
from salesanalytics.insight.quality import Completeness, completeness
from salesanalytics.insight.quality_gaps import Gap, gap_counts
from salesanalytics.insight.quality_trend import ImportQuality, import_quality
from salesanalytics.insight.weekly_sample import audience, draw_sample, iso_week, still_visible
from salesanalytics.store.types import SampledRow
from salesanalytics.ui.frame import Frame


def completeness_of(frame: Frame) -> Completeness:
    """Return how complete the chosen customers are."""
    desk, where = frame.desk, frame.where
    return desk.remember("completeness", (where,), lambda: completeness(desk.view, desk.settings, where))


def late_of(frame: Frame) -> LateRecording:
    """Return how late the follow-ups of the chosen customers and period were recorded."""
    desk, filters = frame.desk, frame.filters
    return desk.remember("late-recording", (filters,), lambda: late_recording(desk.view, desk.settings, filters))


def gaps_of(frame: Frame) -> dict[Gap, int]:
    """Return how many of the chosen customers have each gap."""
    desk, where = frame.desk, frame.where
    return desk.remember("gap-counts", (where,), lambda: gap_counts(desk.view, where))


def imports_of(frame: Frame) -> tuple[ImportQuality, ...] | None:
    """Return what the imports up to the as-of date brought in; None for a viewer who does not see everyone."""
    desk = frame.desk
    workspace = desk.source.workspace
    return desk.remember(
        "import-quality",
        (),
        lambda: import_quality(workspace.imports(), workspace.issue_counts(), desk.as_of, desk.scope),
    )


def kept_samples(frame: Frame) -> Mapping[str, Sequence[SampledRow]]:
    """Return the kept samples of this and earlier weeks."""
    kept = frame.desk.source.workspace.sampled(audience(frame.desk.scope))
    return {week: rows for week, rows in kept.items() if week <= iso_week(frame.as_of)}


def week_sample(frame: Frame) -> Sequence[SampledRow]:
    """Return this week's sample: as it was kept, else as it is drawn now."""
    desk = frame.desk
    kept = kept_samples(frame).get(iso_week(frame.as_of))
    if kept is not None:
        return still_visible(desk.view, kept)
    first = desk.source.workspace.imports()[0]
    seed = first.loaded_at.isoformat()
    return desk.remember("sample-drawn", (seed,), lambda: draw_sample(desk.view, desk.settings, seed))
