"""Charts: results become plotly figures."""
