"""The notifier on a real broker, a real Redis and a mail server with moods."""
