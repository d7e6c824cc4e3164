"""Intake's rules, and how it reads what comes."""
