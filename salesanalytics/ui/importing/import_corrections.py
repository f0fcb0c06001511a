"""The corrections an import was made with: who changed what, when, from what to what."""

from __future__ import annotations

from salesanalytics.i18n import format, text
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.intake.types import Correction
from salesanalytics.ui.html import show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import TableColumn, table

SHOWN = 200


def corrections_made(desk: ImportDesk, import_id: int) -> None:
    """Draw the list; nothing where there were none."""
    lang = desk.lang
    made = desk.workspace.corrections(import_id)
    if not made:
        return
    names = ["data_page.column_sheet", "data_page.column_row"]
    names += [f"correcting.{name}" for name in ("column", "before", "after", "why")] + ["memory.who"]
    columns = [TableColumn(text(name, lang), number=name.endswith("row")) for name in names]
    title = text("data_page.edits_title", lang, n=len(made))
    show(headline(title, text("data_page.edits_note", lang)))
    show(table(columns, [_line(each, desk) for each in made[:SHOWN]], title, height=260))


def _line(each: Correction, desk: ImportDesk) -> list[str]:
    lang = desk.lang
    empty = text("data_page.value_empty", lang)
    gone = each.action == "drop"
    check = CHECK_BY_KIND.get(each.reason)
    return [
        each.sheet,
        str(each.row),
        each.column or "—",
        "—" if gone else each.old or empty,
        text("data_page.copy_leave", lang) if gone else each.new or empty,
        check.title(lang) if check else "",
        f"{each.who} · {format.moment(each.at.astimezone())}",
    ]
