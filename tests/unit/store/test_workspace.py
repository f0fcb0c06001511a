"""The workspace on disk: kept, locked, encrypted, shared between threads, and grown with the program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from salesanalytics import stages
from salesanalytics.errors import UserError
from salesanalytics.i18n import LANGS
from salesanalytics.intake.types import Batch, Correction, UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS, AlertThresholds
from salesanalytics.store import ddl, migrations
from salesanalytics.store.connection import connect
from salesanalytics.store.uploads import Uploads
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.tables import LEADS, Column, Kind

DAY = date(2026, 11, 9)
MakeBatch = Callable[..., Batch]


def leads(*customers: str) -> list[dict[str, Any]]:
    return [{"customer_id": customer, "stage": "lead", "owner": "Li", "expected_amount": 1.5} for customer in customers]


def upload(content: bytes) -> UploadedFile:
    return UploadedFile("week.xlsx", content, sha256(content).hexdigest())


def test_what_was_loaded_is_there_the_next_time(folder: Path, batch_of: MakeBatch) -> None:
    with open_workspace(folder) as workspace:
        workspace.load(batch_of(leads=leads("1", "2")), DAY, who="Li")
        version, records = workspace.version(), workspace.imports()
    with open_workspace(folder) as workspace:
        assert (workspace.version(), workspace.imports(), workspace.known_customers()) == (version, records, {"1", "2"})
        state = workspace.state()
        assert state.fetch(f"SELECT count(*) AS n, sum(expected_amount) AS total FROM {state.relation('leads')}") == [
            {"n": 2, "total": 3}
        ]


@pytest.mark.parametrize("key", [None, "a key of ASCII"])
def test_more_than_the_memory_limit_goes_to_disk(folder: Path, key: str | None) -> None:
    """The state of 300,000 leads does: encrypted like the data, or plain like them."""
    folder.mkdir(parents=True)
    connection = connect(folder, key=key)
    try:
        connection.execute(
            "CREATE TABLE memory.large AS SELECT range AS i, repeat(md5(range::VARCHAR), 8) AS text FROM range(2_500_000)"
        )
        assert connection.execute("SELECT count(*), count(DISTINCT text[:40]) FROM memory.large").fetchall() == [
            (2_500_000, 2_500_000)
        ]
        assert list((folder / "temp").iterdir())
    finally:
        connection.close()


def test_what_a_killed_process_left_on_disk_goes_at_the_next_opening(folder: Path) -> None:
    kept, lost = upload(b"kept"), upload(b"written, but the transaction never ended")
    with open_workspace(folder) as workspace:
        workspace.keep_file(kept)
    (folder / "temp").mkdir(exist_ok=True)
    left = [
        folder / "temp" / "duckdb_temp_storage_DEFAULT-0.tmp",
        folder / "files" / lost.digest,
        folder / "files" / f"{lost.digest}.partial",
    ]
    for path in left:
        path.write_bytes(b"x")
    with open_workspace(folder) as workspace:
        assert [path.exists() for path in left] == [False] * 3
        assert workspace.file_content(kept.digest) == b"kept"


def test_a_second_process_is_told_in_one_sentence(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from salesanalytics.errors import UserError\n"
        "from salesanalytics.store.workspace import open_workspace\n"
        "try: open_workspace(Path(sys.argv[1]))\n"
        "except UserError as error: print(error.kind); print(error.message('en'))"
    )
    with open_workspace(folder):
        run = subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            cwd=Path(__file__).parents[3],
            env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
            check=False,
        )
        with pytest.raises(UserError, match="workspace-busy"):
            open_workspace(folder)
    kind, sentence = run.stdout.splitlines()
    assert (kind, run.stderr) == ("workspace-busy", "")
    assert str(folder) in sentence
    open_workspace(folder).close()


def test_every_refusal_has_its_sentence_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "data.duckdb").write_bytes(b"not a database" * 100)
    for kind, fails in {
        "workspace-unreadable": lambda: open_workspace(tmp_path),
        "workspace-missing": lambda: open_workspace(tmp_path / "none", read_only=True),
        "workspace-key-ascii": lambda: open_workspace(tmp_path / "new", key="密钥"),
    }.items():
        with pytest.raises(UserError, match=kind) as refused:
            fails()
        assert all(refused.value.message(lang) for lang in LANGS)


def test_a_key_encrypts_everything_at_rest(folder: Path, batch_of: MakeBatch) -> None:
    marked = "SECRET-CUSTOMER-NAME"
    with open_workspace(folder, key="it's a key") as workspace:
        workspace.load(batch_of(leads=[{**leads("1")[0], "notes": marked}]), DAY, who="Li")
        workspace.keep_file(upload(marked.encode()))
    on_disk = [path for path in folder.rglob("*") if path.is_file()]
    assert on_disk
    assert not any(marked.encode() in path.read_bytes() for path in on_disk)
    for wrong in (None, "another"):
        with pytest.raises(UserError, match="workspace-key"):
            open_workspace(folder, key=wrong)
    with open_workspace(folder, key="it's a key") as workspace:
        assert workspace.known_customers() == {"1"}
        assert workspace.file_content(upload(marked.encode()).digest) == marked.encode()


def test_the_outside_is_shut(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    state = workspace.state(DAY)
    for sql in (
        f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')",
        "SET enable_external_access = true",
        "INSTALL spatial",
    ):
        with pytest.raises(Exception, match=r"(?i)permission|locked|disabled|cannot"):
            state.fetch(sql)


def test_threads_get_their_own_rows(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(batch_of(leads=leads(*map(str, range(200)))), DAY, who="Li")
    state = workspace.state()

    def ask(number: int) -> bool:
        rows = state.fetch(
            f"SELECT customer_id, $n AS n FROM {state.relation('leads')} WHERE customer_id = $id",
            {"n": number, "id": str(number % 200)},
        )
        return rows == [{"customer_id": str(number % 200), "n": number}] and workspace.version() == 1

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(400)))


def test_writers_wait_their_turn(folder: Path, batch_of: MakeBatch) -> None:
    with open_workspace(folder) as workspace:

        def load(number: int) -> int:
            return workspace.load(
                batch_of(leads=leads(str(number)), file=f"{number}.xlsx"), DAY, "changes", who="Li"
            ).import_id

        with ThreadPoolExecutor(6) as pool:
            ids = list(pool.map(load, range(18)))
        assert sorted(ids) == list(range(1, 19))
        assert workspace.version() == 18
        assert len(workspace.known_customers()) == 18


def test_read_only_and_sealed_refuse_changes(folder: Path, workspace: Workspace, batch_of: MakeBatch) -> None:
    with open_workspace(folder) as made:
        made.load(batch_of(leads=leads("1")), DAY, who="Li")
    workspace.load(batch_of(leads=leads("1")), DAY, who="Li")
    workspace.seal()
    with open_workspace(folder, read_only=True) as reader:
        for each in (reader, workspace):
            with pytest.raises(UserError, match="workspace-read-only"):
                each.load(batch_of(leads=leads("2")), DAY, who="Li")
            with pytest.raises(UserError, match="workspace-read-only"):
                each.undo(1, "Li")
            assert each.known_customers() == {"1"}
            assert each.preview(batch_of(leads=leads("2")), DAY).tables["leads"].new == 1
            state = each.state()
            assert state.fetch(f"SELECT count(*) AS n FROM {state.relation('leads')}") == [{"n": 1}]


def test_settings_are_kept_and_logged(folder: Path) -> None:
    pilot = replace(
        stages.DEFAULT_STAGES, forward=(stages.Stage("pilot", "试点客户", "Pilot"), *stages.DEFAULT_STAGES.forward)
    )
    changed = DEFAULT_SETTINGS.model_copy(update={"alerts": AlertThresholds(silent_days=45), "stages": pilot})
    with open_workspace(folder) as workspace:
        assert workspace.settings() == DEFAULT_SETTINGS
        workspace.save_settings(changed, "admin")
        assert workspace.version() == 1
    with open_workspace(folder) as workspace:
        assert workspace.settings() == changed
        assert workspace.settings().stages.resolve("试点客户") == "pilot"
        (entry,) = workspace.audit_log()
        assert (entry.who, entry.action) == ("admin", "settings-saved")


def test_confirmed_columns_and_corrections_are_remembered(folder: Path, batch_of: MakeBatch) -> None:
    moment = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
    fixes = [
        Correction("d", "leads", 2, "阶段", None, "线索", "set", "Li", moment, "no-stage"),
        Correction("d", "leads", 3, None, None, None, "drop", "Li", moment, "conflicting-duplicate"),
    ]
    with open_workspace(folder) as workspace:
        workspace.remember_columns("sig", {"编号": "customer_id", "颜色": None}, "Li")
        workspace.remember_columns("sig", {"编号": "customer_id", "颜色": "grade"}, "Li")
        outcome = workspace.load(batch_of(leads=leads("1")), DAY, who="Li", corrections=fixes)
    with open_workspace(folder) as workspace:
        assert workspace.remembered_columns() == {"sig": {"编号": "customer_id", "颜色": "grade"}}
        assert workspace.corrections(outcome.import_id) == fixes


def test_uploads_are_kept_up_to_a_bound(folder: Path) -> None:
    with open_workspace(folder) as workspace:
        workspace._uploads = Uploads(folder, kept_bytes=25)
        files = [upload(bytes([65 + place]) * 10) for place in range(4)]
        for file in (*files, files[-1], upload(b"x" * 26)):
            workspace.keep_file(file)
        assert [workspace.file_content(file.digest) for file in files] == [
            None,
            None,
            files[2].content,
            files[3].content,
        ]
        assert {path.name for path in (folder / "files").iterdir()} == {files[2].digest, files[3].digest}
        with pytest.raises(ValueError, match="hexadecimal"):
            workspace.keep_file(UploadedFile("x", b"x", "../../evil"))


def test_an_added_column_needs_no_sql(folder: Path, batch_of: MakeBatch, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workspace(folder) as workspace:
        workspace.load(batch_of(leads=leads("1")), DAY, who="Li")
    wider = replace(LEADS, columns=(*LEADS.columns, Column("employees", Kind.COUNT, "员工人数", "Employees")))
    tables = (wider, *ddl.TABLES[1:])
    monkeypatch.setattr(migrations, "TABLES", tables)
    with open_workspace(folder) as workspace, workspace._reading() as cursor:
        assert cursor.execute("SELECT customer_id, employees FROM ws.main.leads_content").fetchall() == [("1", None)]


def test_a_workspace_of_a_later_program_is_left_alone(folder: Path) -> None:
    with open_workspace(folder) as workspace, workspace._writers.change() as cursor:
        cursor.execute("UPDATE ws.main.schema_version SET version = 999")
    with pytest.raises(UserError, match="workspace-newer"):
        open_workspace(folder)


def test_closing_twice_is_fine(folder: Path) -> None:
    workspace = open_workspace(folder)
    workspace.close()
    workspace.close()


def test_an_empty_workspace_has_an_empty_state(workspace: Workspace) -> None:
    state = workspace.state()
    assert state.fetch(f"SELECT * FROM {state.relation('leads')}") == []
    assert (workspace.as_of_dates(), workspace.imports(), workspace.version()) == ([], [], 0)
