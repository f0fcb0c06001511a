"""Rows with the same key: identical ones become one row, conflicting ones are all held back."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from salesanalytics.tables import BY_NAME

PROVENANCE = ("_digest", "_file", "_sheet", "_row")


@dataclass(frozen=True)
class Duplicates:
    """``identical``: places of the spare copies (all but the first); ``conflicting``: places of every copy; both with the key shown."""

    identical: pl.DataFrame
    conflicting: pl.DataFrame


def find_duplicates(table: str, frame: pl.DataFrame) -> Duplicates:
    """Find rows of a typed frame whose key occurs more than once. An empty required part of a key is no key; an optional one is a value."""
    declared = BY_NAME[table]
    required = [name for name in declared.key if declared.column(name).required]
    keys = list(declared.key)
    indexed = frame.with_row_index("index").filter(pl.all_horizontal(pl.col(name).is_not_null() for name in required))
    repeated = indexed.filter(pl.struct(keys).is_duplicated())
    if repeated.is_empty():
        nothing = pl.DataFrame(schema={"index": pl.Int64, "found": pl.String})
        return Duplicates(nothing, nothing)
    content = [name for name in frame.columns if name not in PROVENANCE and not name.startswith("_printed_")]
    shown = pl.concat_str([pl.col(name).cast(pl.String) for name in keys], separator=" · ", ignore_nulls=True)
    repeated = repeated.with_columns(
        pl.struct(content).hash().n_unique().over(keys).alias("_versions"),
        pl.col("index").rank("ordinal").over(keys).alias("_copy"),
        shown.alias("found"),
    )
    where = [pl.col("index").cast(pl.Int64), "found"]
    return Duplicates(
        identical=repeated.filter((pl.col("_versions") == 1) & (pl.col("_copy") > 1)).select(where),
        conflicting=repeated.filter(pl.col("_versions") > 1).select(where),
    )
