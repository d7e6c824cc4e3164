"""Reads what a report is about, with a linear model over pieces of words."""
