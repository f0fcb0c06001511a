"""The sample company: a seeded generator of weekly exports that follow one another."""

from salesanalytics.sample.generate import generate

__all__ = ["generate"]
