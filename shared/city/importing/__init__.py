"""Makes a pack's map files from the lists that a city has."""
