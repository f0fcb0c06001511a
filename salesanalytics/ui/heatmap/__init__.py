"""The Heatmap page: a metric cut by two dimensions, and the customers of the chosen cell."""
