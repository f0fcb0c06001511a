"""The report's line on its comparison: a figure of last week that reads otherwise than last week's report had it says so, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesanalytics.i18n import Lang
from salesanalytics.insight.headline import Headline
from salesanalytics.insight.restated.history import History
from salesanalytics.insight.restated.restated import was_and_now
from salesanalytics.metrics.types import Filters
from salesanalytics.reports.restated_words import reads_alike, sentence
from salesanalytics.reports.words import headline_name
from salesanalytics.settings import Settings

MOST_LINES = 4
Where = tuple[tuple[str, tuple[str, ...]], ...]


def restated_lines(
    history: History, heads: Sequence[Headline], settings: Settings, where: Where, as_of: date, lang: Lang
) -> tuple[str, ...]:
    """Return a sentence for each headline figure whose value of the date compared with has changed since a report of that date could show it.

    Such a date is one of an import: of other days no report was made. A period's figure is told as it is known today, a stock's as that date knows it now.
    """
    dates = {one.as_of for one in history.records if one.undone_at is None}
    said = []
    for head in heads:
        day = head.compared_end
        if day is None or day not in dates or day >= as_of:
            continue
        until = None if head.compared_start is None else as_of
        steps = history.steps(day, until)
        asked = (head.metric, Filters(where, head.compared_start, day if head.compared_start else None))
        if not steps or reads_alike(*was_and_now(steps, asked), head.metric, settings):
            continue
        found = history.restated(asked, day, until)
        said.append(sentence(found, settings, lang, headline_name(head, settings, lang)))
    return tuple(said[:MOST_LINES])
