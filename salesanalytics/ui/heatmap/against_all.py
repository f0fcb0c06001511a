"""The picked cell against all: its share, what one customer is worth, and how often deals are won there, small samples said as such."""

from __future__ import annotations

from salesanalytics.i18n import format, text
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import MetricRow, Unit
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.answers import compared, counts_customers
from salesanalytics.ui.heatmap.picked import Picked
from salesanalytics.ui.html import escape
from salesanalytics.ui.trends.values import scale_of

COMPARED = ("closed_win_rate", "mean_deal")


def against_all(frame: Frame, metric: Metric, picked: Picked) -> str:
    """Return the markup; nothing for the whole, which has nothing to be set against."""
    if picked.whole:
        return ""
    lang = frame.lang
    # beside a sum of money stands its own mean a customer
    names = COMPARED[:1] if metric.unit is Unit.MONEY else tuple(name for name in COMPARED if name != metric.name)
    here, everywhere = (compared(frame.desk, names, filters) for filters in (picked.filters, frame.filters))
    lines = [*_own(frame, metric, picked)]
    lines += [(frame.desk.metric(name).title(lang), *_pair(frame, name, here, everywhere)) for name in names]
    body = "".join(
        f'<tr><td>{escape(name)}</td><td class="num">{one}</td><td class="num">{escape(whole)}</td></tr>'
        for name, one, whole in lines
    )
    head = "".join(
        f'<th scope="col" class="num">{escape(text(f"heatmap.against_{side}", lang))}</th>' for side in ("here", "all")
    )
    title = escape(text("heatmap.against", lang))
    return (
        f'<div class="sa-against"><table class="sa-table" aria-label="{title}"><thead><tr><th scope="col">{title}</th>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _own(frame: Frame, metric: Metric, picked: Picked) -> list[tuple[str, str, str]]:
    """The measure itself: its share of the whole and, of money, the mean a customer; what does not add up stands side by side."""
    lang, cell, total = frame.lang, picked.cell, picked.total
    if cell is None or cell.value is None or total.value is None:
        return []
    if not metric.adds_up:
        scale = scale_of(metric.unit, [cell.value, total.value], lang, frame.desk.settings.currency)
        one = escape(scale.label(cell.value))
        if metric.share and cell.n < metric.min_sample(frame.desk.settings):
            one = _small(frame, cell.k, cell.n)
        return [(metric.title(lang), one, scale.label(total.value))]
    share = format.share(cell.value / total.value) if total.value else format.DASH
    lines = [(text("heatmap.against_share", lang, measure=metric.title(lang)), escape(share), format.share(1.0, 0))]
    if metric.unit is Unit.MONEY and counts_customers(metric) and cell.n and total.n:
        each, all_each = cell.value / cell.n, total.value / total.n
        scale = scale_of(Unit.MONEY, [each, all_each], lang, frame.desk.settings.currency)
        lines.append((text("heatmap.against_each", lang), escape(scale.label(each)), scale.label(all_each)))
    return lines


def _pair(frame: Frame, name: str, here: MetricRow, everywhere: MetricRow) -> tuple[str, str]:
    metric, lang, settings = frame.desk.metric(name), frame.lang, frame.desk.settings
    values = [row.values.get(name) for row in (here, everywhere)]
    scale = scale_of(metric.unit, values, lang, settings.currency)
    n = here.n.get(name, 0)
    if metric.share and n and n < metric.min_sample(settings):
        return _small(frame, here.k.get(name), n), scale.label(values[1])
    return escape(scale.label(values[0])), scale.label(values[1])


def _small(frame: Frame, k: float | None, n: int) -> str:
    words = text("heatmap.small_share", frame.lang, k=format.number(k), n=format.number(n))
    return f'<span class="sa-small-chip">{escape(words)}</span>'
