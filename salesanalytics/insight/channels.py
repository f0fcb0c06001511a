"""Channels side by side: what each brings, how often it wins, what it costs, and which stand out beyond what chance explains.

A channel is judged by its 30-day win rate: every lead in it has had exactly as long, so a channel is never blamed for young leads. It stands above or below
only if its 95 % Wilson interval leaves the share of all leads out; else it is said how many more leads a difference of this size would need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from salesanalytics.access.view import View
from salesanalytics.insight.advances import WINDOW
from salesanalytics.insight.given import is_given
from salesanalytics.insight.two_shares import more_to_leave_out
from salesanalytics.insight.where import lead_condition
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery, MetricRow
from salesanalytics.metrics.wilson import interval
from salesanalytics.settings import Settings

Standing = Literal["above", "below", "within", "small", "unjudged"]
SHARE = "win_rate_30d"
SHOWN = (
    "leads",
    "lead_conversion",
    SHARE,
    "won_customers",
    "sales_amount",
    "open_amount",
    "sales_cycle_median",
    "followups_per_won",
    "channel_cost",
    "cost_per_lead",
    "cost_per_won",
    "return_on_cost",
)
"""The metrics of a channel, in the order of the table."""
MOST_CHANNELS = 12


@dataclass(frozen=True)
class Channel:
    """One source: ``sources`` has its name ("" = not given), several in the remainder, none in the total.

    ``figures``: the metrics of SHOWN (values, n, k, left out). ``reached``: stage → customers who came that far. ``low``, ``high``: 95 % interval of the
    30-day win rate (0-1). ``more_needed``: further leads at the same share that would tell it from the whole; None = no difference to tell.
    """

    sources: tuple[str, ...]
    figures: MetricRow
    reached: Mapping[str, int]
    low: float | None
    high: float | None
    standing: Standing
    more_needed: int | None

    @property
    def named(self) -> bool:
        """Whether it is one channel with a name: only such are judged and ranked."""
        return len(self.sources) == 1 and is_given(self.sources[0])

    @property
    def share(self) -> float | None:
        """The 30-day win rate (0-1)."""
        return self.figures.values[SHARE]

    @property
    def won(self) -> int:
        """Leads won within the days: the numerator."""
        return int(self.figures.k.get(SHARE) or 0)

    @property
    def old_enough(self) -> int:
        """Leads that have had the days: the denominator."""
        return self.figures.n.get(SHARE, 0)

    @property
    def too_young(self) -> int:
        """Leads that have not had the days yet, or carry no date."""
        return self.figures.left_out.get(SHARE, 0)


@dataclass(frozen=True)
class Channels:
    """Every channel, worst 30-day win rate first; then small samples by size, the remainder, and those without a source. They add up to ``total``.

    ``stages``: observed forward stages, in order. ``period``: first contact from and to, None = unbounded.
    """

    channels: tuple[Channel, ...]
    total: Channel
    stages: tuple[str, ...]
    as_of: date
    start: date | None
    end: date | None

    @property
    def judged(self) -> tuple[Channel, ...]:
        """Those with a sample, worst first."""
        return tuple(one for one in self.channels if one.standing in ("above", "below", "within"))

    @property
    def costed(self) -> bool:
        """Whether a cost is given for any of it."""
        return self.total.figures.values["channel_cost"] is not None

    @property
    def unknown(self) -> int:
        """Leads old enough whose source nobody filled in, or filled in with a word for that."""
        return sum(one.old_enough for one in self.channels if len(one.sources) == 1 and not one.named)

    def standing(self, standing: Standing) -> tuple[Channel, ...]:
        """Return the channels that stand so, worst first."""
        return tuple(one for one in self.channels if one.standing == standing)


def usual_window(as_of: date) -> tuple[date, date]:
    """Return the days channels are judged over unless others are asked: the last 180, as in the findings of the overview."""
    return as_of - 2 * WINDOW, as_of


def channels(view: View, settings: Settings, filters: Filters, most: int | None = MOST_CHANNELS) -> Channels:
    """Return the channels of the customers ``filters`` leaves, at most ``most`` lines of them by name (those with the most leads); None = all."""
    rows = {row.dims["source"] or "": row for row in _ask(view, settings, filters, ("source",))}
    whole = _ask(view, settings, filters, ())[0]
    reached = _reached(view, settings, filters)
    names = sorted((name for name in rows if name), key=lambda name: (-rows[name].n["leads"], name))
    kept, rest = (names, []) if most is None or len(names) <= most else (names[: most - 1], names[most - 1 :])
    found = [_channel((name,), rows[name], reached, whole, settings) for name in kept]
    found.sort(key=_rank)
    if rest:
        gathered = _ask(view, settings, only_sources(filters, rest), ())[0]
        found.append(_channel(tuple(rest), gathered, reached, whole, settings))
    if "" in rows:
        found.append(_channel(("",), rows[""], reached, whole, settings))
    stages = tuple(stage.id for stage in settings.stages.forward if stage.id in reached)
    total = _channel((), whole, reached, whole, settings)
    return Channels(tuple(found), total, stages, view.as_of, filters.start, filters.end)


def only_sources(filters: Filters, sources: Sequence[str]) -> Filters:
    """Return ``filters`` narrowed to these sources ("" = not given); what was chosen among sources before holds them anyway."""
    kept = {name: values for name, values in filters.where if name != "source"} | {"source": tuple(sorted(sources))}
    return replace(filters, where=tuple(sorted(kept.items())))


def _ask(view: View, settings: Settings, filters: Filters, by: tuple[str, ...]) -> tuple[MetricRow, ...]:
    rows = ask(view, MetricQuery(SHOWN, by, filters), settings).rows
    return tuple(row for row in rows if not by or _is_there(row))


def _is_there(row: MetricRow) -> bool:
    """A source nobody came from, that won nothing, holds nothing and cost nothing in the period, is no channel of it."""
    return any(row.n.get(name) or row.left_out.get(name) for name in ("leads", "won_customers", "open_amount")) or (
        row.values["channel_cost"] is not None
    )


def _cohort(filters: Filters) -> tuple[str, list[Any]]:
    """The customers first contacted in the period, as a condition on ``leads``."""
    condition, params = lead_condition(filters.where) if filters.where else ("TRUE", [])
    for sign, day in ((">=", filters.start), ("<=", filters.end)):
        if day is not None:
            condition, params = f"{condition} AND first_contact_on {sign} ?", [*params, day]
    return condition, params


def _reached(view: View, settings: Settings, filters: Filters) -> dict[str, dict[str, int]]:
    """Stage → source → customers first contacted in the period who came that far, as in the funnel's entry cohort."""
    condition, params = _cohort(filters)
    sql = f"""SELECT coalesce(source, '') AS source, reached_order, count(*) AS customers
        FROM leads WHERE {condition} GROUP BY ALL"""
    furthest = view.fetch(sql, params)
    stages = view.fetch("SELECT stage, stage_order FROM stages WHERE observed AND stage_order IS NOT NULL")
    found: dict[str, dict[str, int]] = {row["stage"]: {} for row in stages} if furthest else {}
    for row in furthest:
        for stage in stages:
            if row["reached_order"] is not None and row["reached_order"] >= stage["stage_order"]:
                by = found[stage["stage"]]
                by[row["source"]] = by.get(row["source"], 0) + int(row["customers"])
    return found


