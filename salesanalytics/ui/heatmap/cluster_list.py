"""The clusters in words: which cells hold more than their row and column let one expect, how much more, on how many customers, and how many cells were looked at."""

from __future__ import annotations

from salesanalytics.i18n import format, text
from salesanalytics.insight.clusters import FALSE_SHARE, LEAST_CUSTOMERS, LEAST_GAP, LEAST_RATIO
from salesanalytics.insight.cross_table import CrossTable, Place
from salesanalytics.metrics.types import Unit
from salesanalytics.ui.heatmap.chosen import Chosen
from salesanalytics.ui.heatmap.opened import cell_number
from salesanalytics.ui.heatmap.picked import cell_name
from salesanalytics.ui.heatmap.picture import Picture
from salesanalytics.ui.heatmap.words import below_words, counted
from salesanalytics.ui.html import escape

MOST_NAMED = 5


def cluster_note(table: CrossTable, place: Place, picture: Picture) -> str:
    """Return the hover line of a cluster; nothing for any other cell."""
    found = table.clusters.get(place)
    return "" if found is None else f"★ {_against(table, place, picture)}"


def _against(table: CrossTable, place: Place, picture: Picture) -> str:
    found, lang = table.clusters[place], picture.frame.lang
    expected = picture.scale.label(found.expected)
    if picture.metric.unit is Unit.COUNT:
        expected = format.number(found.expected, 1)
    if picture.scale.unit is Unit.SHARE:
        return text("heatmap.cluster_share", lang, expected=expected)
    return text("heatmap.cluster_times", lang, expected=expected, ratio=format.number(found.ratio, 1))


def cluster_list(chosen: Chosen, table: CrossTable, picture: Picture) -> str:
    """Return the markup of the clusters, the strongest first, each leading to its cell; nothing where none were looked for."""
    lang = picture.frame.lang
    if not table.looked_at:
        return ""
    level = format.share(FALSE_SHARE, 0)
    if not table.clusters:
        return (
            f'<div class="sa-clusters">{escape(text("heatmap.no_cluster", lang, n=table.looked_at, level=level))}</div>'
        )
    money = picture.metric.unit is Unit.MONEY
    title = text("heatmap.clusters_high" if money else "heatmap.clusters", lang)
    order = sorted(table.clusters, key=lambda at: (-(table.cells[at].value or 0.0), at))
    items = "".join(f"<li>{_item(chosen, table, at, picture)}</li>" for at in order[:MOST_NAMED])
    more = ""
    if len(order) > MOST_NAMED:
        more = f"<li>{escape(text('heatmap.more_clusters', lang, n=len(order) - MOST_NAMED))}</li>"
    rule = _rule(table, picture)
    return f'<div class="sa-clusters"><b>★ {escape(title)}</b><ul>{items}{more}</ul><span>{escape(rule)}</span></div>'


def _rule(table: CrossTable, picture: Picture) -> str:
    lang, words = picture.frame.lang, {"n": table.looked_at, "level": format.share(FALSE_SHARE, 0)}
    if picture.metric.share:
        least = max(picture.metric.min_sample(picture.frame.desk.settings), 1)
        return text("heatmap.rule_share", lang, least=least, points=format.points(LEAST_GAP, lang), **words)
    return text("heatmap.rule", lang, least=LEAST_CUSTOMERS, percent=format.share(LEAST_RATIO - 1, 0), **words)


def _item(chosen: Chosen, table: CrossTable, place: Place, picture: Picture) -> str:
    cell, lang = table.cells[place], picture.frame.lang
    name = escape(cell_name(chosen, table, place, picture.frame.desk, lang))
    below = below_words(cell, picture.metric, lang) or counted(picture.metric, lang, cell.n)
    facts = [picture.scale.label(cell.value), below, _against(table, place, picture)]
    if picture.metric.unit is Unit.COUNT:
        facts = [below if cell.n == cell.value else facts[0], facts[2]]
    link = f'<a class="sa-open" href="#" data-open="{cell_number(place)}">{name}</a>'
    return f"{link}{escape(text('heatmap.colon', lang))}{escape(text('trends.comma', lang).join(facts))}"
