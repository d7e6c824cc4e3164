"""The guarded loop on a real broker."""
