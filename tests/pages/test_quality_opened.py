"""Every number of the Quality page opens: its value, and rows that make it, each with file, sheet and Excel row."""

from __future__ import annotations

import re
import shutil

import pytest

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import View
from salesanalytics.i18n import text
from salesanalytics.insight.quality import completeness
from salesanalytics.insight.quality_trend import CONFLICTING, IDENTICAL
from salesanalytics.insight.weekly_sample import audience, draw_sample, iso_week
from salesanalytics.store.types import SampleMark
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.number_files import file_table
from salesanalytics.ui.quality import opened, opened_cells, opened_imports, opened_sample
from salesanalytics.ui.quality.opened import OPENERS


@pytest.fixture
def opens(open_page, monkeypatch, click):
    """Return a function that clicks a number (by its id) and gives what its dialog was given: value, formula, rows, title, and the page's text."""

    def opens_of(number, own=None, **params):
        given = []
        for module in (opened, opened_cells, opened_imports, opened_sample):
            real = module.rows_dialog

            def kept(frame, value, formula, filters, rows, title, like=None, real=real):
                given.append((value, formula, list(rows), title))
                real(frame, value, formula, filters, rows, title, like)

            monkeypatch.setattr(module, "rows_dialog", kept)
        click(number)
        _, page = open_page("quality", own, lang="en", **params)
        value, formula, rows, title = given[-1]
        assert text("number.column_source", "en") in page or not rows
        return value, formula, rows, title, page

    return opens_of


def view():
    workspace = own_workspace()
    return View(workspace.state()), workspace


def ids_of(markup):
    return set(re.findall(r'data-open="([^"]+)"', markup))


def test_every_number_of_every_part_has_rows_to_open(opens, open_page):
    for part in ("records", "imports"):
        _, page = open_page("quality", lang="en", part=part)
        kinds = {number.partition(":")[0] for number in ids_of(page)}
        wanted = {"column", "lacking", "rep", "customers", "late"} if part == "records" else {"issues", "read"}
        assert wanted <= kinds
        assert kinds <= {*OPENERS, "late"}


def test_a_column_opens_the_customers_it_is_about_and_those_who_lack_it(opens):
    value, _, rows, _, _ = opens("column:lost_reason")
    seen, workspace = view()
    lost = seen.fetch("SELECT customer_id, lost_reason, file, sheet, \"row\" FROM leads WHERE stage = 'lost'")
    assert len(rows) == len(lost)
    assert {row["customer_id"]: row["hit"] for row in rows} == {
        row["customer_id"]: bool((row["lost_reason"] or "").strip()) for row in lost
    }
    assert value.endswith(f"({sum(row['hit'] for row in rows)} / {len(rows)})")
    assert all(row["file"] and row["sheet"] and row["row"] > 1 for row in rows)
    worst = max(completeness(seen, workspace.settings()).columns, key=lambda column: column.n - column.filled)
    value, _, rows, _, _ = opens(f"lacking:{worst.column}")
    assert value == f"{worst.n - worst.filled:,}"
    assert len(rows) == worst.n - worst.filled


def test_the_cells_a_rep_lacks_are_named_customer_by_customer(opens):
    seen, workspace = opens("completeness") and view()
    found = completeness(seen, workspace.settings())
    rep = next(each for each in found.reps if each.owner and each.n > each.filled)
    value, _, rows, title, page = opens(f"rep:{rep.owner or ''}")
    assert f"({rep.filled} / {rep.n})" in value
    assert rep.owner in title
    assert sum(len(row["lacks"]) for row in rows) == rep.n - rep.filled
    assert {row["owner"] for row in rows} == {rep.owner}
    assert "lacks " in page
    _, _, everyone, _, _ = opens("completeness")
    assert sum(len(row["lacks"]) for row in everyone) == found.cells - found.filled
    headers, lines = file_table(everyone, workspace.settings(), "en")
    assert {"Note", text("number.column_row", "en")} <= set(headers)
    assert len(lines) == len(everyone)


def test_issues_and_duplicates_of_an_import_open_with_their_places(opens):
    opens("completeness")
    _, workspace = view()
    newest = workspace.imports()[-1]
    counted = {}
    for count in workspace.issue_counts()[newest.import_id]:
        counted[count.kind] = counted.get(count.kind, 0) + count.n
    assert counted
    kind, n = max(counted.items(), key=lambda each: each[1])
    value, _, rows, _, page = opens(f"issues:{newest.import_id}:{kind}", part="imports")
    assert value == f"{n:,}"
    assert len(rows) == n
    assert {row["file"] for row in rows} <= set(newest.files)
    assert text(f"check.{kind}.title", "en") in page
    value, _, rows, _, _ = opens("duplicates")
    assert len(rows) == counted.get(IDENTICAL, 0) + counted.get(CONFLICTING, 0)
    _, _, rows, _, _ = opens(f"issues:{newest.import_id}", part="imports")
    assert len(rows) == sum(counted.values())
    value, _, rows, _, _ = opens(f"read:{newest.import_id}", part="imports")
    assert value == f"{len(rows):,}"
    assert len({(row["file"], row["sheet"], row["row"]) for row in rows}) == len(rows)


def test_a_weeks_sample_opens_with_what_was_found(opens, full_workspace, tmp_path):
    folder = shutil.copytree(full_workspace, tmp_path / "copy")
    opens("completeness", own=folder)
    seen, workspace = view()
    drawn = draw_sample(seen, workspace.settings(), "seed")
    week = iso_week(seen.as_of)
    marks = {
        drawn[0].customer_id: SampleMark("correct", "", "Li"),
        drawn[1].customer_id: SampleMark("wrong", "phone", "Li"),
    }
    workspace.mark_sampled(week, audience(EVERYONE), drawn, marks)
    value, _, rows, _, page = opens("sample", own=folder, part="sample")
    assert value == "50.0% (1 / 2)"
    assert [row["customer_id"] for row in rows if not row["hit"]] == [drawn[1].customer_id]
    assert "wrong" in page.casefold()
    value, _, rows, _, _ = opens(f"drawn:{week}", own=folder, part="sample")
    assert (value, len(rows)) == (f"2 / {len(drawn)}", len(drawn))
    value, _, rows, _, _ = opens(f"wrong:{week}", own=folder, part="sample")
    assert (value, [(row["file"], row["row"]) for row in rows]) == ("1", [(drawn[1].file, drawn[1].row)])
