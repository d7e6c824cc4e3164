"""Proofs, from a pure decision to a whole city under fire."""
