"""How a workspace analyses: which metrics and dimensions it shows, in what order, which formulas it chose, and the ratios it made itself.

Names are those of ``metrics``; ``metrics.registry`` checks them, for this module lies below it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Surface = Literal["cards", "trends", "heatmap"]
SURFACES: tuple[Surface, ...] = ("cards", "trends", "heatmap")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Threshold(_Frozen):
    """What a metric should reach (``target``) and from where on it is a warning, in the metric's unit (shares 0-1); None = not set."""

    target: float | None = None
    warning: float | None = None


class Ratio(_Frozen):
    """A metric somebody made: ``above`` ÷ ``below``, two existing metrics, under its own id and names."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    zh: str = Field(min_length=1, max_length=40)
    en: str = Field(min_length=1, max_length=60)
    above: str
    below: str
    unit: Literal["share", "number", "money", "days"] = "number"
    good: Literal["up", "down", "neither"] = "up"
    min_sample: int = Field(default=0, ge=0, le=10_000)


class Analysis(_Frozen):
    """What is analysed and how.

    ``formulas``: option → choice (absent = the first one). ``cards``, ``trends``, ``heatmap``: the metrics offered there, in their order, and ``dimensions`` those
    to cut by; None = what the product shows by itself. ``country``: whose public holidays are no working days (ISO 3166).
    """

    formulas: dict[str, str] = Field(default_factory=dict)
    ratios: tuple[Ratio, ...] = ()
    cards: tuple[str, ...] | None = None
    trends: tuple[str, ...] | None = None
    heatmap: tuple[str, ...] | None = None
    dimensions: tuple[str, ...] | None = None
    thresholds: dict[str, Threshold] = Field(default_factory=dict)
    country: str = Field(default="CN", pattern="^[A-Z]{2}$")
