"""What every HTTP side has: health, problems, a server."""
