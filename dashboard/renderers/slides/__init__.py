"""Articles as slides with charts that can be edited."""
