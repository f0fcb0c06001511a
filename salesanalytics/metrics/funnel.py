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
from salesanalytics.metrics.dimensions import Dimension
from salesanalytics.metrics.funnel_sql import Mode, funnel_queries
from salesanalytics.metrics.lost_reasons import LostReason, count_reasons
from salesanalytics.metrics.periods import label
from salesanalytics.metrics.survival import Dwell, Stay, dwell
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class FunnelStage:
    """One observed stage of the funnel (of one group, if cut by a dimension).

    ``customers``: reached it (cohort), entered it in the period (flow), or are in it now (snapshot). ``amount``: theirs, ``without_amount`` of them having
    none. ``advanced``, ``lost``, ``still``: went beyond, were lost from here, are open and have come no further. ``conversion``: to the next observed stage, k ÷ n,
    None on the last; in a flow it may pass 1, in a snapshot it is the next stage's number ÷ this one's: a distribution. ``from_unknown``: lost from an
    unknown stage and counted at the first. ``behind_amount``: expected amount of those lost or still here, ``behind_without_amount`` of them having none.
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
    behind_amount: float | None = None
    behind_without_amount: int = 0

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
    view: View,
    settings: Settings,
    filters: Filters | None = None,
    mode: Mode = "cohort",
    by: str | None = None,
    *,
    counts_only: bool = False,
) -> StageFunnel:
    """Return the funnel of the customers ``filters`` leave, over the stages anybody was ever seen in.

    Cohort (default): everyone with first contact in the period and where they got to later. Flow: entries and forward moves in the period. Snapshot: who is where
    now, whatever the period. A cohort can be cut by the week, month or quarter of first contact. ``counts_only`` leaves dwell and lost reasons out.
    Raises UserError for an unknown dimension or filter, or a time dimension in another mode.
    """
    filters = filters or Filters()
    check_filters(view, filters)
    cut = dimension_named(view, by) if by else None
    if cut and cut.time and mode != "cohort":
        raise UserError("no-such-cut", name="funnel", dimension=cut.name)
    queries = funnel_queries(mode, filters, cut, constants(settings, view.as_of))
    found = [_labelled(view.fetch(sql, params), cut) for sql, params in queries[: 1 if counts_only else None]]
    stays, reasons = found[1:] or ([], [])
    observed = view.fetch("SELECT stage, stage_order FROM stages WHERE observed AND stage_order IS NOT NULL")
    stages = _stages(_with_empty(found[0], observed), _dwells(stays), _reasons(reasons))
    return StageFunnel(mode, by, view.as_of, _chained(stages, mode, in_time=bool(cut and cut.time)))


def _with_empty(rows: list[dict[str, Any]], observed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add the observed stages that none of a group's customers reached: eight quotes of which none was won are 0 %, not unknown."""
    counted = {(row["grp"], row["step"]) for row in rows}
    none = {name: None if name in ("amount", "behind_amount") else 0 for name in (rows[0] if rows else ())}
    return rows + [
        {**none, "grp": group, "step": stage["stage"], "step_order": stage["stage_order"]}
        for group in dict.fromkeys(row["grp"] for row in rows)
        for stage in observed
        if (group, stage["stage"]) not in counted
    ]


def _labelled(rows: list[dict[str, Any]], cut: Dimension | None) -> list[dict[str, Any]]:
    """Name the buckets of a cut by time."""
    if cut is None or cut.grain is None:
        return rows
    return [row | {"grp": None if row["grp"] is None else label(row["grp"], cut.grain)} for row in rows]


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
            behind_amount=None if row["behind_amount"] is None else float(row["behind_amount"]),
            behind_without_amount=int(row["behind_without_amount"]),
        )
        for row in counts
    ]


def _chained(stages: list[FunnelStage], mode: Mode, *, in_time: bool) -> tuple[FunnelStage, ...]:
    """Put groups (the largest first, or as time goes) and stages in order, and give the last stage no conversion; a snapshot converts to the number in the next stage."""
    groups = defaultdict[str | None, list[FunnelStage]](list)
    for stage in sorted(stages, key=lambda stage: stage.stage_order):
        groups[stage.group].append(stage)
    last = max((stage.stage_order for stage in stages), default=0)
    ordered: list[FunnelStage] = []

    def place(name: str | None) -> tuple[bool, int, str]:
        return name is None, 0 if in_time else -groups[name][0].customers, name or ""

    for group in sorted(groups, key=place):
        for stage, after in zip(groups[group], [*groups[group][1:], None], strict=True):
            if stage.stage_order == last:
                ordered.append(replace(stage, k=0, n=0))
            elif mode == "snapshot":
                ordered.append(replace(stage, k=after.customers if after else 0))
            else:
                ordered.append(stage)
    return tuple(ordered)
