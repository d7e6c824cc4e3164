"""One package per box of the chain."""
