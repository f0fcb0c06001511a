"""The sample company: a seeded generator of weekly exports that follow one another."""
