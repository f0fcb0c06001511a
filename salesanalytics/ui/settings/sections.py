"""The sections of the Settings page. One entry = one section; a panel is a function of the desk (docs/ui.md)."""

from __future__ import annotations

from collections.abc import Callable

from salesanalytics.ui.settings.analysis.dimensions_panel import dimensions_panel
from salesanalytics.ui.settings.analysis.formulas_panel import formulas_panel
from salesanalytics.ui.settings.analysis.ratios_panel import ratios_panel
from salesanalytics.ui.settings.analysis.surfaces_panel import surfaces_panel
from salesanalytics.ui.settings.checks_panel import checks_panel
from salesanalytics.ui.settings.desk import SettingsDesk
from salesanalytics.ui.settings.field_form import general_keys, group_panel
from salesanalytics.ui.settings.history_panel import history_panel
from salesanalytics.ui.settings.stages_panel import stages_panel

Panel = Callable[[SettingsDesk], None]

SECTIONS: dict[str, tuple[Panel, ...]] = {
    "general": (group_panel("display", general_keys),),
    "stages": (stages_panel,),
    "metrics": (group_panel("metrics"),),
    "analysis": (formulas_panel, surfaces_panel, dimensions_panel, ratios_panel),
    "alerts": (group_panel("alerts"), group_panel("tiers")),
    "checks": (checks_panel,),
    "quality": (group_panel("quality"), group_panel("limits")),
    "history": (history_panel,),
}
