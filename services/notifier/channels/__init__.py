"""The ways by which reporters are told: one module per channel."""
