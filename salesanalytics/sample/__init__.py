"""The sample company: a seeded generator of weekly exports that follow one another."""

from salesanalytics.sample.exports import SEED as DEFAULT_SEED
from salesanalytics.sample.generate import generate

__all__ = ["DEFAULT_SEED", "generate"]
