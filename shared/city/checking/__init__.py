"""Says of a broken pack in which line of which file it is broken."""
