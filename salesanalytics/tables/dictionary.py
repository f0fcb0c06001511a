"""docs/columns.md, written from the declarations in both languages."""

from __future__ import annotations

from salesanalytics.i18n import LANGS, Lang, text
from salesanalytics.tables import TABLES, Column, Table
from salesanalytics.tables.ddl import TYPE_OF_KIND

HEADINGS = ("field", "column", "need", "type", "meaning", "example", "choices", "aliases")


def columns_markdown() -> str:
    """Return the data dictionary as Markdown, first Chinese, then English: every table, column, type, meaning, example and accepted spelling."""
    return "\n".join(line for lang in LANGS for line in (*_document(lang), "")).rstrip() + "\n"


def _document(lang: Lang) -> list[str]:
    lines = [f"# {text('template.document_title', lang)}", "", text("template.document_intro", lang)]
    for table in TABLES:
        lines += ["", *_section(table, lang)]
    return lines


def _section(table: Table, lang: Lang) -> list[str]:
    separator = text("template.separator", lang)
    key = separator.join(f"`{name}`" for name in table.key)
    lines = [f"## {table.title(lang)} `{table.name}`", "", text("template.key_columns", lang, columns=key), ""]
    lines.append(_line([text(f"template.{name}_header", lang) for name in HEADINGS]))
    lines.append(_line(["---"] * len(HEADINGS)))
    lines += [_line(_cells(column, lang)) for column in table.columns]
    return [*lines, "", text("template.document_custom", lang)] if table.allows_custom else lines


def _cells(column: Column, lang: Lang) -> list[str]:
    separator = text("template.separator", lang)
    need = "required" if column.required else "expected" if column.expected else "optional"
    needed = text(f"template.need_{need}", lang)
    others = [spelling for spelling in column.spellings if spelling not in (column.name, column.header(lang))]
    return [
        f"`{column.name}`",
        column.header(lang),
        needed + (separator + text("template.sensitive", lang) if column.sensitive else ""),
        TYPE_OF_KIND[column.kind],
        column.note(lang),
        next((cell for cell in column.example_cells(lang) if cell not in ("", "-", "--")), ""),
        separator.join(column.choice_labels(lang)),
        separator.join(others),
    ]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("*", "\\*") for cell in cells) + " |"
