"""Every check of an import, declared once, and the sentences an issue is told in.

From ``CHECKS`` come the default severities, docs/checks.md, the CLI's ``list checks`` and the test that each kind can be provoked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salesanalytics.i18n import LANGS, Lang, text
from salesanalytics.intake.types import Issue
from salesanalytics.settings import Settings, Severity
from salesanalytics.stages import DEFAULT_STAGES, StageModel
from salesanalytics.tables import BY_NAME

Place = Literal["sheet", "column", "row", "cell"]


@dataclass(frozen=True)
class Check:
    """One thing an import looks for.

    ``tables``: where it can occur (empty = every table). ``severity``: the default; an error blocks its row. ``place``: what an issue of this kind
    points at. ``fixed``: the severity cannot be set, since a frame with such rows could not be loaded. ``fixed_if_required``: it cannot be set for
    required columns, whose cell places the row; elsewhere a warning leaves the cell empty.
    """

    kind: str
    severity: Severity
    place: Place = "cell"
    tables: tuple[str, ...] = ()
    fixed: bool = False
    fixed_if_required: bool = False

    @property
    def blocks(self) -> bool:
        """Whether a row with this issue is held back by default."""
        return self.severity == "error"

    def title(self, lang: Lang) -> str:
        """Return the check's name."""
        return text(f"check.{self.kind}.title", lang)

    def reason(self, lang: Lang) -> str:
        """Return why it matters."""
        return text(f"check.{self.kind}.reason", lang)

    def fix(self, lang: Lang) -> str:
        """Return what the user can do about it."""
        return text(f"check.{self.kind}.fix", lang)


_STAGED = ("leads", "followups", "conversion", "funnel")
_MONEYED = ("leads", "targets", "contracts", "channel_costs")
_FUNNELS = ("conversion", "funnel")

CHECKS: tuple[Check, ...] = (
    # what a sheet and its columns are
    Check("sheet-not-recognised", "warning", "sheet"),
    Check("required-column-missing", "error", "sheet", fixed=True),
    Check("column-missing", "warning", "sheet"),
    Check("column-uncertain", "warning", "column"),
    Check("column-repeated", "warning", "column"),
    Check("id-derived", "warning", "sheet", ("followups",)),
    # cells that cannot be read
    Check("uncomputed-formula", "error", fixed_if_required=True),
    Check("uncomputed-text", "warning"),
    Check("error-cell", "error", fixed_if_required=True),
    Check("error-text", "warning"),
    Check("unreadable-date", "error", fixed_if_required=True),
    Check("date-order-undecided", "error", "column", fixed=True),
    Check("unreadable-amount", "error", "cell", _MONEYED, fixed_if_required=True),
    Check("number-format-undecided", "error", "column", fixed=True),
    Check("unreadable-number", "error", fixed_if_required=True),
    Check("unreadable-boolean", "warning", "cell", ("followups",)),
    Check("unreadable-period", "error", "cell", ("conversion", "funnel", "targets", "channel_costs"), fixed=True),
    Check("unknown-stage", "error", "cell", _STAGED, fixed=True),
    Check("id-damaged", "warning"),
    # cells that are empty
    Check("empty-key", "error", fixed=True),
    Check("empty-stage", "error", "cell", ("leads",), fixed=True),
    Check("missing-required-cell", "error", fixed=True),
    Check("missing-expected-cell", "warning"),
    # values that are not plausible
    Check("implausible-date", "warning"),
    Check("negative-amount", "warning", "cell", _MONEYED),
    Check("absurd-amount", "warning", "cell", _MONEYED),
    Check("negative-number", "warning"),
    Check("share-out-of-range", "warning", "cell", _FUNNELS),
    Check("sensitive-in-notes", "warning", "cell", ("leads", "followups")),
    Check("spelling-variant", "warning", "cell", ("leads", "followups", "targets", "channel_costs")),
    # rows against each other
    Check("duplicate-identical", "warning", "row"),
    Check("duplicate-conflicting", "error", "row", fixed=True),
    Check("orphan-customer", "warning", "cell", ("followups", "contracts")),
    # leads
    Check("first-contact-in-future", "warning", "cell", ("leads",)),
    Check("followup-before-first-contact", "warning", "cell", ("leads",)),
    Check("last-followup-in-future", "warning", "cell", ("leads",)),
    Check("closed-before-first-contact", "warning", "cell", ("leads",)),
    Check("closed-in-future", "warning", "cell", ("leads",)),
    Check("overdue-close", "warning", "cell", ("leads",)),
    Check("won-without-amount", "warning", "cell", ("leads",)),
    Check("won-without-date", "warning", "cell", ("leads",)),
    Check("lost-without-reason", "warning", "cell", ("leads",)),
    # followups
    Check("future-followup", "warning", "cell", ("followups",)),
    Check("unknown-method", "warning", "cell", ("followups",)),
    Check("late-recorded", "warning", "cell", ("followups",)),
    Check("next-followup-passed", "warning", "cell", ("followups",)),
    # conversion and funnel
    Check("share-mismatch", "warning", "cell", _FUNNELS),
    Check("counts-grow", "warning", "cell", _FUNNELS),
    Check("stages-missing", "warning", "sheet", _FUNNELS),
    Check("stages-out-of-order", "warning", "cell", _FUNNELS),
    # companions
    Check("overlapping-targets", "warning", "row", ("targets",)),
    Check("over-collected", "warning", "cell", ("contracts",)),
    Check("contract-amount-differs", "warning", "cell", ("contracts",)),
)
CHECK_BY_KIND: dict[str, Check] = {check.kind: check for check in CHECKS}


