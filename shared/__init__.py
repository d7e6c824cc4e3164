"""What the services have in common: contracts, Kafka, Redis, identity, sealing."""
