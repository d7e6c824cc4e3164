"""The only place that speaks Kafka."""
