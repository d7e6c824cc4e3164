"""The notifier's rules and letters."""
