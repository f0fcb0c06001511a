"""Which imports saw which content, told in stretches: an export that repeats 20,000 rows of the one before adds nothing here.

Imports of one table that follow one another form a stream (the weekly exports of one team, say); ``import_streams`` gives each its ``place`` in one. A span says
that a content was in every import of its stream from place ``first`` to ``last``, ``OPEN`` while the newest of the stream still holds it. Spans are derived
from ``<table>_rows``, which go on saying in which Excel row: what a date is made from is read here, in time that does not grow with the number of exports.
"""

from __future__ import annotations

import duckdb

from salesanalytics.store.ddl import OPEN, SCHEMA
from salesanalytics.tables import TABLES, Table


def write_spans(cursor: duckdb.DuckDBPyConnection, table: Table, import_id: int) -> None:
    """Append the import, whose rows are ``staged_<table>``, to the stream it continues, else to a new one."""
    spans = f"{SCHEMA}.{table.name}_spans"
    stream, goes_on = _stream(cursor, table)
    last = f"SELECT coalesce(max(place), 0) FROM {SCHEMA}.import_streams WHERE table_name = '{table.name}' AND stream = {stream}"
    place = int(cursor.execute(last).fetchall()[0][0]) + 1
    cursor.execute(f"INSERT INTO {SCHEMA}.import_streams VALUES (?, ?, ?, ?)", [table.name, import_id, stream, place])
    still = f"stream = {stream} AND last = {OPEN}"
    known = f"AND content_id NOT IN (SELECT content_id FROM {spans} WHERE {still})" if goes_on else ""
    if goes_on:
        cursor.execute(
            f"""UPDATE {spans} SET last = {place - 1}
            WHERE {still} AND content_id NOT IN (SELECT content_id FROM staged_{table.name})"""
        )
    cursor.execute(
        f"INSERT INTO {spans} SELECT content_id, {stream}, {place}, {OPEN} FROM staged_{table.name} WHERE true {known}"
    )


def _stream(cursor: duckdb.DuckDBPyConnection, table: Table) -> tuple[int, bool]:
    """Return the number of the stream to continue, and whether there is one: its newest import must share so much with this one that closing what is gone and
    opening what is new is less than opening everything.
    """
    rows = cursor.execute(
        f"""SELECT stream, count(*) AS open, count(g.content_id) AS shared
        FROM {SCHEMA}.{table.name}_spans s LEFT JOIN staged_{table.name} g USING (content_id)
        WHERE last = {OPEN} GROUP BY stream HAVING 2 * shared > open ORDER BY shared DESC, stream LIMIT 1"""
    ).fetchall()
    if rows:
        return int(rows[0][0]), True
    newest = f"SELECT coalesce(max(stream), 0) + 1 FROM {SCHEMA}.import_streams WHERE table_name = '{table.name}'"
    return int(cursor.execute(newest).fetchall()[0][0]), False


def spans_of_rows(cursor: duckdb.DuckDBPyConnection) -> None:
    """Derive the spans of a workspace that has none: all imports of a table as one stream."""
    for table in TABLES:
        rows = f"{SCHEMA}.{table.name}_rows"
        cursor.execute(f"DELETE FROM {SCHEMA}.{table.name}_spans")
        cursor.execute(f"DELETE FROM {SCHEMA}.import_streams WHERE table_name = '{table.name}'")
        cursor.execute(
            f"""INSERT INTO {SCHEMA}.import_streams
            SELECT '{table.name}', import_id, 1, row_number() OVER (ORDER BY import_id) FROM (SELECT DISTINCT import_id FROM {rows})"""
        )
        cursor.execute(
            f"""INSERT INTO {SCHEMA}.{table.name}_spans
            WITH placed AS (
                SELECT r.content_id, s.place, s.place - row_number() OVER (PARTITION BY r.content_id ORDER BY s.place) AS run
                FROM {rows} r JOIN {SCHEMA}.import_streams s ON s.import_id = r.import_id AND s.table_name = '{table.name}'
            ),
            newest AS (SELECT max(place) AS place FROM {SCHEMA}.import_streams WHERE table_name = '{table.name}')
            SELECT content_id, 1, min(p.place), CASE WHEN max(p.place) = any_value(newest.place) THEN {OPEN} ELSE max(p.place) END
            FROM placed p CROSS JOIN newest GROUP BY content_id, run"""
        )


def placed_sql(table: Table, live: str) -> str:
    """Return a SELECT of the imports in ``live`` (a SELECT of ``import_id``, ``as_of``, ``rank``) that hold ``table``, with ``stream`` and ``place``."""
    return f"""
    SELECT s.stream, s.place, l.import_id, l.as_of, l.rank FROM {SCHEMA}.import_streams s JOIN ({live}) l USING (import_id)
    WHERE s.table_name = '{table.name}'"""


def seen_sql(table: Table, live: str) -> str:
    """Return a SELECT of the spans that imports in ``live`` saw: ``content_id``, ``stream``, ``first``, ``last``, and of these imports ``first_rank`` and
    ``last_rank``. There are few different stretches, so each is looked up once.
    """
    return f"""
    SELECT s.content_id, stream, first, last, r.first_rank, r.last_rank FROM {SCHEMA}.{table.name}_spans s JOIN (
        SELECT e.stream, e.first, e.last, min(p.rank) AS first_rank, max(p.rank) AS last_rank
        FROM (SELECT DISTINCT stream, first, last FROM {SCHEMA}.{table.name}_spans) e
        JOIN ({placed_sql(table, live)}) p ON p.stream = e.stream AND p.place BETWEEN e.first AND e.last
        GROUP BY ALL
    ) r USING (stream, first, last)"""


def sightings_sql(table: Table, live: str) -> str:
    """Return a SELECT of ``content_id``, ``import_id``, ``as_of``, ``rank``: one row a content and import of ``live`` that held it."""
    return f"""
    SELECT s.content_id, p.import_id, p.as_of, p.rank FROM {SCHEMA}.{table.name}_spans s
    JOIN ({placed_sql(table, live)}) p ON p.stream = s.stream AND p.place BETWEEN s.first AND s.last"""
