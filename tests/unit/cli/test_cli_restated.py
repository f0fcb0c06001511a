"""metrics NAME --restated: one document with was, is, known_at, causes and customers, over a past date that was uploaded again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from salesanalytics.cli import main
from salesanalytics.store.workspace import open_workspace

HEAD = "customer_id,customer_name,industry,source,first_contact_on,stage,owner,expected_amount,team"
FIRST, SECOND = "2026-11-06", "2026-11-13"


def leads(**amounts: int) -> str:
    return "\n".join(
        [HEAD, *(f"{name},{name},A,web,2026-10-01,lead,Li,{amount},East" for name, amount in amounts.items()), ""]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks, and the first uploaded again: b is 40, c is new. Only for reading."""
    place = tmp_path_factory.mktemp("restated")
    for name, day, rows in (
        ("w1", FIRST, leads(a=100, b=100)),
        ("w2", SECOND, leads(a=100)),
        ("w1b", FIRST, leads(a=100, b=40, c=5)),
    ):
        path = place / f"{name}.csv"
        path.write_text(rows, encoding="utf-8")
        assert main(["import", str(path), "--as-of", day, "--workspace", str(place / "ws"), "--lang", "en"]) == 0
    return place / "ws"


@pytest.fixture
def corrected(folder: Path, capsys: pytest.CaptureFixture[str]):
    """``corrected(*words)`` runs a command over that workspace and returns (exit code, stdout, stderr)."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--workspace", str(folder), "--lang", "en"])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_the_document(corrected, folder: Path) -> None:
    code, out, _ = corrected("metrics", "open_amount", "--as-of", FIRST, "--restated", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["was"], found["is"], found["as_of"]) == (200, 145, FIRST)
    cause = found["causes"][0]
    assert (cause["kind"], cause["count"], cause["import_id"], cause["difference"], cause["files"]) == (
        "re-upload",
        2,
        3,
        -55,
        ["w1b.csv"],
    )
    with open_workspace(folder) as workspace:
        records = workspace.imports()
    assert (cause["who"], datetime.fromisoformat(cause["at"])) == (records[2].who, records[2].loaded_at)
    assert datetime.fromisoformat(found["known_at"]) == records[1].loaded_at
    customers = {one["customer_id"]: one for one in found["customers"]}
    assert {name: one["what"] for name, one in customers.items()} == {"b": "corrected", "c": "new"}
    assert customers["b"]["rows"][0]["cells"] == [{"column": "expected_amount", "before": 100, "after": 40}]
    assert customers["b"]["parts"] == [
        {
            "side": "",
            "before": {"rows": 1, "above": 100, "below": None},
            "after": {"rows": 1, "above": 40, "below": None},
        }
    ]


def test_what_did_not_change_says_so(corrected) -> None:
    code, out, _ = corrected("metrics", "open_amount", "--as-of", SECOND, "--restated", "--json")
    found = json.loads(out)
    assert (code, found["was"], found["is"], found["causes"], found["customers"]) == (0, 100, 100, [], [])
    assert "Nothing has changed this number" in corrected("metrics", "won_customers", "--as-of", FIRST, "--restated")[1]


def test_people_read_a_table(corrected) -> None:
    out = corrected("metrics", "open_amount", "--as-of", FIRST, "--where", "owner=Li", "--restated")[1]
    assert "Shown then" in out
    assert "re-upload" in out
    assert "corrected" in out


def test_one_metric_at_a_time_and_known_names_only(corrected) -> None:
    assert corrected("metrics", "leads", "open_amount", "--restated")[0] == 2
    assert corrected("metrics", "no_such", "--restated")[0] == 2
    code, _, err = corrected("metrics", "open_amount", "--by", "owner", "--restated")
    assert (code, "one metric at a time" in err) == (2, True)
    assert corrected("metrics", "open_amount", "--restated", "--where", "nothing=x")[0] == 2
