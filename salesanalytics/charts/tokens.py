"""The design's colours and sizes as plain data: one source for page styles, charts and reports (DESIGN.md, "Tokens")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salesanalytics.settings import DirectionColours

Theme = Literal["light", "dark"]

FONT_STACK = (
    '"Source Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", '
    '"Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif'
)
"""Source Sans comes with Streamlit and is served locally; the Chinese fonts are the machine's own. None is ever fetched."""


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#RRGGBB``. ``categories`` in their fixed order; ``heat`` from least to most; ``direction``: how changes take them (``charts.direction``)."""

    background: str
    surface: str
    inset: str
    border: str
    text: str
    muted: str
    primary: str
    on_primary: str
    primary_tint: str
    second: str
    target: str
    good: str
    good_tint: str
    bad: str
    bad_tint: str
    warn: str
    warn_tint: str
    neutral_tint: str
    categories: tuple[str, ...]
    heat: tuple[str, ...]
    direction: DirectionColours = "green-good"


HEAT = ("#EEF4FC", "#D3E3F8", "#B3CEF1", "#8FB5E8", "#6696DB", "#3872C6", "#1F5CB4", "#15458F", "#0D2F66")
HEAT_DARK_TEXT_STEPS = 5
"""On the first five steps of ``HEAT`` text is dark, on the others white."""

LIGHT = Tokens(
    background="#F5F7FA",
    surface="#FFFFFF",
    inset="#EEF2F7",
    border="#DCE2EB",
    text="#131C2E",
    muted="#56627A",
    primary="#1D5FC2",
    on_primary="#FFFFFF",
    primary_tint="#E3EEFC",
    second="#658ACA",
    target="#AD5600",
    good="#0B7A4B",
    good_tint="#E3F4EB",
    bad="#B3261E",
    bad_tint="#FCE8E6",
    warn="#8A5A00",
    warn_tint="#FDF1DA",
    neutral_tint="#EEF2F7",
    categories=(
        "#1D5FC2", "#BA8B1B", "#104E56", "#A6889B", "#535814", "#2D277D", "#1C92E7", "#582006", "#93704C", "#5C6685",
    ),
    heat=HEAT,
)  # fmt: skip

DARK = Tokens(
    background="#0E1420",
    surface="#161E2D",
    inset="#1F2939",
    border="#2C384B",
    text="#E9EEF6",
    muted="#9FACC1",
    primary="#6EA2FF",
    on_primary="#0B1322",
    primary_tint="#1B2F54",
    second="#4F76B7",
    target="#F2A03D",
    good="#4CC38A",
    good_tint="#14352A",
    bad="#FF8A80",
    bad_tint="#43201F",
    warn="#F0B94A",
    warn_tint="#3B2D12",
    neutral_tint="#1F2939",
    categories=(
        "#6EA2FF", "#EBAD38", "#2B9087", "#F8A2AC", "#E5E75F", "#7A5CF0", "#9CC6FB", "#C03833", "#B58D2B", "#E0E3E5",
    ),
    heat=HEAT,
)  # fmt: skip

TOKENS: dict[Theme, Tokens] = {"light": LIGHT, "dark": DARK}
