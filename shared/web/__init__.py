"""What every HTTP side has: health, problems, headers."""
