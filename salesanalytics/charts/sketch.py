"""A figure in the making, as plain data: plotly's own methods look at every property again with each mark added, ten times a page's other work."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

Trace = dict[str, Any]


def scatter_trace(**properties: Any) -> Trace:
    """Return a trace of points or lines, as ``plotly.graph_objects.Scatter`` takes it."""
    return {"type": "scatter", **properties}


def bar_trace(**properties: Any) -> Trace:
    """Return a trace of bars, as ``plotly.graph_objects.Bar`` takes it."""
    return {"type": "bar", **properties}


class Sketch:
    """Collects traces, annotations, shapes and layout under the names of plotly's own methods.

    Nothing is checked here: the tests pass every kind of figure through plotly's validation (``tests/unit/charts/test_sketch.py``).
    """

    def __init__(self, **layout: Any) -> None:
        self._traces: list[Trace] = []
        self._layout: dict[str, Any] = {**layout, "annotations": [], "shapes": []}

    def add_trace(self, trace: Trace) -> None:
        """Add one trace; later ones lie above."""
        self._traces.append(trace)

    def add_annotation(self, **properties: Any) -> None:
        """Add a text."""
        self._layout["annotations"].append(properties)

    def add_shape(self, **properties: Any) -> None:
        """Add a shape."""
        self._layout["shapes"].append(properties)

    def update_layout(self, **properties: Any) -> None:
        """Set properties of the layout."""
        self._layout |= properties

    def update_xaxes(self, **properties: Any) -> None:
        """Set properties of the x axis."""
        self._layout["xaxis"] = self._layout.get("xaxis", {}) | properties

    def update_yaxes(self, **properties: Any) -> None:
        """Set properties of the y axis."""
        self._layout["yaxis"] = self._layout.get("yaxis", {}) | properties

    def figure(self) -> go.Figure:
        """Return the figure."""
        return go.Figure(data=self._traces, layout=self._layout, _validate=False)
