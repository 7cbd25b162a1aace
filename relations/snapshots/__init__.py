"""Scores on given days, kept and compared."""
