"""Steps from an older schema to the present one; the n-th leads to version n."""

MIGRATIONS: tuple[str, ...] = ()
"""SQL that both databases understand. Only ever added to, never edited."""
