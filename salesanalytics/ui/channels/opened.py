"""What stands behind a clicked number of the page: ``place:metric`` or ``place:stage/id``, place = the line of the table; a side of the comparison is JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from salesanalytics.i18n import format, text
from salesanalytics.insight.channel_comparison import STRATA
from salesanalytics.insight.channels import SHARE, SHOWN, Channels, only_sources, stage_rows
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.channels.answers import filters_of
from salesanalytics.ui.channels.opened_difference import open_difference
from salesanalytics.ui.channels.table_panel import stage_name
from salesanalytics.ui.channels.words import channel_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import metric_dialog, rows_dialog


def side_number(source: str, stratum: str | None) -> str:
    """Return the id of one side of the comparison: a channel over all (``stratum`` None) or in an industry."""
    return json.dumps([source, stratum], ensure_ascii=False)


def _open_side(frame: Frame, filters: Filters, number: str) -> None:
    try:
        source, stratum = json.loads(number)
    except ValueError:
        return
    narrowed = only_sources(filters, (str(source),))
    name = str(source)
    if stratum is not None:
        where = {**dict(narrowed.where), STRATA: (str(stratum),)}
        narrowed = replace(narrowed, where=tuple(sorted(where.items())))
        name = f"{source} · {stratum or text('ui.no_value', frame.lang)}"
    title = text("channels.opened", frame.lang, name=name, number=METRICS[SHARE].title(frame.lang))
    metric_dialog(frame, SHARE, narrowed, title)


def open_number(frame: Frame, found: Channels, filters: Filters, number: str) -> None:
    """Open the dialog of a number; an id that names none (another day's table) opens nothing."""
    lang = frame.lang
    if number.startswith("["):
        if not open_difference(frame, filters, number):
            _open_side(frame, filters, number)
        return
    place, _, name = number.partition(":")
    lines = (*found.channels, found.total)
    if not place.isdecimal() or int(place) >= len(lines):
        return
    one = lines[int(place)]
    narrowed = filters_of(one, filters)
    if name in SHOWN:
        title = text("channels.opened", lang, name=channel_name(one, lang), number=METRICS[name].title(lang))
        metric_dialog(frame, name, narrowed, title)
        return
    stage = name.removeprefix("stage/")
    if stage not in found.stages:
        return
    words = stage_name(stage, frame.desk.settings, lang)
    rows = frame.desk.remember("channel-stage", (narrowed, stage), lambda: stage_rows(frame.desk.view, narrowed, stage))
    title = text("channels.opened", lang, name=channel_name(one, lang), number=words)
    formula = text("channels.stage_formula", lang, stage=words)
    rows_dialog(frame, format.number(one.reached.get(stage, 0)), formula, narrowed, rows, title)
