"""Findings in plain sentences: a kind, the numbers behind it, its sample; only what chance does not explain."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from salesanalytics.access.view import View
from salesanalytics.i18n import Lang, text
from salesanalytics.insight.advances import ADVANCE_DAYS, WINDOW, advances
from salesanalytics.insight.given import is_given
from salesanalytics.insight.where import Where, lead_condition
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.metrics.wilson import interval
from salesanalytics.settings import Settings

Tone = Literal["good", "bad", "warn"]
SILENT_REP_DAYS = 14


@dataclass(frozen=True)
class Finding:
    """One finding. ``params``: numbers for the sentences ``finding.<kind>.title`` and ``.detail``; ``n`` the sample; ``weight`` orders them.

    ``target``: the page and filter that show its evidence.
    """

    kind: str
    tone: Tone
    params: Mapping[str, object]
    n: int
    weight: float
    target: tuple[str, Mapping[str, str]] = field(default_factory=lambda: ("overview", {}))

    def _filled(self, lang: Lang) -> dict[str, object]:
        """Stage ids and shares become words; ``*_share`` and ``*_points`` are numbers 0-1."""
        words: dict[str, object] = {}
        for name, value in self.params.items():
            if name.endswith("_names"):
                words[name] = value[0 if lang == "zh" else 1]  # type: ignore[index]
            elif name.endswith(("_share", "_points")) and isinstance(value, float):
                words[name] = f"{abs(value) * 100:.1f}"
            else:
                words[name] = value
        return words

    def title(self, lang: Lang) -> str:
        """Return the finding in a few words."""
        return text(f"finding.{self.kind}.title", lang, **self._filled(lang))

    def detail(self, lang: Lang) -> str:
        """Return the evidence in a sentence."""
        return text(f"finding.{self.kind}.detail", lang, **self._filled(lang))


def two_share_z(k1: int, n1: int, k2: int, n2: int) -> float:
    """Return the z statistic of the difference of two shares (pooled); 0 where it cannot be told.

    Source: the two-proportion z test of any statistics textbook (e.g. Agresti, Categorical Data Analysis, 3.1).
    """
    pooled = (k1 + k2) / (n1 + n2) if n1 + n2 else 0.0
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2)) if n1 and n2 else 0.0
    return (k1 / n1 - k2 / n2) / spread if spread else 0.0


def worst_step(view: View, settings: Settings, where: Where) -> list[Finding]:
    """Return the stage whose entrants go on within 30 days less often than before, if chance does not explain it.

    Compared are entrants of two windows of 90 days, both old enough to have had their 30 days: a young cohort never looks worse for being young.
    """
    now, before = advances(view, where)
    stages = [stage for stage in settings.stages.forward if stage.id in now and stage.id in before]
    found = []
    for stage in stages[:-1] if stages and stages[-1].id == settings.stages.forward[-1].id else stages:
        (k1, n1), (k2, n2) = now[stage.id], before[stage.id]
        z = two_share_z(k1, n1, k2, n2)
        if min(n1, n2) < settings.metrics.min_sample or z > -1.645:
            continue
        params: dict[str, object] = {
            "stage": stage.id,
            "stage_names": (stage.zh, stage.en),
            "now_share": k1 / n1,
            "before_share": k2 / n2,
            "down_points": k1 / n1 - k2 / n2,
            "days": ADVANCE_DAYS,
            "n": n1,
            "before_n": n2,
        }
        reason = _main_reason(view, settings, where, stage.id)
        kind = "stage-slower" if reason is None else "stage-slower-reason"
        if reason is not None:
            params |= {"reason": reason[0], "reason_share": reason[1]}
        found.append(Finding(kind, "bad", params, n1, -z, ("funnel", {})))
    return found


def _main_reason(view: View, settings: Settings, where: Where, stage: str) -> tuple[str, float] | None:
    filters = Filters(where, view.as_of - 2 * WINDOW, view.as_of)
    for step in stage_funnel(view, settings, filters).stages:
        if step.stage == stage and step.lost:
            top = next((reason for reason in step.lost_reasons if is_given(reason.reason)), None)
            return (top.reason, top.customers / step.lost) if top else None
    return None


def channels(view: View, settings: Settings, where: Where) -> list[Finding]:
    """Return the sources whose 30-day win rate over the last 180 days lies outside what the overall rate explains (95 % Wilson)."""
    period = Period(view.as_of - 2 * WINDOW, view.as_of)
    filters = Filters(where, period.start, period.end)
    total = ask(view, MetricQuery(("win_rate_30d",), (), filters), settings).total
    overall = total.values["win_rate_30d"]
    if not overall:
        return []
    found = []
    for row in ask(view, MetricQuery(("win_rate_30d",), ("source",), filters), settings).rows:
        source, n, share = row.dims["source"], row.n["win_rate_30d"], row.values["win_rate_30d"]
        if source is None or not is_given(source) or share is None or n < settings.metrics.min_sample:
            continue
        low, high = interval(row.k["win_rate_30d"] or 0, n) or (0.0, 1.0)
        if low <= overall <= high:
            continue
        params = {
            "source": source,
            "now_share": share,
            "low_share": low,
            "high_share": high,
            "overall_share": overall,
            "n": n,
        }
        better = low > overall
        weight = abs(
            two_share_z(
                int(row.k["win_rate_30d"] or 0), n, int(overall * total.n["win_rate_30d"]), total.n["win_rate_30d"]
            )
        )
        target = ("channels", {"a": source})
        found.append(
            Finding("channel-up" if better else "channel-down", "good" if better else "bad", params, n, weight, target)
        )
    return found


def silent_reps(view: View, settings: Settings, where: Where) -> list[Finding]:
    """Return reps with open customers and a log that stopped two weeks ago or more, while others' goes on."""
    condition, params = lead_condition(where)
    sql = f"""
        WITH carried AS (SELECT owner, count(*) AS customers FROM leads
                WHERE is_open AND coalesce(owner, '') <> '' AND {condition} GROUP BY owner),
            logged AS (SELECT followed_up_by AS owner, max(CAST(followed_up_at AS DATE)) AS last_on, count(*) AS records
                FROM followups GROUP BY followed_up_by)
        SELECT c.owner, c.customers, l.records, l.last_on FROM carried AS c JOIN logged AS l ON l.owner = c.owner
        WHERE (SELECT max(last_on) FROM logged) >= ? AND l.last_on <= ?"""
    limit = view.as_of - timedelta(days=SILENT_REP_DAYS)
    recent = view.as_of - timedelta(days=SILENT_REP_DAYS // 2)
    return [
        Finding(
            "rep-silent",
            "warn",
            {
                "owner": row["owner"],
                "days": (view.as_of - row["last_on"]).days,
                "last_on": row["last_on"].isoformat(),
                "n": row["customers"],
            },
            int(row["customers"]),
            2.0 + (view.as_of - row["last_on"]).days / 30,
            ("alerts", {"owner": row["owner"]}),
        )
        for row in view.fetch(sql, [*params, recent, limit])
        if row["customers"] >= 3
    ]


def findings(view: View, settings: Settings, where: Where, most: int = 3) -> list[Finding]:
    """Return the weightiest findings, at most one step, two channels and two reps among them, strongest first."""
    candidates: list[Finding] = []
    for source, limit in ((worst_step, 1), (channels, 2), (silent_reps, 2)):
        candidates += _strongest(source(view, settings, where))[:limit]
    return _strongest(candidates)[:most]


def _strongest(found: Sequence[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: -finding.weight)
