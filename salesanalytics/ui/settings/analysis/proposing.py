"""Proposals of analysis settings: checked as one, so that a refusal is a sentence beside the form and nothing is half changed."""

from __future__ import annotations

from salesanalytics.analysis import SURFACES, Analysis
from salesanalytics.metrics.registry import check_analysis
from salesanalytics.settings import Settings
from salesanalytics.ui.settings.desk import SettingsDesk


def analysis_of(desk: SettingsDesk) -> Analysis:
    """Return the analysis settings as proposed."""
    return desk.proposed.analysis


def propose_analysis(desk: SettingsDesk, **changed: object) -> None:
    """Propose the analysis settings with other values; what cannot be is said on the page and not proposed."""

    def made() -> Settings:
        analysis = analysis_of(desk).model_copy(update=changed)
        check_analysis(analysis)
        return desk.proposed.model_copy(update={"analysis": analysis})

    desk.attempt(made)


def without_metric(analysis: Analysis, name: str) -> dict[str, object]:
    """Return what changes when a metric goes: its ratio, its ticks and its threshold."""
    ticks: dict[str, object] = {
        surface: tuple(each for each in ticked if each != name)
        for surface in SURFACES
        if (ticked := getattr(analysis, surface)) is not None
    }
    return {
        **ticks,
        "ratios": tuple(ratio for ratio in analysis.ratios if ratio.name != name),
        "thresholds": {each: bounds for each, bounds in analysis.thresholds.items() if each != name},
    }
