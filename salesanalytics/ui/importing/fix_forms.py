"""The fixes a group of issues can be answered with, as small forms. What is chosen shows in the table before it is applied."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.intake.correct_fixes import Keep
from salesanalytics.intake.types import Issue
from salesanalytics.stages import StageModel
from salesanalytics.tables import BY_NAME, Column, Kind
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.groups import IssueGroup
from salesanalytics.ui.importing.reading_forms import Becomes, decimal_forms, order_forms, place_of
from salesanalytics.ui.importing.suggesting import SENSITIVE, SPELLINGS, STAGE_KINDS, Suggester
from salesanalytics.ui.importing.values import value_options, value_problem

SPELLINGS_SHOWN = 6
KEEPS: tuple[Keep, ...] = ("most-recent", "first", "last")


def fix_forms(desk: ImportDesk, group: IssueGroup) -> Becomes:
    """Draw the forms that suit the group; return what each row's cell would become if they were applied as they stand."""
    suggester = desk.bench.suggester(desk.draft, desk.who, desk.lang)
    with st.container(key="data-fixes", gap="xxsmall"):
        if group.kind == "duplicate-conflicting":
            return _keep(desk, group)
        if group.kind == "date-order-undecided":
            return order_forms(desk, group)
        if group.kind == "number-format-undecided":
            return decimal_forms(desk, group)
        if group.kind == SENSITIVE:
            _mask(desk, group)
        if group.kind == "duplicate-identical" or group.field is None or group.table is None:
            return {}
        column = _column(group)
        if column is None:
            return {}
        if group.kind == "unknown-stage" or group.kind in SPELLINGS:
            return _spellings(desk, group, column, suggester)
        return _set_all(desk, group, column, suggester)


def _column(group: IssueGroup) -> Column | None:
    table = BY_NAME[group.table or "leads"]
    return table.column(group.field or "") if group.field in table.names else None


def _keep(desk: ImportDesk, group: IssueGroup) -> Becomes:
    lang = desk.lang
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="data-fix-keep"):
        show(f"<span>{escape(text('data_page.keep_label', lang))}</span>", width="content")
        keep: Keep = st.segmented_control(
            text("data_page.keep_label", lang),
            KEEPS,
            format_func=lambda each: text(f"data_page.keep_{each}", lang),
            default="most-recent",
            required=True,
            key="data-keep",
            label_visibility="collapsed",
        )
        edit = desk.fixer.keep_one(group, keep)
        label = text("data_page.keep_apply", lang, n=len(edit.corrections))
        if st.button(label, key="data-keep-apply", type="primary", disabled=not edit.corrections):
            desk.fixing(edit)
    gone = {(each.digest, each.sheet, each.row) for each in edit.corrections}
    becomes: Becomes = {}
    for issue, row in desk.bench.rows(desk.draft).of(group.issues):
        leaves = (row.sheet.raw.digest, row.sheet.raw.sheet, row.number) in gone
        becomes[place_of(issue)] = text(f"data_page.copy_{'leave' if leaves else 'keep'}", lang)
    return becomes


def _spellings(desk: ImportDesk, group: IssueGroup, column: Column, suggester: Suggester) -> Becomes:
    """One line a spelling: what it is to become, why that is suggested, whether to remember it."""
    lang, stages = desk.lang, suggester.stages
    becomes: Becomes = {}
    found = group.spellings()
    for at, (spelling, n) in enumerate(found[:SPELLINGS_SHOWN]):
        own = [issue for issue in group.issues if issue.found == spelling]
        proposal, hint = _proposal(own, group, suggester, lang)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"data-fix-spelling-{at}"):
            tone = "bad" if group.severity == "error" else "warn"
            count = escape(text("data_page.count_rows", lang, n=format.number(n)))
            show(
                f'<span class="sa-tag {tone}">{escape(spelling)}</span> <span class="sa-muted">{count} →</span>',
                width="content",
            )
            value = _value(desk, column, stages, proposal, f"{group.key}-{spelling}")
            show(f'<span class="sa-muted sa-hint">{escape(hint)}</span>')
            stage_id = stages.resolve(value) if value and column.kind is Kind.STAGE else None
            remember = (stage_id is not None or column.kind is not Kind.STAGE) and st.checkbox(
                text("data_page.remember", lang), key=f"data-remember-{spelling}", value=True, width="content"
            )
            if (
                st.button(
                    text("data_page.apply_n", lang, n=n),
                    key=f"data-apply-{spelling}",
                    type="primary",
                    disabled=not value,
                )
                and value
            ):
                kept_id = stage_id if remember else None
                desk.fixing(desk.fixer.map_spelling(group, spelling, value, stage_id=kept_id, remember=remember))
        becomes |= {place_of(issue): value for issue in own if value}
    if len(found) > SPELLINGS_SHOWN:
        st.caption(text("data_page.more_spellings", lang, n=len(found) - SPELLINGS_SHOWN))
    return becomes


