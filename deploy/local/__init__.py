"""The whole chain on one machine, without containers."""
