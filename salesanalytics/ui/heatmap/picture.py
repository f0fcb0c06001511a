"""What table and tiles share: a cell's words and marks, the colour classes, and the legend below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.heat_cells import HeatCell, robust_steps
from salesanalytics.i18n import format, text
from salesanalytics.insight.cross_table import CrossCell
from salesanalytics.metrics.metric import Metric
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.words import (
    below_words,
    figure_words,
    is_small,
    left_out_words,
    scale_for,
    whole_units,
)
from salesanalytics.ui.html import escape
from salesanalytics.ui.trends.values import Scale


@dataclass(frozen=True)
class Picture:
    """A measure over some cells: the unit, whether whole ones, and the lower bounds of the colour classes."""

    frame: Frame
    metric: Metric
    scale: Scale
    whole: bool
    bounds: tuple[float, ...]

    def words(self, cell: CrossCell | None) -> str:
        """Return a value as the picture writes it."""
        return figure_words(cell, self.scale, whole=self.whole)

    def small(self, cell: CrossCell) -> bool:
        """Say whether a cell's sample is too small to compare."""
        return is_small(cell, self.metric, self.frame)

    def cell(self, name: str, cell: CrossCell | None, *, note: str = "", above: str = "") -> HeatCell:
        """Return a cell to draw. ``note``: what makes it a cluster, starred if so; ``above``: the name written in a tile."""
        lang = self.frame.lang
        if cell is None or cell.value is None:
            known = left_out_words(self.metric, lang, cell.left_out) if cell and cell.left_out else ""
            known = known or text("heatmap.nobody", lang)
            return HeatCell(None, format.DASH, hover=f"{escape(name)}<br>{known}", above=escape(above))
        small, below = self.small(cell), below_words(cell, self.metric, lang)
        lines = [escape(name), f"<b>{self.scale.exact(cell.value)}</b>", below]
        lines += [text("ui.small_sample", lang)] if small else []
        lines += [left_out_words(self.metric, lang, cell.left_out)] if cell.left_out else []
        lines += [note]
        hover = "<br>".join(line for line in lines if line)
        return HeatCell(cell.value, self.words(cell), below, hover, bool(note), small, escape(above))


def picture_of(frame: Frame, metric: Metric, cells: Sequence[CrossCell]) -> Picture:
    """Return the picture of a measure over ``cells``."""
    scale = scale_for(metric, list(cells), frame)
    known = [cell.value for cell in cells if cell.value is not None and not is_small(cell, metric, frame)]
    return Picture(
        frame, metric, scale, whole_units(list(cells), scale), tuple(robust_steps(known, len(frame.tokens.heat)))
    )


def legend(picture: Picture, *, hatched: bool) -> str:
    """Return the markup of the colour classes, and of what hatching and a dash mean."""
    lang, bounds, scale = picture.frame.lang, picture.bounds, picture.scale
    parts = []
    if bounds[-1] > bounds[0]:
        steps = "".join(f'<i style="background:{colour}"></i>' for colour in picture.frame.tokens.heat)
        low, high = (scale.tick(scale.scaled(bound) or 0.0) for bound in (bounds[1], bounds[-1]))
        low_words = text("heatmap.legend_low", lang, value=low)
        high_key = "heatmap.legend_high_of" if scale.name else "heatmap.legend_high"
        high_words = text(high_key, lang, value=high, unit=scale.name)
        parts.append(
            f'<span>{escape(low_words)}</span><span class="steps">{steps}</span><span>{escape(high_words)}</span>'
        )
    marks = [escape(text("heatmap.legend_empty", lang))]
    if hatched:
        least = picture.metric.min_sample(picture.frame.desk.settings)
        words = escape(text("heatmap.legend_small", lang, n=least))
        marks.insert(0, f'<i class="sa-hatch"></i>{words}')
    return f'<div class="sa-scale">{"".join(parts)}<span class="right">{"　".join(marks)}</span></div>'
