"""templates, sample, docs: files made from the declarations."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from salesanalytics.commands.output import as_json, write
from salesanalytics.commands.uploads import settings_of
from salesanalytics.i18n import text
from salesanalytics.intake.issues import checks_markdown
from salesanalytics.intake.templates import generate_templates
from salesanalytics.metrics.glossary import metrics_markdown
from salesanalytics.sample import generate
from salesanalytics.sample.exports import SEED
from salesanalytics.tables.dictionary import columns_markdown

DOCUMENTS = {"columns.md": columns_markdown, "checks.md": checks_markdown, "metrics.md": metrics_markdown}


def _say(args: Namespace, paths: list[Path]) -> int:
    if args.json:
        write(as_json({"files": [str(path) for path in paths]}))
    else:
        for path in paths:
            write(text("cli.written", args.lang, path=path))
    return 0


def templates(args: Namespace) -> int:
    """Write the blank template workbooks, with the stages of a workspace if one is named."""
    return _say(args, generate_templates(args.out, settings_of(args.workspace).stages))


def sample(args: Namespace) -> int:
    """Write the sample company's weekly exports, or the dirty copy."""
    seed = SEED if args.seed is None else args.seed
    return _say(args, generate(args.out, leads=args.leads, weeks=args.weeks, seed=seed, dirty=args.dirty))


def docs(args: Namespace) -> int:
    """Write the documents that are generated from declarations."""
    args.out.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, markdown in DOCUMENTS.items():
        (args.out / name).write_text(markdown(), encoding="utf-8")
        paths.append(args.out / name)
    return _say(args, paths)
