"""Store: the only place that connects to DuckDB. Imports, history, state as of a date."""
