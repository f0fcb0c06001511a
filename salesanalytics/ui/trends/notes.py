"""What stands around a chart: its subtitle with metric, unit, days and n, and the notes below it."""

from __future__ import annotations

from salesanalytics.i18n import format, text
from salesanalytics.insight.moving_average import can_average
from salesanalytics.insight.series_split import parts_add_up
from salesanalytics.ui.trends.chosen import average_name, reads_states, then_day
from salesanalytics.ui.trends.lines import Drawing, last_bucket, small, target_kind
from salesanalytics.ui.trends.words import bucket_name, part_words


def subtitle(drawing: Drawing) -> str:
    """Return the subtitle; of several charts the shared words are left to their table."""
    chosen, trend, lang = drawing.chosen, drawing.trend, drawing.frame.lang
    grain = text(f"trends.by_{chosen.grain}", lang)
    first, last = (bucket_name(one, chosen.grain) for one in (trend.buckets[0], trend.buckets[-1]))
    parts = [
        text("trends.subtitle", lang, metric=chosen.metric.title(lang), grain=grain),
        drawing.scale.name,
        text("trends.span", lang, start=first, end=last),
    ]
    newest = trend.points[-1]
    if newest.partial and trend.parts:
        words = part_words(newest.whole, newest.days, lang)
        parts.append(text("trends.part_of", lang, bucket=last_bucket(drawing), part=words))
    if reads_states(chosen.metric, drawing.frame.desk.settings):
        parts.append(text("trends.stock", lang))
    else:
        parts.append(f"n = {format.number(sum(point.n for point in trend.points))}")
    if trend.target:
        parts.append(text(f"trends.dashed_{target_kind(drawing)}", lang))
    if trend.past:
        parts.append(text(f"trends.pale_{chosen.compare}", lang, day=then_day(drawing.frame)))
    if any(value is not None for part in trend.parts for value in part.averages):
        parts.append(average_name(chosen.window, chosen.grain, lang))
    return text("trends.comma", lang).join(part for part in parts if part)


def notes(drawing: Drawing) -> list[str]:
    """Return the notes: the formula, what is left out or rebuilt, why something is grey, absent or not stacked."""
    chosen, trend, lang = drawing.chosen, drawing.trend, drawing.frame.lang
    metric = chosen.metric
    found = [text("trends.formula", lang, formula=metric.formula(lang))]
    left = trend.points[-1].left_out if metric.stock else sum(point.left_out for point in trend.points)
    if left:
        found.append(text("trends.left_out", lang, n=left))
    if chosen.compare != "none" and not chosen.split and not trend.past:
        found.append(text("trends.no_past", lang))
    elif trend.past and trend.past[-1].partial and chosen.compare != "then":
        found.append(text("trends.past_alike", lang, n=trend.past[-1].days))
    if trend.reconstructed:
        found.append(text("trends.reconstructed", lang))
    if trend.aims and trend.aims.spread_from:
        found.append(text(f"trends.aim_spread_{trend.aims.spread_from}", lang))
    elif trend.aims and trend.aims.kind != "set":
        found.append(text("trends.aim_note", lang))
    if chosen.window:
        found.append(_average_note(drawing))
    if chosen.split and chosen.bars and not parts_add_up(metric, chosen.split):
        found.append(text("trends.no_stack", lang))
    if trend.mature and trend.young(trend.points[-1]):
        found.append(text("trends.young_note", lang, n=(drawing.frame.as_of - trend.mature).days))
    if any(small(trend.points, drawing)):
        found.append(text("trends.small_note", lang, n=drawing.sample))
    return found


def _average_note(drawing: Drawing) -> str:
    chosen, lang, metric = drawing.chosen, drawing.frame.lang, drawing.chosen.metric
    if not can_average(metric):
        return text("trends.average_not", lang)
    drawn = drawing.trend.averages or [value for part in drawing.trend.parts for value in part.averages]
    if not any(value is not None for value in drawn):
        return text("trends.average_short", lang)
    name = average_name(chosen.window, chosen.grain, lang)
    return text("trends.average_sum" if metric.adds_up else "trends.average_ratio", lang, name=name)
