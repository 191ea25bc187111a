"""A build from end to end: ingest the deliveries, transform, look once more, publish."""
