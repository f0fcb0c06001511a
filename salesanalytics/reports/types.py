"""What a report holds: ordered sections with exact values beside the words drawn, so PDF and Excel say the same as the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from salesanalytics.i18n import Lang

Tone = Literal["good", "bad", "warn", "neutral"]


@dataclass(frozen=True)
class Kpi:
    """One headline figure: the exact value, its words, and how it changed."""

    metric: str
    title: str
    value: float | None
    text: str
    change: str
    tone: Tone
    beside: str
    colour: str = ""
    """Of the change, ``#RRGGBB``: its judgement and direction as the settings colour them; empty: that of its tone."""
    then: float | None = None
    """The value on the date compared with, where there is one."""


@dataclass(frozen=True)
class TrendSection:
    """Won amounts a week: exact values, the size of the one unit they are drawn in, and the labels at the line ends."""

    title: str
    subtitle: str
    buckets: Sequence[str]
    actual: Sequence[float | None]
    target: Sequence[float | None]
    unit_size: int
    ticks: Sequence[float]
    actual_label: str
    target_label: str
    whole: int
    actual_name: str
    target_name: str
    exact_subtitle: str = ""
    """The subtitle where amounts are written out exactly."""


@dataclass(frozen=True)
class FunnelStep:
    """One stage of the funnel: customers who reached it and the share of those of the stage before."""

    name: str
    customers: int
    share: float | None
    share_text: str
    tone: Tone
    then: int | None = None
    then_share: float | None = None
    """Customers and share on the date compared with, where there is one."""
    small: str = ""
    """That the share's sample is small, in words; it is set apart from the share, small and under it."""
    then_text: str = ""
    """The share on the date compared with, in brackets."""

    @property
    def note(self) -> str:
        """What stands small under the share."""
        return " ".join(part for part in (self.small, self.then_text) if part)


@dataclass(frozen=True)
class FunnelSection:
    """The funnel of the period's leads."""

    title: str
    subtitle: str
    steps: Sequence[FunnelStep]
    stage_name: str
    customers_name: str
    share_name: str
    then_names: Sequence[str] = ()
    """The headers of customers and share on the date compared with."""


@dataclass(frozen=True)
class HeatSection:
    """Amounts by two dimensions, with totals; exact values and the size of the unit drawn."""

    title: str
    subtitle: str
    row_name: str
    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]
    row_totals: Sequence[float | None]
    column_totals: Sequence[float | None]
    total: float | None
    total_name: str
    unit_size: int
    decimals: int
    exact_subtitle: str = ""
    """The subtitle where amounts are written out exactly."""


@dataclass(frozen=True)
class RankRow:
    """One rep: won amount, their target prorated to today, and the share attained."""

    name: str
    value: float
    text: str
    target: float | None
    attainment: float | None
    attainment_text: str


@dataclass(frozen=True)
class RankingSection:
    """Reps by won amount."""

    title: str
    subtitle: str
    rows: Sequence[RankRow]
    name_name: str
    value_name: str
    target_name: str
    attainment_name: str
    exact_subtitle: str = ""
    """The subtitle where amounts are written out exactly."""


@dataclass(frozen=True)
class FlagRow:
    """One flagged customer in words."""

    customer_id: str
    customer: str
    owner: str
    stage: str
    amount: float | None
    amount_text: str
    why: str
    kind: str
    tone: Tone
    source: str


@dataclass(frozen=True)
class FlagSection:
    """Flagged customers, worst first, with the headers of their table."""

    title: str
    subtitle: str
    headers: Sequence[str]
    rows: Sequence[FlagRow]
    exact_amount_header: str = ""
    """The amount column's header where amounts are written out exactly."""


@dataclass(frozen=True)
class MetricLine:
    """One line of the figures sheet: every number in the report with its formula, unit and n."""

    metric: str
    title: str
    value: float | None
    unit: str
    n: int
    formula: str
    then: float | None = None
    """The value on the date compared with, where there is one."""


@dataclass(frozen=True)
class ReportContent:
    """The weekly summary: the same results the pages show, in order."""

    lang: Lang
    currency: str
    title: str
    as_of: date
    period_text: str
    header_right: str
    footer_left: str
    footer_middle: str
    page_of: str
    filters_text: str
    sample: bool
    kpis: Sequence[Kpi]
    trend: TrendSection
    funnel: FunnelSection
    heat: HeatSection
    ranking: RankingSection
    findings: Sequence[str]
    flags: FlagSection
    figures: Sequence[MetricLine]
    sheet_names: Sequence[str]
    figure_headers: Sequence[str]
    judged: Mapping[Tone, str] = field(default_factory=dict)
    """The colours of judgements where the settings choose others than green and red."""
    then_on: date | None = None
    """The date compared with; None = none."""
    then_headers: Sequence[str] = ()
    """The headers of a figure then, and of its change."""
    restated: Sequence[str] = ()
    """Sentences on figures of last week that read otherwise than last week's report had them."""
