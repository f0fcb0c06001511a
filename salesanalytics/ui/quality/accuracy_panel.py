"""How right the weekly samples were, week by week and in all."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.weekly_sample import WeekAccuracy, accuracy
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.answers import kept_samples
from salesanalytics.ui.quality.late_panel import interval_words
from salesanalytics.ui.tables import Cell, Opens, TableColumn, table


def accuracy_panel(frame: Frame) -> None:
    """Draw how right the samples were, week by week."""
    lang, weeks = frame.lang, accuracy(kept_samples(frame))
    whole = WeekAccuracy("", sum(w.correct for w in weeks), sum(w.wrong for w in weeks), sum(w.rows for w in weeks))
    title = text("quality.accuracy_none", lang)
    if whole.checked:
        title = text("quality.accuracy_title", lang, share=format.share(whole.share), n=whole.checked)
    with panel("quality-accuracy", title, text("quality.accuracy_subtitle", lang)):
        if not weeks:
            empty(text("quality.accuracy_empty", lang), text("quality.accuracy_empty_note", lang))
            return
        headers = [
            TableColumn(text("quality.week", lang)),
            TableColumn(text("quality.checked_of", lang), number=True),
            TableColumn(text("quality.verdict_wrong", lang), number=True),
            TableColumn(text("quality.accuracy", lang), number=True),
            TableColumn(text("quality.interval", lang), number=True, soft=True),
        ]
        minimum = frame.desk.settings.metrics.min_sample
        lines = [_week(each, each.week, minimum, lang) for each in weeks]
        show(table(headers, [*lines, _week(whole, text("quality.all_weeks", lang), minimum, lang)], title, height=360))


def _week(found: WeekAccuracy, name: str, minimum: int, lang: Lang) -> list[Cell]:
    share: Cell = format.share(found.share)
    if found.share is not None:
        grey = found.checked < minimum
        words = (
            text("quality.small_share", lang, k=found.correct, n=found.checked) if grey else format.share(found.share)
        )
        share = Opens(words, f"sample:{found.week}", grey)
    return [
        name,
        Opens(f"{format.number(found.checked)} / {format.number(found.rows)}", f"drawn:{found.week}"),
        Opens(format.number(found.wrong), f"wrong:{found.week}") if found.wrong else format.number(found.wrong),
        share,
        interval_words(found.bounds),
    ]
