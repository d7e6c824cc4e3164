"""Intake on real parts."""
