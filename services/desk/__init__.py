"""Keeps the cases and lets departments work them."""