def severity_of(kind: str, settings: Settings, *, required: bool = False) -> Severity:
    """Return the severity of ``kind``: the setting, unless the check is fixed (``required``: found in a required column) or the setting is silent."""
    check = CHECK_BY_KIND[kind]
    if check.fixed or (check.fixed_if_required and required):
        return check.severity
    return settings.severities.get(kind, check.severity)


def message(issue: Issue, lang: Lang, stages: StageModel = DEFAULT_STAGES) -> str:
    """Return the issue as a sentence: what is wrong in which column, and the suggestion if there is one."""
    sentence = text(f"issue.{issue.kind}", lang, **_blanks(issue, lang, stages))
    if issue.suggestion is None:
        return sentence
    space = " " if lang == "en" else ""
    return sentence + space + text("issue.suggested", lang, suggestion=_shown(issue.suggestion, issue, lang, stages))


def shown_suggestion(issue: Issue, lang: Lang, stages: StageModel = DEFAULT_STAGES) -> str | None:
    """Return the suggested value as the reader knows it (a stage by its name), None if there is none."""
    return None if issue.suggestion is None else _shown(issue.suggestion, issue, lang, stages)


def place(issue: Issue, lang: Lang) -> str:
    """Return where the issue is: its sheet, and its row if it has one."""
    if issue.row is None:
        return text("issue.place-sheet", lang, sheet=issue.sheet)
    return text("issue.place-row", lang, sheet=issue.sheet, row=issue.row)


def _blanks(issue: Issue, lang: Lang, stages: StageModel) -> dict[str, object]:
    table = BY_NAME.get(issue.table or "")
    header = issue.column
    if header is None and table is not None and issue.field in table.names:
        header = table.column(issue.field or "").header(lang)
    return {
        "sheet": issue.sheet,
        "table": table.title(lang) if table else "",
        "column": header or issue.field or "",
        "found": _shown(issue.found, issue, lang, stages),
        "expected": _shown(issue.expected, issue, lang, stages),
    }


def _shown(value: str | None, issue: Issue, lang: Lang, stages: StageModel) -> str:
    """Name what is an id of ours (a column, a stage, a phrase) in the reader's language; show anything else as it is."""
    if value is None:
        return text("issue.empty", lang)
    table = BY_NAME.get(issue.table or "")
    if issue.kind in _NAMES_A_COLUMN and table is not None and value in table.names:
        return table.column(value).header(lang)
    if issue.kind in _NAMES_STAGES:
        parts = [part.strip() for part in value.split(",")]
        if all(part in stages.ids for part in parts):
            return ("、" if lang == "zh" else ", ").join(stages.get(part).name(lang) for part in parts)
    if issue.kind == "sensitive-in-notes" and value in ("phone-number", "id-number"):
        return text(f"issue.{value}", lang)
    if issue.kind in _TWO_READINGS and " | " in value:
        first, second = value.split(" | ", 1)
        return text("issue.or", lang, first=first, second=second)
    return value


_NAMES_A_COLUMN = {"column-missing", "required-column-missing", "column-uncertain", "column-repeated", "id-derived"}
_NAMES_STAGES = {"unknown-stage", "empty-stage", "stages-missing", "stages-out-of-order"}
_TWO_READINGS = {"date-order-undecided", "number-format-undecided"}


def checks_markdown() -> str:
    """Return docs/checks.md: every check in both languages, with its default severity."""
    return "\n".join(line for lang in LANGS for line in _section(lang))


def _section(lang: Lang) -> list[str]:
    columns = text("check.doc-columns", lang)
    lines = [
        f"# {text('check.doc-title', lang)}",
        "",
        text("check.doc-intro", lang),
        "",
        f"| {columns} |",
        "|" + " --- |" * (columns.count("|") + 1),
    ]
    for check in CHECKS:
        tables = ", ".join(BY_NAME[name].title(lang) for name in check.tables) or text("check.all-tables", lang)
        severity = text(f"check.severity-{check.severity}", lang)
        fixed = f" ({text('check.fixed', lang)})" if check.fixed else ""
        cells = (f"`{check.kind}`", check.title(lang), tables, severity + fixed, check.reason(lang), check.fix(lang))
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]