def _channel(
    sources: tuple[str, ...],
    row: MetricRow,
    reached: Mapping[str, Mapping[str, int]],
    whole: MetricRow,
    settings: Settings,
) -> Channel:
    k, n, overall = row.k.get(SHARE) or 0.0, row.n.get(SHARE, 0), whole.values[SHARE]
    around = interval(k, n)
    standing: Standing = "unjudged"
    more = None
    if len(sources) == 1 and is_given(sources[0]) and overall is not None:
        standing = _standing(around, n, overall, settings)
        more = more_to_leave_out(int(k), n, overall)
    customers = {
        stage: sum(by.values()) if not sources else sum(by.get(source, 0) for source in sources)
        for stage, by in reached.items()
    }
    low, high = around or (None, None)
    return Channel(sources, row, customers, low, high, standing, more)


def _standing(around: tuple[float, float] | None, n: int, overall: float, settings: Settings) -> Standing:
    if around is None or n < METRICS[SHARE].min_sample(settings):
        return "small"
    if around[0] > overall:
        return "above"
    return "below" if around[1] < overall else "within"


def _rank(one: Channel) -> tuple[bool, float, str]:
    small = one.standing in ("small", "unjudged")
    return small, (-one.figures.n["leads"] if small else one.share or 0.0), one.sources[0]


def stage_rows(view: View, filters: Filters, stage: str) -> list[dict[str, Any]]:
    """Return the customers behind a number of ``reached``, in the shape of ``metrics.rows.rows_behind``."""
    condition, params = _cohort(filters)
    sql = f"""SELECT l.customer_id, l.customer_name AS name, l.owner, l.team, l.stage, l.first_contact_on AS "on",
            CASE WHEN l.is_won THEN l.deal_amount ELSE l.expected_amount END AS amount, l.file, l.sheet, l."row"
        FROM stage_reach AS s JOIN leads AS l ON l.customer_id = s.customer_id
        WHERE s.stage = ? AND l.customer_id IN (SELECT customer_id FROM leads WHERE {condition})
        ORDER BY amount DESC NULLS LAST, l.customer_id"""
    return view.fetch(sql, [stage, *params])
