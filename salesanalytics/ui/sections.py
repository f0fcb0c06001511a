"""The pages of the app, declared once: their address, file and place in the navigation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One page. ``name`` is its address and its title's key ``nav.<name>``; ``group`` the menu it is in, None = its own entry."""

    name: str
    group: str | None = None

    @property
    def file(self) -> str:
        """The page's script, relative to app.py."""
        return f"pages/{self.name}.py"


SECTIONS = (
    Section("overview"),
    Section("trends", "analysis"),
    Section("funnel", "analysis"),
    Section("heatmap", "analysis"),
    Section("channels", "analysis"),
    Section("alerts", "customers"),
    Section("customer", "customers"),
    Section("changes"),
    Section("reports"),
    Section("data", "data"),
    Section("quality", "data"),
    Section("glossary"),
    Section("settings"),
)
HOME = SECTIONS[0]
WITH_DATA = frozenset(section.name for section in SECTIONS) - {"data", "glossary", "settings"}
"""The pages that show figures, and so the sample while there are no others."""
