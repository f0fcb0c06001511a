"""Files through the whole pipeline: repeated ones, and different ones of one name."""

import hashlib
from datetime import date

from salesanalytics.i18n import LANGS
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.report import check_document
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS

HEADER = "客户编号,客户名称,行业,线索来源,首次接触时间,当前跟进阶段,负责人\n"


def _csv(name, *lines):
    content = (HEADER + "\n".join(lines) + "\n").encode("utf-8-sig")
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


GOOD = _csv("leads 2024-04-01.csv", "C1,甲,制造,官网,2024-03-01,商机,李")
BAD = _csv("leads 2024-04-01.csv", "C2,乙,制造,官网,2024-03-01,不知道,李")


def test_files_of_one_name_do_not_block_each_others_rows():
    batch = process([GOOD, BAD], DEFAULT_SETTINGS)
    assert [report.file for report in batch.files] == ["leads 2024-04-01.csv", "leads 2024-04-01 (2).csv"]
    assert batch.tables["leads"]["customer_id"].to_list() == ["C1"]
    assert [row.file for row in batch.quarantine] == ["leads 2024-04-01 (2).csv"]


def test_the_same_file_twice_is_read_once():
    batch = process([GOOD, GOOD], DEFAULT_SETTINGS)
    assert len(batch.files) == 1
    assert batch.issues == ()


def test_progress_is_told_and_the_date_is_found():
    said = []
    batch = process([GOOD], DEFAULT_SETTINGS, progress=lambda step, share, rows: said.append((step, share, rows)))
    assert list(dict.fromkeys(step for step, _, _ in said)) == ["read", "match", "type", "check"]
    height = batch.tables["leads"].height
    assert {step: (share, rows) for step, share, rows in said} == {
        "read": (1.0, height + 1),
        "match": (1.0, height + 1),
        "type": (1.0, height),
        "check": (1.0, height),
    }
    typed = [share for step, share, _ in said if step == "type"]
    assert typed == sorted(typed)
    assert batch.as_of_found == date(2024, 4, 1)


def test_the_document_says_what_was_found_and_refused():
    nothing = UploadedFile("empty.xlsx", b"", "0")
    for lang in LANGS:
        document = check_document(process([BAD, nothing], DEFAULT_SETTINGS), lang)
        assert [file["refused"] and file["refused"]["kind"] for file in document["files"]] == [None, "empty"]
        (sheet,) = document["files"][0]["sheets"]
        assert (sheet["table"], sheet["header_row"], sheet["rows"]) == ("leads", 1, 1)
        assert sheet["columns"]["当前跟进阶段"] == "stage"
        (issue,) = document["issues"]
        assert (issue["kind"], issue["row"], issue["field"], issue["found"]) == ("unknown-stage", 2, "stage", "不知道")
        assert "不知道" in issue["message"]
