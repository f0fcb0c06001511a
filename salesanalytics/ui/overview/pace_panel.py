"""Pace of the company and its teams against what is due by now."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.pace import Pace
from salesanalytics.metrics.periods import Period as Days
from salesanalytics.metrics.working_days import working_days
from salesanalytics.ui.bars import Bar, bars
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.overview.answers import company_and_teams
from salesanalytics.ui.overview.period_words import bucket_words
from salesanalytics.ui.panel import panel
from salesanalytics.ui.periods import target_bucket
from salesanalytics.ui.tables import Opens, Tone, Toned
from salesanalytics.ui.then_words import value_then

MOST_TEAMS = 6
_TONES: dict[str, Tone] = {"on-track": "good", "behind": "warn", "at-risk": "bad"}
_MARKS = {"on-track": "✓", "behind": "▼", "at-risk": "▼"}


def pace_panel(frame: Frame) -> None:
    """Draw the panel for the bucket the filter bar's period lies in."""
    lang = frame.lang
    grain, whole = target_bucket(frame.state.period, frame.as_of)
    company, teams = company_and_teams(frame.desk, frame.where, whole)
    name = bucket_words(grain, whole, lang)
    if not company:
        with panel("pace", text("overview.pace_none", lang), text("overview.pace_subtitle_none", lang, bucket=name)):
            note = "overview.no_target_here" if frame.where else "overview.no_target_note"
            empty(text("overview.no_target", lang), text(note, lang))
        return
    who = text("overview.selection" if frame.where else "overview.company", lang)
    days, gone, n = _days(whole, frame)
    subtitle = text(f"overview.pace_subtitle_{days}", lang, bucket=name, gone=gone, n=n)
    with panel(
        "pace",
        pace_headline(company[0], teams, who, lang),
        subtitle + _then(frame, whole),
    ):
        shown = teams[:MOST_TEAMS]
        scale = max(1.0, *(pace.attainment for pace in (*company, *shown)))
        rows = [_bar(company[0], who, scale, lang, whole_company=True)]
        rows += [_bar(team, team.name or "", scale, lang) for team in shown]
        due = text("overview.due", lang, share=format.share(company[0].due))
        show(bars(rows, name, tick_label=due, tick_at=company[0].due / scale, line=True))


def _then(frame: Frame, whole: Days) -> str:
    """What the company had attained of the same target on the date compared with."""
    if frame.then is None:
        return ""
    company, _ = company_and_teams(frame.then, frame.where, whole)
    words = format.share(company[0].attainment) if company else format.DASH
    return text("compared.and_then", frame.lang, then=value_then(words, frame))


def _days(whole: Days, frame: Frame) -> tuple[str, int, int]:
    """The kind of days pace is measured in, how many of them have gone, and how many there are."""
    gone, country = _gone(whole, frame), frame.desk.settings.analysis.country
    if frame.desk.metric("pace").elapsed_in != "working" or not working_days(whole, country):
        return "calendar", gone, whole.days
    return "working", working_days(whole.to_date(frame.as_of), country) if gone else 0, working_days(whole, country)


def _gone(whole: Days, frame: Frame) -> int:
    return whole.to_date(frame.as_of).days


def _bar(pace: Pace, name: str, scale: float, lang: Lang, *, whole_company: bool = False) -> Bar:
    tone = _TONES[pace.standing]
    word = text(f"overview.{pace.standing.replace('-', '_')}", lang)
    return Bar(
        name=name,
        length=pace.attainment / scale,
        tick=pace.due / scale,
        strong=whole_company,
        bold=whole_company,
        cells=(
            Opens(format.share(pace.attainment), f"team:{pace.name or ''}"),
            Opens(format.points(pace.ahead, lang), f"pace:{pace.name or ''}", tone=tone),
            Toned(f"{_MARKS[pace.standing]} {word}", tone),
        ),
    )


def pace_headline(company: Pace, teams: list[Pace], who: str, lang: Lang) -> str:
    """Return the finding: ahead of or behind pace by how much, and which teams hold most of the gap."""
    gap = format.points(abs(company.ahead), lang).lstrip("+")
    if company.standing == "on-track":
        key = "overview.pace_ahead" if company.ahead > 0 else "overview.pace_even"
        return text(key, lang, who=who, points=gap)
    behind = sorted((team for team in teams if team.gap > 0), key=lambda team: -team.gap)
    total = sum(team.gap for team in behind)
    holding = [behind[0]] if behind and behind[0].gap >= 0.6 * total else behind[:2]
    if not holding:
        return text("overview.pace_behind", lang, who=who, points=gap)
    names = text("overview.and", lang).join(team.name or "" for team in holding)
    return text("overview.pace_behind_by", lang, who=who, points=gap, teams=names)
