"""Charts: results become plotly figures, or the geometry of what the pages draw themselves; the design's colours."""
