"""An answer beside what was known on the date of --compare-with: the same rows, each with its values then and the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesanalytics.metrics.types import MetricResult, MetricRow


def compared_rows(now: MetricResult, then: MetricResult) -> list[dict[str, object]]:
    """Return a row for every combination of values either answer has: values now, ``compared`` (values and n then) and ``change`` (now − then, in the
    metric's unit; null where either has no value).
    """
    metrics, by = now.query.metrics, now.query.by
    rows, former = _by_dims(now), _by_dims(then)
    return [_row(key, rows.get(key), former.get(key), metrics, by) for key in dict.fromkeys((*rows, *former))]


def _by_dims(result: MetricResult) -> dict[tuple[str | None, ...], MetricRow]:
    return {tuple(row.dims[name] for name in result.query.by): row for row in result.rows}


def _row(
    key: tuple[str | None, ...],
    now: MetricRow | None,
    then: MetricRow | None,
    metrics: Sequence[str],
    by: Sequence[str],
) -> dict[str, object]:
    values = {name: now.values[name] if now else None for name in metrics}
    former = {name: then.values[name] if then else None for name in metrics}
    return {
        **dict(zip(by, key, strict=True)),
        **values,
        "n": {name: now.n[name] if now else 0 for name in metrics},
        "compared": {**former, "n": {name: then.n[name] if then else 0 for name in metrics}},
        "change": {name: difference(values[name], former[name]) for name in metrics},
    }


def difference(now: float | None, then: float | None) -> float | None:
    """Return now − then; None where either has no value."""
    return None if now is None or then is None else now - then


def flat(row: Mapping[str, object], metrics: Sequence[str]) -> dict[str, object]:
    """Return a row of ``compared_rows`` as columns of a table for people."""
    nested = {name: row[name] for name in ("n", "compared", "change")}
    plain = {name: value for name, value in row.items() if name not in nested}
    for name in metrics:
        for part in ("compared", "change"):
            told = nested[part]
            plain[f"{name} {part}"] = told[name] if isinstance(told, Mapping) else None
    return plain
