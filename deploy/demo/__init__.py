"""Plays a day of a city through the real chain, and shows what happens to it."""
