"""Every hostile file through the CLI's check at once: each is answered, in one sentence or with its sheets, and the process lives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salesanalytics.cli import main

pytestmark = pytest.mark.real_data


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_file_is_answered(capsys, shared_data: Path, tmp_path: Path, lang: str) -> None:
    good = tmp_path / "2026-11-08.csv"
    good.write_text(
        "客户编号,客户名称(脱敏),行业,线索来源,首次接触时间,当前跟进阶段,负责人\nA,a,x,s,2026-11-01,线索,王芳\n",
        encoding="utf-8",
    )
    listed = sorted(path for path in (shared_data / "hostile").iterdir() if path.name != "INDEX.tsv")
    files = list({path.read_bytes(): path for path in reversed(listed)}.values())[::-1]  # equal files are read once
    code = main(["check", *map(str, files), str(good), "--json", "--lang", lang])
    out, err = capsys.readouterr()
    assert (code, err) == (2, "")
    answers = {file["file"]: file for file in json.loads(out)["files"]}
    assert set(answers) == {path.name for path in files} | {good.name}
    for answer in answers.values():
        if answer["refused"]:
            message = answer["refused"]["message"]
            assert "\n" not in message
            assert len(message) > 10
    # the whole upload goes on: the good file at the end is read as ever
    assert answers[good.name]["sheets"][0]["rows"] == 1
    kinds = {answer["refused"]["kind"] for answer in answers.values() if answer["refused"]}
    assert kinds >= {"encrypted", "corrupt", "empty", "xml-entities", "no-table-found"}