def _proposal(own: list[Issue], group: IssueGroup, suggester: Suggester, lang: Lang) -> tuple[str | None, str]:
    """Return the value proposed for a spelling, and why: what follow-ups say of most of its rows, else what it is like."""
    if group.kind in STAGE_KINDS:
        agreed = suggester.agreement(own)
        if agreed and agreed[1] * 2 > len(own):
            stage = suggester.stages.get(agreed[0]).name(lang)
            return stage, text("data_page.hint_latest", lang, n=len(own), k=agreed[1], stage=stage)
    near = own[0].suggestion
    value = suggester.stages.get(near).name(lang) if near in suggester.stages.ids and near else near
    return value, text("data_page.hint_near", lang, name=value) if value else ""


def _value(desk: ImportDesk, column: Column, stages: StageModel, proposal: str | None, key: str) -> str | None:
    """Draw the field for a value of ``column``; return it, or None while there is none that fits."""
    lang = desk.lang
    options = value_options(column, stages, lang)
    if options:
        index = options.index(proposal) if proposal in options else None
        return st.selectbox(
            text("data_page.column_new", lang),
            options,
            index=index,
            placeholder=text("data_page.choose_value", lang),
            key=f"data-value-{key}",
            label_visibility="collapsed",
            width=150,
        )
    value = st.text_input(
        text("data_page.column_new", lang),
        value=proposal or "",
        placeholder=text("data_page.set_all_placeholder", lang),
        key=f"data-value-{key}",
        label_visibility="collapsed",
        width=220,
    )
    if not value:
        return None
    if problem := value_problem(column, value, stages):
        show(f'<span class="sa-bad">✕ {escape(text(f"data_page.problem_{problem}", lang))}</span>', width="content")
        return None
    return value


def _mask(desk: ImportDesk, group: IssueGroup) -> None:
    """Offer to mask every number at once; the table below shows what each cell becomes."""
    edit = desk.fixer.mask(group.issues, kind=group.kind)
    label = text("correcting.mask_apply", desk.lang, n=len(edit.corrections))
    if edit.corrections and st.button(label, key="data-mask", type="primary"):
        desk.fixing(edit)


def _set_all(desk: ImportDesk, group: IssueGroup, column: Column, suggester: Suggester) -> Becomes:
    """One value for all rows; or each row's own suggestion; or nothing in the cells; or leave the rows out."""
    lang, fixer = desk.lang, desk.fixer
    suggestions = suggester.all_for(group.issues)
    n = len({place_of(issue) for issue in group.issues})
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="data-fix-all"):
        show(
            f"<span>{escape(text('data_page.set_all', lang, n=format.number(n) if n > 1 else n))}</span>",
            width="content",
        )
        value = _value(desk, column, suggester.stages, None, group.key)
        label = text("data_page.apply_n", lang, n=n)
        if st.button(label, key="data-set-all", type="primary", disabled=not value) and value:
            desk.fixing(fixer.set_all(group.issues, value, kind=group.kind))
        how = "fill_latest" if group.kind == "empty-stage" else "use_suggestions"
        masked = group.kind == SENSITIVE  # the button above does the same
        if (
            suggestions
            and not masked
            and st.button(text(f"data_page.{how}", lang, n=len(suggestions)), key="data-use-suggestions")
        ):
            kept = "fill-stage" if group.kind == "empty-stage" else "suggestions"
            desk.fixing(fixer.use_suggestions(suggestions, kind=group.kind, how=kept))
        _clear_or_leave(desk, group, column, n)
    becomes = {place_of(issue): suggestion for issue, suggestion in suggestions}
    return {place_of(issue): value for issue in group.issues} if value else becomes


def _clear_or_leave(desk: ImportDesk, group: IssueGroup, column: Column, n: int) -> None:
    lang = desk.lang
    filled = any(issue.found for issue in group.issues)
    ways: list[tuple[str, Callable[[], object]]] = []
    if filled and not column.required:
        ways.append(("clear_cells", lambda: desk.fixing(desk.fixer.set_all(group.issues, None, kind=group.kind))))
    if group.severity == "error":
        ways.append(("leave_out", lambda: desk.fixing(desk.fixer.leave_out(group.issues, kind=group.kind))))
    for name, act in ways:
        if st.button(
            text(f"data_page.{name}", lang, n=format.number(n) if n > 1 else n), key=f"data-{name}", type="tertiary"
        ):
            act()
