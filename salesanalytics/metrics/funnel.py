"""The stage funnel: how many came, went on, were lost and are still there, stage by stage, in three named modes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from salesanalytics.access import View
from salesanalytics.errors import UserError
from salesanalytics.metrics.asking import check_filters, dimension_named
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.funnel_sql import Mode, funnel_queries
from salesanalytics.metrics.lost_reasons import LostReason, count_reasons
from salesanalytics.metrics.survival import Dwell, Stay, dwell
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class FunnelStage:
    """One observed stage of the funnel (of one group, if cut by a dimension).

    ``customers``: reached it (cohort), entered it in the period (flow), or are in it now (snapshot). ``amount``: theirs, ``without_amount`` of them having
    none. ``advanced``, ``lost``, ``still``: went beyond, were lost from here, are open and have come no further. ``conversion``: to the next observed stage, k ÷ n,
    None on the last; in a flow it may pass 1, in a snapshot it is the next stage's number ÷ this one's: a distribution. ``from_unknown``: lost from an
    unknown stage and counted at the first.
    """

    group: str | None
    stage: str
    stage_order: int
    customers: int
    amount: float | None
    without_amount: int
    advanced: int
    lost: int
    still: int
    k: int
    n: int
    dwell: Dwell
    lost_reasons: tuple[LostReason, ...]
    from_unknown: int

    @property
    def conversion(self) -> float | None:
        """The share (0-1) that went on; None on the last stage and without a denominator."""
        return self.k / self.n if self.n else None

    @property
    def not_advanced(self) -> int:
        """Customers who have not gone beyond: lost here or still here."""
        return self.lost + self.still


@dataclass(frozen=True)
class StageFunnel:
    """A funnel as of a date: stages in order, one after the other for each group."""

    mode: Mode
    by: str | None
    as_of: date
    stages: tuple[FunnelStage, ...]

    @property
    def groups(self) -> tuple[str | None, ...]:
        """The groups, largest first stage first."""
        return tuple(dict.fromkeys(stage.group for stage in self.stages))

    def of(self, group: str | None) -> tuple[FunnelStage, ...]:
        """Return the stages of one group."""
        return tuple(stage for stage in self.stages if stage.group == group)


def stage_funnel(
    view: View, settings: Settings, filters: Filters | None = None, mode: Mode = "cohort", by: str | None = None
) -> StageFunnel:
    """Return the funnel of the customers ``filters`` leave, over the stages anybody was ever seen in.

    Cohort (default): everyone with first contact in the period and where they got to later. Flow: entries and forward moves in the period. Snapshot: who is where
    now, whatever the period. Raises UserError for an unknown dimension or filter, or a time dimension as ``by``.
    """
    filters = filters or Filters()
    check_filters(view, filters)
    cut = dimension_named(view, by) if by else None
    if cut and cut.time:
        raise UserError("no-such-cut", name="funnel", dimension=cut.name)
    counts, stays, reasons = (
        view.fetch(sql, params) for sql, params in funnel_queries(mode, filters, cut, constants(settings, view.as_of))
    )
    stages = _stages(counts, _dwells(stays), _reasons(reasons))
    return StageFunnel(mode, by, view.as_of, _chained(stages, mode))


_Place = tuple[str | None, str]


def _dwells(rows: Sequence[Mapping[str, Any]]) -> dict[_Place, Dwell]:
    stays = defaultdict[_Place, list[Stay]](list)
    for row in rows:
        stays[row["grp"], row["step"]].append(Stay(int(row["days"]), bool(row["gone"]), int(row["customers"])))
    return {place: dwell(known) for place, known in stays.items()}


def _reasons(rows: Sequence[Mapping[str, Any]]) -> dict[_Place, tuple[LostReason, ...]]:
    cells = defaultdict[_Place, list[tuple[str, int]]](list)
    for row in rows:
        cells[row["grp"], row["step"]].append((str(row["lost_reason"]), int(row["customers"])))
    return {place: count_reasons(found) for place, found in cells.items()}


def _stages(
    counts: Sequence[Mapping[str, Any]],
    dwells: Mapping[_Place, Dwell],
    reasons: Mapping[_Place, tuple[LostReason, ...]],
) -> list[FunnelStage]:
    return [
        FunnelStage(
            group=row["grp"],
            stage=row["step"],
            stage_order=int(row["step_order"]),
            customers=int(row["customers"]),
            amount=None if row["amount"] is None else float(row["amount"]),
            without_amount=int(row["without_amount"]),
            advanced=int(row["advanced"]),
            lost=int(row["lost"]),
            still=int(row["still"]),
            k=int(row["advanced"]),
            n=int(row["customers"]),
            dwell=dwells.get((row["grp"], row["step"]), Dwell(None, None, 0, 0)),
            lost_reasons=reasons.get((row["grp"], row["step"]), ()),
            from_unknown=int(row["from_unknown"]),
        )
        for row in counts
    ]


def _chained(stages: list[FunnelStage], mode: Mode) -> tuple[FunnelStage, ...]:
    """Put groups and stages in order, and give the last stage no conversion; a snapshot converts to the number in the next stage."""
    groups = defaultdict[str | None, list[FunnelStage]](list)
    for stage in sorted(stages, key=lambda stage: stage.stage_order):
        groups[stage.group].append(stage)
    last = max((stage.stage_order for stage in stages), default=0)
    ordered: list[FunnelStage] = []
    for group in sorted(groups, key=lambda name: (name is None, -groups[name][0].customers, name or "")):
        for stage, after in zip(groups[group], [*groups[group][1:], None], strict=True):
            if stage.stage_order == last:
                ordered.append(replace(stage, k=0, n=0))
            elif mode == "snapshot":
                ordered.append(replace(stage, k=after.customers if after else 0))
            else:
                ordered.append(stage)
    return tuple(ordered)
