"""Tells reporters what became of their report."""
