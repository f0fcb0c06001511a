"""Checks of the uploaded conversion and funnel tables: counts that fall, shares that follow from them, stages complete and in order."""

from __future__ import annotations

import polars as pl

from salesanalytics.intake.findings import finding
from salesanalytics.intake.typing_sheet import PRINTED
from salesanalytics.stages import DEFAULT_STAGES, LOST, StageModel
from salesanalytics.tables import CONVERSION

_GROUP = ("_digest", "_sheet", "period")
_NOISE = 1e-9


def check_conversion(frame: pl.DataFrame, stages: StageModel) -> list[pl.DataFrame]:
    """Return findings about conversion tables. The share is the conversion from the stage before."""
    laid = _laid_out(frame, stages, "entered")
    converted = pl.coalesce("converted", "entered")
    return [
        _shares(laid, "conversion_share", converted / pl.col("_before")),
        _growing(laid, "entered"),
        *_order(laid, stages),
    ]


def check_funnel(frame: pl.DataFrame, stages: StageModel) -> list[pl.DataFrame]:
    """Return findings about funnel tables. The loss is printed on the stage arrived at; the attainment is of the target."""
    laid = _laid_out(frame, stages, "customers")
    return [
        _shares(laid, "loss_share", 1 - pl.col("customers") / pl.col("_before")),
        _shares(laid, "attainment_share", pl.col("customers") / pl.col("target")),
        _growing(laid, "customers"),
        *_order(laid, stages),
    ]


def _laid_out(frame: pl.DataFrame, stages: StageModel, count: str) -> pl.DataFrame:
    """Put the count of the stage before (by the stage model, of those present) beside each row, rows staying in place."""
    orders = {stage: stages.order(stage) for stage in stages.ids}
    laid = frame.with_columns(
        pl.col("stage").replace_strict(orders, default=None, return_dtype=pl.Int64).alias("_order")
    ).with_row_index("_place")
    # Where a stage is unknown or stands twice, "the stage before" cannot be told: nothing is compared in that group.
    sound = (pl.col("stage").is_not_null() & ~pl.struct(*_GROUP, "stage").is_duplicated()).all().over(_GROUP)
    laid = laid.with_columns(sound.alias("_sound"))
    forward = laid.filter(pl.col("_order").is_not_null() & pl.col("_sound")).sort(*_GROUP, "_order", "_place")
    before = forward.select(
        "_place",
        pl.col(count).shift(1).over(_GROUP).alias("_before"),
        pl.col("_order").shift(1).over(_GROUP).alias("_order_before"),
    )
    return laid.join(before, on="_place", how="left", maintain_order="left").drop("_place")


def _shares(laid: pl.DataFrame, name: str, computed: pl.Expr) -> pl.DataFrame:
    half = f"{PRINTED}{name}"
    if half not in laid.columns:
        return finding(laid.head(0), pl.lit(value=False), "share-mismatch", name, None)
    usable = computed.is_finite()
    off = usable & ((pl.col(name) - computed).abs() > pl.col(half) + _NOISE)
    return finding(laid, off, "share-mismatch", name, _percent(pl.col(name)), _percent(computed))


def _percent(share: pl.Expr) -> pl.Expr:
    return pl.concat_str((share * 100).round(2).cast(pl.String).str.strip_suffix(".0"), pl.lit("%"))


def _growing(laid: pl.DataFrame, count: str) -> pl.DataFrame:
    return finding(laid, pl.col(count) > pl.col("_before"), "counts-grow", count, pl.col(count), pl.col("_before"))


def _order(laid: pl.DataFrame, stages: StageModel) -> list[pl.DataFrame]:
    above = pl.col("_order").forward_fill().shift(1).over(_GROUP)
    stage_above = pl.col("stage").shift(1).over(_GROUP)
    disordered = finding(laid, pl.col("_order") < above, "stages-out-of-order", "stage", pl.col("stage"), stage_above)
    return [disordered, _missing(laid, stages)]


def _missing(laid: pl.DataFrame, stages: StageModel) -> pl.DataFrame:
    """Find groups that lack stages, by what a funnel is expected to hold."""
    gaps: list[pl.DataFrame] = []
    indexed = laid.with_row_index("_at")
    for _, group in indexed.group_by(list(_GROUP), maintain_order=True):
        seen = set(group["stage"].drop_nulls().to_list())
        lacking = [stage for stage in _expected(stages) if stage not in seen]
        if group["_sound"][0] and seen - {LOST} and lacking:
            where = pl.col("_at") == group["_at"][0]
            gaps.append(
                finding(indexed, where, "stages-missing", "stage", pl.col("period"), pl.lit(", ".join(lacking)))
            )
    return pl.concat(gaps) if gaps else finding(laid.head(0), pl.lit(value=False), "stages-missing", "stage", None)


def _expected(stages: StageModel) -> tuple[str, ...]:
    """The stages the customary template has rows for, and every stage an administrator added."""
    customary = {stages.resolve(example) for example in CONVERSION.column("stage").examples}
    return tuple(stage.id for stage in stages.forward if stage.id in customary or stage.id not in DEFAULT_STAGES.ids)
