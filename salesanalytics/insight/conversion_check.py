"""The conversion table's own figures beside ours: who came on from the stage before, their share, and how long they stayed on average.

As the template has it, both stand on the stage arrived at. The mean dwell is over those who left the stage, which is what a CRM prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from salesanalytics.metrics.survival import Dwell

Difference = Literal[
    "fewer", "more", "not-observed", "loss-share", "attainment", "converted-fewer", "converted-more", "conversion-share", "dwell"
]  # fmt: skip
"""We count fewer or more customers; nobody of ours was ever in the stage; a printed share does not follow from the table's own counts;
fewer or more of ours came on from the stage before; ours stayed longer or shorter on average."""


@dataclass(frozen=True)
class Conversion:
    """One stage. Counts of customers, shares 0-1, days; None = not in the table, or without a denominator.

    ``share``: what follows from the table's own counts; ``computed_share``: of ours. ``left``: how many of ours the computed mean is over.
    """

    converted: int | None
    computed_converted: int | None
    printed_share: float | None
    share: float | None
    computed_share: float | None
    dwell: float | None
    computed_dwell: float | None
    left: int
    differences: tuple[Difference, ...]


def decimals(printed: float) -> int:
    """Return how many decimals (up to two) a number was printed with."""
    return next((d for d in range(2) if abs(round(printed, d) - printed) < 1e-9), 2)


def follows(printed: float, true: float) -> bool:
    """Say whether a printed share is ``true`` within half its last printed digit (percent with up to two decimals)."""
    return abs(printed - true) <= 0.5 * 10.0 ** -(decimals(printed * 100) + 2) + 1e-9


def conversions(
    lines: Sequence[Mapping[str, Any]], ours: Mapping[str, int], dwells: Mapping[str, Dwell]
) -> list[Conversion]:
    """Return the lines of an uploaded conversion table (in stage order) beside our counts and stays a stage."""
    found = []
    before: float | None = None
    our_before: int | None = None
    for line in lines:
        entered, came, own = line["customers"], line["converted"], ours.get(line["stage"])
        share = (entered if came is None else came) / before if before else None
        our_share = own / our_before if own is not None and our_before else None
        # whoever reached a stage of a cohort passed the one before, so those who came on are those who are there
        computed = own if our_before is not None else None
        stay = dwells.get(line["stage"], Dwell(None, None, 0, 0))
        named: list[Difference] = []
        if came is not None and computed is not None and came not in (computed, entered):
            named.append("converted-fewer" if computed < came else "converted-more")
        if line["conversion_share"] is not None and share is not None and not follows(line["conversion_share"], share):
            named.append("conversion-share")
        if not _stays_agree(line["mean_dwell_days"], stay.mean):
            named.append("dwell")
        found.append(
            Conversion(
                came,
                computed,
                line["conversion_share"],
                share,
                our_share,
                line["mean_dwell_days"],
                stay.mean,
                stay.left,
                tuple(named),
            )
        )
        before, our_before = entered, own if own is not None else our_before
    return found


def _stays_agree(printed: float | None, computed: float | None) -> bool:
    if printed is None or computed is None:
        return True
    return abs(printed - computed) <= 0.5 * 10.0 ** -decimals(printed) + 1e-9
