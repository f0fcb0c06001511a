"""The same work without a browser: ``python -m salesanalytics COMMAND``.

Every command takes ``--json`` and ``--lang zh|en``; a UserError is one line on stderr and exit code 2.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from salesanalytics.errors import UserError
from salesanalytics.i18n import Lang, text

log = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    """An argument parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        raise UserError("cli-usage", problem=message, command=self.prog)


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r}: YYYY-MM-DD") from None


def _default_lang() -> Lang:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def _common() -> _Parser:
    common = _Parser(add_help=False)
    common.add_argument("--json", action="store_true", help="machine-readable output")
    common.add_argument("--lang", choices=("zh", "en"), default=_default_lang())
    return common


def _workspace(parser: argparse.ArgumentParser) -> None:
    default = Path(os.environ.get("SALESANALYTICS_WORKSPACE", "workspace"))
    parser.add_argument("--workspace", type=Path, default=default, metavar="DIR")


def _intake(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--map", type=Path, metavar="MAP.json")
    parser.add_argument("--as-of", type=_date, metavar="DATE")


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=_date, metavar="DATE")
    parser.add_argument("--from", dest="start", type=_date, metavar="DATE")
    parser.add_argument("--to", dest="end", type=_date, metavar="DATE")
    parser.add_argument("--where", nargs="+", default=[], action="extend", metavar="DIM=VALUE")


def _against(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compare-with", metavar="DATE", help="a day before the as-of date, or last, week, month")


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    root = _Parser(prog="salesanalytics", description="Sales analytics without a browser.")
    commands = root.add_subparsers(dest="command", required=True, parser_class=_Parser)
    common = _common()

    def command(name: str, run: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common])
        sub.set_defaults(run=run)
        return sub

    serve = command("serve", "serving.serve")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--no-browser", action="store_true")
    _workspace(serve)

    blank = command("templates", "generate.templates")
    blank.add_argument("--out", type=Path, required=True, metavar="DIR")
    blank.add_argument("--workspace", type=Path, metavar="DIR")
    command("docs", "generate.docs").add_argument("--out", type=Path, required=True, metavar="DIR")
    sample = command("sample", "generate.sample")
    sample.add_argument("--out", type=Path, required=True, metavar="DIR")
    sample.add_argument("--leads", type=int, default=1500)
    sample.add_argument("--weeks", type=int, default=26)
    sample.add_argument("--seed", type=int, default=None)
    sample.add_argument("--dirty", action="store_true")

    check = command("check", "imports.check")
    _intake(check)
    check.add_argument("--annotate", type=Path, metavar="FILE")
    check.add_argument("--workspace", type=Path, metavar="DIR")
    mend = command("fix", "fix.fix")
    mend.add_argument("file", type=Path, metavar="FILE")
    mend.add_argument("--apply", nargs="+", required=True, action="extend", metavar="KIND=ACTION")
    mend.add_argument("--out", type=Path, required=True, metavar="FILE")
    mend.add_argument("--map", type=Path, metavar="MAP.json")
    mend.add_argument("--as-of", type=_date, metavar="DATE")
    load = command("import", "imports.load")
    _intake(load)
    load.add_argument("--mode", choices=("full", "changes"), default="full")
    load.add_argument("--quarantine-bad-rows", action="store_true")
    _workspace(load)
    _workspace(command("imports", "imports.history"))
    undo = command("undo", "imports.undo")
    undo.add_argument("import_id", type=int, metavar="IMPORT_ID")
    _workspace(undo)
    _workspace(command("compact", "storage.compact_workspace"))
    held = command("quarantine", "quarantine.quarantine")
    held.add_argument("--out", type=Path, metavar="FILE")
    _workspace(held)
    beside = command("reconcile", "reconcile.reconciliation")
    beside.add_argument("--as-of", type=_date, metavar="DATE")
    _workspace(beside)

    chosen = command("settings", "settings.settings")
    chosen.add_argument("what", choices=("list", "set", "undo", "history"))
    chosen.add_argument("key", nargs="?", metavar="KEY")
    chosen.add_argument("value", nargs="?", metavar="VALUE")
    _workspace(chosen)

    metrics = command("metrics", "answers.metrics")
    metrics.add_argument("names", nargs="+", metavar="NAME")
    metrics.add_argument("--by", nargs="+", default=[], action="extend", metavar="DIM")
    _against(metrics)
    metrics.add_argument("--rows", action="store_true", help="the rows behind one number")
    metrics.add_argument(
        "--restated",
        action="store_true",
        help="what one number was when it was shown as of DATE, what it is now, and why",
    )
    _period(metrics)
    _workspace(metrics)
    sources = command("channels", "channels.channel_report")
    _against(sources)
    sources.add_argument("--compare", nargs=2, metavar=("A", "B"))
    _period(sources)
    _workspace(sources)
    moved = command("changes", "changes.change_report")
    moved.add_argument("--from", "--compare-with", dest="start", type=_date, metavar="DATE")
    moved.add_argument("--to", "--as-of", dest="end", type=_date, metavar="DATE")
    moved.add_argument("--by", choices=("team", "owner", "month", "quarter"))
    moved.add_argument("--where", nargs="+", default=[], action="extend", metavar="DIM=VALUE")
    _workspace(moved)
    one = command("customer", "customer.customer")
    one.add_argument("customer_id", metavar="ID")
    one.add_argument("--as-of", type=_date, metavar="DATE")
    _against(one)
    one.add_argument("--contacts", action="store_true", help="show contact data")
    _workspace(one)
    entered = command("stages", "customer.stages")
    _period(entered)
    _workspace(entered)
    report = command("report", "answers.report")
    report.add_argument("--format", choices=("pdf", "xlsx"), required=True)
    _against(report)
    report.add_argument("--out", type=Path, required=True, metavar="FILE")
    _period(report)
    _workspace(report)
    listed = command("list", "answers.list_things")
    listed.add_argument("what", choices=("metrics", "dimensions", "tables", "checks"))
    _workspace(listed)
    return root


def _command(place: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command; only its own module is loaded, so that a report does not wait for pandera and the web server."""
    module, _, function = place.partition(".")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(f"salesanalytics.commands.{module}"), function)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    words = list(sys.argv[1:] if argv is None else argv)
    lang: Lang = _default_lang()
    if "--lang" in words[:-1] and words[words.index("--lang") + 1] in ("zh", "en"):
        lang = "zh" if words[words.index("--lang") + 1] == "zh" else "en"
    try:
        args = parser().parse_args(words)
        return _command(args.run)(args)
    except UserError as error:
        print(error.message(lang), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except Exception:
        reference = uuid.uuid4().hex[:8]
        log.exception("unexpected error %s", reference)
        print(text("error.unexpected", lang, id=reference), file=sys.stderr)
        return 3
