"""One module per topic: what travels on Kafka."""
