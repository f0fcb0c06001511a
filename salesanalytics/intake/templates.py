"""The blank templates as files: one workbook a language with every table, and the four standard tables on their own."""

from __future__ import annotations

from pathlib import Path

from salesanalytics.i18n import LANGS, Lang, text
from salesanalytics.intake.workbook import blank_workbook
from salesanalytics.stages import DEFAULT_STAGES, StageModel
from salesanalytics.tables import TABLES, Table


def template_files(stages: StageModel = DEFAULT_STAGES) -> dict[str, bytes]:
    """Return file name → xlsx bytes of every template in both languages."""
    files: dict[str, bytes] = {}
    for lang in LANGS:
        files[text("template.workbook_file", lang)] = blank_workbook(TABLES, lang, stages)
        for table in TABLES:
            if not table.companion:
                files[_file_name(table, lang)] = blank_workbook((table,), lang, stages)
    return files


def generate_templates(folder: Path, stages: StageModel = DEFAULT_STAGES) -> list[Path]:
    """Write every template into ``folder`` (made if missing) and return the paths. Equal stages give equal bytes. ``OSError`` if it cannot write."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in template_files(stages).items():
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths


def _file_name(table: Table, lang: Lang) -> str:
    title = table.title(lang)
    return f"{title if lang == 'zh' else title.lower().replace(' ', '-')}.xlsx"
