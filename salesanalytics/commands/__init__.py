"""The commands of the CLI: each takes the parsed arguments, prints its answer and returns an exit code."""
