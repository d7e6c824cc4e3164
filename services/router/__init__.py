"""Decides which department gets a report."""
