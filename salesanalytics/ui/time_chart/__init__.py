"""A chart over time as HTML and one small picture, drawn without a chart library."""
