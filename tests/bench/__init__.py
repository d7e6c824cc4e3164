"""How fast the chain is, against the floor of the same machine."""
