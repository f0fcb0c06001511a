"""Duplicates and other issues, import by import: is what comes in getting better?"""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.quality_trend import CONFLICTING, IDENTICAL, ImportQuality, kinds_over_time
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.answers import imports_of
from salesanalytics.ui.quality.downloads import download
from salesanalytics.ui.quality.words import kind_name
from salesanalytics.ui.tables import Cell, Opens, TableColumn, table

SHOWN = 8


def imports_panel(frame: Frame) -> None:
    """Draw the panel."""
    lang, found = frame.lang, imports_of(frame)
    if found is None:
        with panel("quality-imports", text("quality.imports_scope", lang)):
            empty(text("quality.not_yours", lang), text("quality.imports_scope_note", lang))
        return
    known = [each for each in found if each.kinds is not None]
    subtitle = "quality.imports_subtitle_latest" if len(found) > SHOWN else "quality.imports_subtitle"
    with panel("quality-imports", _title(known, lang), text(subtitle, lang, n=len(found))):
        if not known:
            empty(text("quality.not_kept", lang), text("quality.not_kept_note", lang))
            return
        shown = found[-SHOWN:]
        headers = [
            TableColumn(text("quality.issue_kind", lang), wrap=True),
            *(
                TableColumn(format.day(each.as_of) if at == len(shown) - 1 else format.month_day(each.as_of), number=True, wide=at < len(shown) - 2)
                for at, each in enumerate(shown)
            ),
        ]  # fmt: skip
        show(table(headers, _rows(shown, kinds_over_time(found), lang), _title(known, lang)))
        notes = [text("quality.imports_note", lang)]
        if len(known) < len(found):
            notes.append(text("quality.imports_unknown", lang, n=len(found) - len(known)))
        show(f'<div class="sa-panel-note">{escape(" · ".join(notes))}</div>')
        download(
            "imports",
            {"import": "import_id", "day": "as_of", "files": "file", "kind": "issue_kind", "n": "issues", "rows": "rows_read", "held": "rows_held"},
            [
                {"import": each.import_id, "day": format.day(each.as_of), "files": " · ".join(each.files), "kind": kind_name(kind, lang),
                 "n": each.of(kind), "rows": each.rows, "held": each.held}
                for each in found for kind in kinds_over_time(found)
            ],
            frame,
        )  # fmt: skip


def _title(known: Sequence[ImportQuality], lang: Lang) -> str:
    if not known:
        return text("quality.not_kept", lang)
    now = known[-1].per_thousand
    if len(known) == 1 or known[-2].per_thousand is None:
        return text("quality.imports_first", lang, now=format.number(now, 1))
    before = known[-2].per_thousand
    key = "same" if now == before else "better" if (now or 0) < before else "worse"
    return text(f"quality.imports_{key}", lang, now=format.number(now, 1), before=format.number(before, 1))


def _rows(shown: Sequence[ImportQuality], kinds: Sequence[str], lang: Lang) -> list[list[Cell]]:
    lines = [[kind_name(kind, lang), *(_count(each, kind) for each in shown)] for kind in kinds]
    totals: list[list[Cell]] = [
        [
            text("quality.all_issues", lang),
            *(_opens(format.number(each.issues), each.issues, f"issues:{each.import_id}") for each in shown),
        ],
        [
            text("quality.per_thousand", lang),
            *(_opens(format.number(each.per_thousand, 1), each.issues, f"issues:{each.import_id}") for each in shown),
        ],
        [
            text("quality.rows_held", lang),
            *(_opens(format.number(each.held), each.held, f"held:{each.import_id}") for each in shown),
        ],
        [
            text("quality.rows_read", lang),
            *(_opens(format.number(each.rows), each.rows, f"read:{each.import_id}") for each in shown),
        ],
    ]
    return [*lines, *totals]


def _opens(words: str, n: int | None, number: str) -> Cell:
    return Opens(words, number) if n else words


def _count(found: ImportQuality, kind: str) -> Cell:
    n = found.of(kind)
    sign = {CONFLICTING: "✕ ", IDENTICAL: "▲ "}.get(kind, "") if n else ""
    return _opens(f"{sign}{format.number(n)}", n, f"issues:{found.import_id}:{kind}")
