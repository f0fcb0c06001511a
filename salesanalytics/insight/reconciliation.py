"""What the user's own funnel (or conversion) table says, beside what the customers' records say: stage by stage, every disagreement named, neither preferred.

The table's own stages are followed, and its convention: the loss share stands on the stage arrived at and is 1 − this stage ÷ the one before in
the table. Its counts are compared with the customers of the same period (by first contact; a table of one day is about everyone up to
that day) who reached the stage. A printed share is off when it differs from the table's own counts by more than half its last printed digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from salesanalytics.access.view import View
from salesanalytics.insight.conversion_check import Conversion, Difference, conversions, follows
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.survival import Dwell
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class Reconciled:
    """One stage of the uploaded table. Counts of customers, shares 0-1; None = not in the table, or without a denominator.

    ``loss``, ``attained``: what follows from the table's own counts. ``computed_loss``: the same share of our counts.
    ``conversion``: what a conversion table says beyond the counts; its differences are among ``differences``.
    """

    stage: str
    uploaded: int
    computed: int | None
    printed_loss: float | None
    loss: float | None
    computed_loss: float | None
    printed_attainment: float | None
    attained: float | None
    target: int | None
    differences: tuple[Difference, ...]
    file: str
    sheet: str
    row: int
    conversion: Conversion | None = None

    @property
    def difference(self) -> int | None:
        """Computed minus uploaded."""
        return None if self.computed is None else self.computed - self.uploaded

    @property
    def agrees(self) -> bool:
        """Whether the counts agree and the printed shares follow from them."""
        return not self.differences


@dataclass(frozen=True)
class Reconciliation:
    """The uploaded table of one period beside our count. ``start`` None: everyone up to ``end``. ``from_unknown``: ours lost from an unknown stage."""

    period: str
    start: date | None
    end: date
    stages: tuple[Reconciled, ...]
    from_unknown: int

    @property
    def agreeing(self) -> int:
        """How many stages agree."""
        return sum(stage.agrees for stage in self.stages)

    @property
    def file(self) -> str:
        """The file the table came from."""
        return self.stages[0].file


def loss_shares(counts: Sequence[int]) -> list[float | None]:
    """Return 1 − this ÷ the one before for each count; None for the first, and after a zero."""
    return [None, *(1 - after / before if before else None for before, after in pairwise(counts))]


UploadedTable = Literal["funnel", "conversion"]
_COLUMNS: Mapping[UploadedTable, str] = {
    "funnel": "customers, target, attainment_share, loss_share",
    "conversion": "entered AS customers, NULL AS target, NULL AS attainment_share, NULL AS loss_share, "
    "converted, conversion_share, mean_dwell_days",
}
_COUNT: Mapping[UploadedTable, str] = {"funnel": "customers", "conversion": "entered"}


def reconcile(view: View, settings: Settings, table: UploadedTable = "funnel") -> Reconciliation | None:
    """Return the newest period of the uploaded funnel (or conversion) table beside our own count of it; None where there is none to see.

    The table is the whole company's: filters do not narrow it, and a narrower scope does not see it.
    """
    lines = _newest(view, settings, table)
    if not lines:
        return None
    start, end = lines[0]["period_start"], lines[0]["period_end"]
    first = None if start == end else start
    funnel = stage_funnel(view, settings, Filters((), first, end)).of(None)
    ours = {stage.stage: stage.customers for stage in funnel}
    stages = reconciled(lines, ours)
    if table == "conversion":
        stages = _with_conversions(stages, lines, ours, {stage.stage: stage.dwell for stage in funnel})
    return Reconciliation(
        period=str(lines[0]["period"] or ""),
        start=first,
        end=end,
        stages=tuple(stages),
        from_unknown=sum(stage.from_unknown for stage in funnel),
    )


def _with_conversions(
    stages: Sequence[Reconciled],
    lines: Sequence[Mapping[str, Any]],
    ours: Mapping[str, int],
    dwells: Mapping[str, Dwell],
) -> list[Reconciled]:
    return [
        replace(stage, conversion=found, differences=(*stage.differences, *found.differences))
        for stage, found in zip(stages, conversions(lines, ours, dwells), strict=True)
    ]


def _newest(view: View, settings: Settings, table: UploadedTable) -> list[dict[str, Any]]:
    """The lines of the newest period; of two that end alike the shorter one."""
    sql = f"""SELECT stage, {_COLUMNS[table]}, period, file, sheet, "row",
        coalesce(period_start, as_of_day) AS period_start, coalesce(period_end, as_of_day) AS period_end
        FROM (SELECT *, (SELECT as_of FROM state_info) AS as_of_day FROM {table}) AS f WHERE {_COUNT[table]} IS NOT NULL"""
    rows = view.fetch(sql)
    if not rows:
        return []
    end, start = max((row["period_end"], row["period_start"]) for row in rows)
    order = {stage: place for place, stage in enumerate(settings.stages.ids)}
    newest = [row for row in rows if (row["period_end"], row["period_start"]) == (end, start)]
    return sorted(newest, key=lambda row: order.get(row["stage"], len(order)))


def reconciled(lines: Sequence[Mapping[str, Any]], ours: Mapping[str, int]) -> list[Reconciled]:
    """Return the lines of an uploaded table (in stage order) beside our counts a stage."""
    uploaded = [int(line["customers"]) for line in lines]
    # a stage we never observed is skipped, as the funnel skips it: its successor is compared with the stage before
    computed = [ours.get(line["stage"]) for line in lines]
    ours_loss = _losses_known(computed)
    found = []
    for line, count, own, loss, our_loss in zip(
        lines, uploaded, computed, loss_shares(uploaded), ours_loss, strict=True
    ):
        attained = count / line["target"] if line["target"] else None
        printed, printed_attained = line["loss_share"], line["attainment_share"]
        found.append(
            Reconciled(
                stage=line["stage"],
                uploaded=count,
                computed=own,
                printed_loss=printed,
                loss=loss,
                computed_loss=our_loss,
                printed_attainment=printed_attained,
                attained=attained,
                target=line["target"],
                differences=_differences(count, own, (printed, loss), (printed_attained, attained)),
                file=line["file"],
                sheet=line["sheet"],
                row=int(line["row"]),
            )
        )
    return found


def _losses_known(counts: Sequence[int | None]) -> list[float | None]:
    known = [count for count in counts if count is not None]
    losses = iter(loss_shares(known)) if known else iter(())
    return [None if count is None else next(losses) for count in counts]


def _differences(
    uploaded: int,
    computed: int | None,
    loss: tuple[float | None, float | None],
    attainment: tuple[float | None, float | None],
) -> tuple[Difference, ...]:
    found: list[Difference] = []
    if computed is None:
        found.append("not-observed")
    elif computed != uploaded:
        found.append("fewer" if computed < uploaded else "more")
    if loss[0] is not None and loss[1] is not None and not follows(loss[0], loss[1]):
        found.append("loss-share")
    if attainment[0] is not None and attainment[1] is not None and not follows(attainment[0], attainment[1]):
        found.append("attainment")
    return tuple(found)
