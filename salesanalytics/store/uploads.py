"""The uploaded files themselves, kept by digest up to a bound, so that a reload of the page or a later download finds them."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from salesanalytics.intake.types import UploadedFile
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.load import now

FOLDER = "files"
PARTIAL = ".partial"


class Uploads:
    """Where the bytes lie: beside the database, or inside it when it is encrypted or in memory, so that no plain copy is left on disk."""

    def __init__(self, folder: Path | None, *, kept_bytes: int | None = None) -> None:
        self._folder = None if folder is None else folder / FOLDER
        self._kept_bytes = kept_bytes

    def keep(self, cursor: duckdb.DuckDBPyConnection, file: UploadedFile, bound: int) -> None:
        """Keep the file's bytes, unless they are kept already, and let go of the oldest ones over ``bound`` bytes in all."""
        bound = bound if self._kept_bytes is None else self._kept_bytes
        size = len(file.content)
        if size > bound or self.content(cursor, file.digest) is not None:
            return
        cursor.execute(f"DELETE FROM {SCHEMA}.uploads WHERE digest = ?", [file.digest])
        if self._folder is not None:
            self._write(self._folder, file)
        inside = file.content if self._folder is None else None
        cursor.execute(f"INSERT INTO {SCHEMA}.uploads VALUES (?, ?, ?, ?)", [file.digest, size, now(), inside])
        self._let_go(cursor, bound)

    def content(self, cursor: duckdb.DuckDBPyConnection, digest: str) -> bytes | None:
        """Return the kept bytes of ``digest``, or None when they were never kept or have been let go."""
        rows = cursor.execute(f"SELECT content FROM {SCHEMA}.uploads WHERE digest = ?", [digest]).fetchall()
        if not rows:
            return None
        if self._folder is None:
            return bytes(rows[0][0])
        path = self._folder / digest
        return path.read_bytes() if path.is_file() else None

    def clear_leftovers(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Remove files that a killed process wrote but never recorded: nobody would count or ask for them."""
        if self._folder is None or not self._folder.is_dir():
            return
        known = {row[0] for row in cursor.execute(f"SELECT digest FROM {SCHEMA}.uploads").fetchall()}
        for path in self._folder.iterdir():
            if path.name not in known and path.name.removesuffix(PARTIAL).isalnum():
                path.unlink(missing_ok=True)

    def _write(self, folder: Path, file: UploadedFile) -> None:
        """Write beside and rename: a crash leaves no half file under a whole file's name."""
        if not (file.digest.isascii() and file.digest.isalnum()):
            raise ValueError("a digest is hexadecimal")
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f"{file.digest}{PARTIAL}"
        partial.write_bytes(file.content)
        os.replace(partial, folder / file.digest)

    def _let_go(self, cursor: duckdb.DuckDBPyConnection, bound: int) -> None:
        over = cursor.execute(
            f"""SELECT digest FROM (SELECT digest, sum(size) OVER (ORDER BY kept_at DESC, rowid DESC) AS upto FROM {SCHEMA}.uploads)
            WHERE upto > ?""",
            [bound],
        ).fetchall()
        for (digest,) in over:
            cursor.execute(f"DELETE FROM {SCHEMA}.uploads WHERE digest = ?", [digest])
            if self._folder is not None:
                (self._folder / digest).unlink(missing_ok=True)
