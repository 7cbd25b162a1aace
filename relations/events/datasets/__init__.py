"""Readers of published event data sets."""
