"""Failures that are nobody's fault here."""


class DependencyAway(Exception):
    """Something we need does not answer now. Waiting may help; nothing is lost."""
