"""Intake: a file becomes a Batch. Knows no database."""
