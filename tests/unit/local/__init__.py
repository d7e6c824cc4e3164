"""The set-up and the supervisor of one machine."""
