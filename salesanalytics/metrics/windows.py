"""Figures that depend on a row's neighbours: columns computed over the other rows of the same cell, before these are folded into one number."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.metrics.metric import Metric


def over_cells(metric: Metric, source: str, dims: Sequence[str], condition: str) -> str:
    """Return ``source`` with the metric's ``within`` columns, narrowed to ``condition``; its cells are told apart by columns cell0, cell1 ….

    ``dims``: the SQL of the asked dimensions over ``r``. The SQL holds their bound values first, then those of the condition.
    """
    cells = [f"cell{place}" for place in range(len(dims))]
    known = ", ".join(["r.*", *(f"{sql} AS {cell}" for sql, cell in zip(dims, cells, strict=True))])
    partition = f"PARTITION BY {', '.join(f'r.{cell}' for cell in cells)}" if cells else ""
    columns = [f"{sql.replace('{cell}', partition)} AS {name}" for name, sql in metric.within.items()]
    return f"(SELECT {', '.join(['r.*', *columns])} FROM (SELECT {known} FROM {source} AS r WHERE {condition}) AS r)"
