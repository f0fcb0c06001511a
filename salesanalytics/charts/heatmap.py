"""A heatmap of two dimensions: value and n in each cell, totals outside, stars for clusters, hatched small samples, a ring around the chosen."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.charts.heat_cells import HeatCell, clickable, draw_cell, hatch, heat_steps
from salesanalytics.charts.sketch import Sketch
from salesanalytics.charts.theme import Figure, bare_figure, quiet_axis
from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.two_lines import in_two_lines, units_of

TOTALS_HIGH = 0.55
"""The room of the columns' totals, in rows."""


def _totals_wide(columns: int) -> float:
    """The room of the rows' totals, in columns: about a tenth of the picture, however many columns there are."""
    return min(1.2, max(0.16, 0.13 * columns))


def heatmap_figure(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[HeatCell]],
    row_totals: Sequence[str],
    column_totals: Sequence[str],
    grand_total: str,
    total_name: str,
    tokens: Tokens,
    *,
    chosen: tuple[int, int] | None = None,
    bounds: Sequence[float] | None = None,
    height: int = 620,
    label_units: int = 16,
) -> Figure:
    """Return the heatmap; a click selects the invisible marker in a cell (its ``customdata`` is row, column; one beyond the last is a total).

    ``bounds``: the lower bounds of the colour classes, if not even ones between the smallest and the largest value. ``label_units``: how wide a row's
    name may be, in Latin letters, before it is broken into two lines.
    """
    bounds = bounds or heat_steps(
        [cell.value for line in cells for cell in line if cell.value is not None], len(tokens.heat)
    )
    names = [in_two_lines(name, label_units, 1.4 * label_units) for name in rows]
    heads = [in_two_lines(name, max(7, round(106 / (len(columns) + _totals_wide(len(columns)))))) for name in columns]
    left = 18 + 7.4 * max((units_of(part) for name in names for part in name.split("<br>")), default=4)
    top = 46 if any("<br>" in head for head in heads) else 30
    figure = bare_figure(tokens, height + top - 30, margin=(round(min(left, 190)), top, 4, 4))
    for r, line in enumerate(cells):
        for c, cell in enumerate(line):
            draw_cell(figure, c, r, cell, bounds, tokens)
    if chosen is not None:
        _ring(figure, chosen, len(rows), len(columns), tokens)
    _totals(figure, row_totals, column_totals, grand_total, total_name, tokens)
    hatch(figure, [(c, r) for r, line in enumerate(cells) for c, cell in enumerate(line) if cell.small], tokens)
    clickable(figure, _places(cells, row_totals, column_totals, grand_total))
    axis = {"showgrid": False, "tickfont": {"size": 13, "color": tokens.text}}
    figure.update_xaxes(
        **quiet_axis(
            tokens,
            **axis,
            side="top",
            tickangle=0,
            range=[0, len(columns) + _totals_wide(len(columns))],
            tickvals=[at + 0.5 for at in range(len(columns))],
            ticktext=heads,
        )
    )
    figure.update_yaxes(
        **quiet_axis(
            tokens,
            **axis,
            range=[len(rows) + TOTALS_HIGH, 0],
            tickvals=[at + 0.5 for at in range(len(rows))],
            ticktext=names,
        )
    )
    return figure.figure()


def _places(
    cells: Sequence[Sequence[HeatCell]], row_totals: Sequence[str], column_totals: Sequence[str], grand_total: str
) -> list[tuple[float, float, int, int, str]]:
    rows, columns = len(row_totals), len(column_totals)
    right, under = columns + _totals_wide(columns) / 2, rows + TOTALS_HIGH / 2
    places = [(c + 0.5, r + 0.5, r, c, cell.hover) for r, line in enumerate(cells) for c, cell in enumerate(line)]
    places += [(right, r + 0.5, r, columns, total) for r, total in enumerate(row_totals)]
    places += [(c + 0.5, under, rows, c, total) for c, total in enumerate(column_totals)]
    return [*places, (right, under, rows, columns, grand_total)]


def _ring(figure: Sketch, chosen: tuple[int, int], rows: int, columns: int, tokens: Tokens) -> None:
    r, c = chosen
    right = columns + _totals_wide(columns) if c == columns else c + 1
    bottom = rows + TOTALS_HIGH if r == rows else r + 1
    box = {"x0": c + 0.03, "x1": right - 0.03, "y0": r + 0.03, "y1": bottom - 0.03}
    figure.add_shape(type="rect", **box, line={"color": tokens.target, "width": 4}, fillcolor="rgba(0,0,0,0)")


def _totals(
    figure: Sketch,
    row_totals: Sequence[str],
    column_totals: Sequence[str],
    grand_total: str,
    total_name: str,
    tokens: Tokens,
) -> None:
    rows, columns = len(row_totals), len(column_totals)
    right = {"x": columns + _totals_wide(columns) * 0.94, "xanchor": "right", "showarrow": False}
    below = {"y": rows + TOTALS_HIGH / 2, "showarrow": False}
    for r, total in enumerate(row_totals):
        figure.add_annotation(**right, y=r + 0.5, text=f"<b>{total}</b>", font={"size": 14})
    for c, total in enumerate(column_totals):
        figure.add_annotation(**below, x=c + 0.5, text=f"<b>{total}</b>", font={"size": 14})
    muted = {"color": tokens.muted, "size": 13}
    figure.add_annotation(**right, yref="paper", y=1, yanchor="bottom", yshift=6, text=total_name, font=muted)
    figure.add_annotation(**below, xref="paper", x=0, xanchor="right", xshift=-8, text=total_name, font=muted)
    figure.add_annotation(
        **{**right, **below}, text=f"<b>{grand_total}</b>", font={"color": tokens.primary, "size": 14}
    )
