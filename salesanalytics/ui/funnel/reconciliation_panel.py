"""The uploaded funnel table beside our own count, stage by stage, every difference named."""

from __future__ import annotations

from collections.abc import Callable

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.reconciliation import Reconciled, Reconciliation
from salesanalytics.settings import Settings
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import asked_reconciliation
from salesanalytics.ui.funnel.numbers import computed_number, uploaded_number
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, Opens, TableColumn, Tag, Toned, table


def reconciliation_panel(frame: Frame, below: Callable[[], None] | None = None) -> None:
    """Draw the panel; ``below`` draws what goes under its notes where a table was uploaded."""
    lang, desk = frame.lang, frame.desk
    found = asked_reconciliation(desk)
    if found is None:
        with panel("reconciliation", text("funnel.no_upload", lang)):
            empty(text("funnel.no_upload_title", lang), text("funnel.no_upload_note", lang))
        return
    title = reconciliation_headline(found, desk.settings, lang)
    span = (
        text("funnel.upto", lang, end=format.day(found.end))
        if found.start is None
        else text("funnel.period_of", lang, period=found.period)
    )
    with panel("reconciliation", title, text("funnel.reconciliation_subtitle", lang, file=found.file, span=span)):
        show(table(_columns(lang), [_row(stage, desk.settings, lang) for stage in found.stages], title))
        loss = text("funnel.semicolon", lang) + text("funnel.reconciliation_loss", lang)
        notes = []
        if found.from_unknown:
            notes.append(text("funnel.reconciliation_unknown", lang, n=found.from_unknown))
        if frame.where:
            notes.append(text("funnel.reconciliation_unfiltered", lang))
        counted = f'{escape(text("funnel.reconciliation_note", lang))}<span class="beyond">{escape(loss)}</span>'
        show(f'<div class="sa-panel-note">{" · ".join([counted, *map(escape, notes)])}</div>')
        if below:
            below()


def reconciliation_headline(found: Reconciliation, settings: Settings, lang: Lang) -> str:
    """Return how many stages agree, and where the counts differ most."""
    n = len(found.stages)
    if found.agreeing == n:
        return text("funnel.reconciled_all", lang, n=n)
    counts = [stage for stage in found.stages if stage.difference]
    if not counts:
        return text("funnel.reconciled_shares", lang, of=n, n=n - found.agreeing)
    worst = max(counts, key=lambda stage: abs(stage.difference or 0))
    return text(
        "funnel.reconciled_some",
        lang,
        of=n,
        agreeing=found.agreeing,
        stage=stage_name(worst.stage, settings, lang),
        n=abs(worst.difference or 0),
    )


def _columns(lang: Lang) -> list[TableColumn]:
    return [
        TableColumn(text("dimension.stage", lang)),
        TableColumn(text("funnel.column_uploaded", lang), number=True),
        TableColumn(text("funnel.column_computed", lang), number=True),
        TableColumn(text("funnel.column_difference", lang), number=True),
        TableColumn(text("funnel.column_loss", lang), number=True, soft=True, wide=True),
        TableColumn(text("funnel.column_attainment", lang), number=True, soft=True, wide=True),
        TableColumn(text("funnel.column_check", lang), wide=True),
        TableColumn("", wrap=True, wide=True, soft=True),
    ]


def _row(stage: Reconciled, settings: Settings, lang: Lang) -> list[Cell]:
    difference: Cell = format.number(stage.difference, signed=True)
    if stage.difference:
        difference = Toned(f"{'▲' if stage.difference > 0 else '▼'} {difference}", "warn")
    shares = [
        text("funnel.beside", lang, uploaded=format.share(printed), computed=format.share(computed))
        if printed is not None or computed is not None
        else format.DASH
        for printed, computed in ((stage.printed_loss, stage.computed_loss), (stage.printed_attainment, stage.attained))
    ]
    check = Tag(text("funnel.agrees", lang), "good") if stage.agrees else Tag(text("funnel.differs", lang), "warn")
    return [
        stage_name(stage.stage, settings, lang),
        Opens(format.number(stage.uploaded), uploaded_number(stage.stage)),
        Opens(format.number(stage.computed), computed_number(stage.stage))
        if stage.computed
        else format.number(stage.computed),
        difference,
        *shares,
        check,
        text("funnel.semicolon", lang).join(difference_words(stage, settings, lang)),
    ]


def difference_words(stage: Reconciled, settings: Settings, lang: Lang) -> list[str]:
    """Return each difference of a stage as a sentence."""
    name, n = stage_name(stage.stage, settings, lang), abs(stage.difference or 0)
    shares = {
        "loss-share": (stage.printed_loss, stage.loss),
        "attainment": (stage.printed_attainment, stage.attained),
    }
    first = settings.stages.order(stage.stage) == 1
    return [
        text(
            f"funnel.differs_{kind.replace('-', '_')}{'_first' if first and kind in ('fewer', 'more') else ''}",
            lang,
            n=n,
            stage=name,
            printed=format.share(shares.get(kind, (None, None))[0]),
            true=format.share(shares.get(kind, (None, None))[1]),
        )
        for kind in stage.differences
    ]
