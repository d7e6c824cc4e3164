"""How Meldekette runs: on one machine, in containers, for a city."""
