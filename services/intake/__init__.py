"""Takes reports from people and apps and publishes them."""
