"""Reconciliation: the uploaded conversion and funnel tables beside our own count, and the customers behind a count of ours."""

from __future__ import annotations

from dataclasses import replace

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.conversion_check import Conversion
from salesanalytics.insight.reconciliation import Reconciled, Reconciliation, UploadedTable, reconcile
from salesanalytics.settings import Settings
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.reconciliation_panel import difference_words, reconciliation_panel
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.behind_panel import behind_panel
from salesanalytics.ui.quality.downloads import download
from salesanalytics.ui.tables import Cell, TableColumn, Tag, Toned, table

TABLES: tuple[UploadedTable, ...] = ("conversion", "funnel")
_OF_CONVERSION = ("converted-fewer", "converted-more", "conversion-share", "dwell")


def reconciliation_panels(frame: Frame) -> None:
    """Draw the conversion table, the funnel table, and whom a computed count is made of."""
    found = {name: _found(frame, name) for name in TABLES}
    _conversion_panel(frame, found["conversion"])
    known = {name: result for name, result in found.items() if result is not None}
    funnel = known.get("funnel")
    reconciliation_panel(frame, (lambda: _download(frame, "funnel", funnel)) if funnel else None)
    behind_panel(frame, known)


def _found(frame: Frame, name: UploadedTable) -> Reconciliation | None:
    desk = frame.desk
    return desk.remember("reconciliation-of", (name,), lambda: reconcile(desk.view, desk.settings, name))


def _conversion_panel(frame: Frame, found: Reconciliation | None) -> None:
    lang, settings = frame.lang, frame.desk.settings
    if found is None:
        with panel("quality-conversion", text("quality.conversion_none", lang)):
            empty(text("quality.conversion_empty", lang), text("quality.conversion_empty_note", lang))
        return
    n = len(found.stages)
    key = "quality.conversion_all" if found.agreeing == n else "quality.conversion_some"
    title = text(key, lang, of=n, agreeing=found.agreeing)
    span = text("funnel.upto", lang, end=format.day(found.end))
    if found.start is not None:
        span = text("funnel.period_of", lang, period=found.period)
    with panel("quality-conversion", title, text("funnel.reconciliation_subtitle", lang, file=found.file, span=span)):
        show(table(_columns(lang), [_row(stage, settings, lang) for stage in found.stages], title))
        show(f'<div class="sa-panel-note">{escape(text("quality.conversion_note", lang))}</div>')
        _download(frame, "conversion", found)


def _columns(lang: Lang) -> list[TableColumn]:
    return [
        TableColumn(text("dimension.stage", lang)),
        TableColumn(text("quality.entered", lang), number=True),
        TableColumn(text("quality.difference", lang), number=True, wide=True),
        TableColumn(text("quality.converted", lang), number=True, soft=True, wide=True),
        TableColumn(text("quality.conversion_share", lang), number=True, soft=True, wide=True),
        TableColumn(text("quality.mean_dwell", lang), number=True, soft=True, wide=True),
        TableColumn(text("quality.check", lang)),
        TableColumn("", wrap=True, wide=True, soft=True),
    ]


def _beside(uploaded: str, computed: str) -> str:
    return format.DASH if uploaded == computed == format.DASH else f"{uploaded} | {computed}"


def _row(stage: Reconciled, settings: Settings, lang: Lang) -> list[Cell]:
    own = stage.conversion
    difference: Cell = format.number(stage.difference, signed=True)
    if stage.difference:
        difference = Toned(f"{'▲' if stage.difference > 0 else '▼'} {difference}", "warn")
    return [
        stage_name(stage.stage, settings, lang),
        _beside(format.number(stage.uploaded), format.number(stage.computed)),
        difference,
        *_own_cells(own, lang),
        Tag(text("funnel.agrees", lang), "good") if stage.agrees else Tag(text("funnel.differs", lang), "warn"),
        text("funnel.semicolon", lang).join(conversion_words(stage, settings, lang)),
    ]


def _own_cells(own: Conversion | None, lang: Lang) -> list[Cell]:
    if own is None:
        return [format.DASH] * 3
    return [
        _beside(format.number(own.converted), format.number(own.computed_converted)),
        _beside(format.share(own.printed_share), format.share(own.computed_share)),
        _beside(format.days(own.dwell, lang), format.days(own.computed_dwell, lang)),
    ]


def conversion_words(stage: Reconciled, settings: Settings, lang: Lang) -> list[str]:
    """Return each difference of a stage of the conversion table as a sentence."""
    counts = replace(stage, differences=tuple(kind for kind in stage.differences if kind not in _OF_CONVERSION))
    words = difference_words(counts, settings, lang)
    own = stage.conversion
    if own is None:
        return words
    n = abs((own.computed_converted or 0) - (own.converted or 0))
    return words + [
        text(
            f"quality.differs_{kind.replace('-', '_')}",
            lang,
            n=own.left if kind == "dwell" else n,
            printed=format.days(own.dwell, lang) if kind == "dwell" else format.share(own.printed_share),
            true=format.days(own.computed_dwell, lang) if kind == "dwell" else format.share(own.share),
        )
        for kind in stage.differences
        if kind in _OF_CONVERSION
    ]


def _download(frame: Frame, name: UploadedTable, found: Reconciliation) -> None:
    lang, settings = frame.lang, frame.desk.settings
    rows = []
    for stage in found.stages:
        own = stage.conversion
        words = conversion_words(stage, settings, lang) if own else difference_words(stage, settings, lang)
        rows.append(
            {
                "table": BY_NAME[name].title(lang), "period": found.period, "stage": stage_name(stage.stage, settings, lang),
                "uploaded": stage.uploaded, "computed": stage.computed, "difference": stage.difference,
                "converted": own.converted if own else None, "computed_converted": own.computed_converted if own else None,
                "share": own.printed_share if own else None, "computed_share": own.computed_share if own else None,
                "dwell": own.dwell if own else None, "computed_dwell": own.computed_dwell if own else None,
                "printed_loss": stage.printed_loss, "computed_loss": stage.computed_loss,
                "what": text("funnel.semicolon", lang).join(words), "file": stage.file, "sheet": stage.sheet, "row": stage.row,
            }
        )  # fmt: skip
    drop = ("printed_loss", "computed_loss") if name == "conversion" else (
        "converted", "computed_converted", "share", "computed_share", "dwell", "computed_dwell")  # fmt: skip
    download(f"reconciled_{name}", {key: f"csv_{key}" for key in rows[0] if key not in drop}, rows, frame)
