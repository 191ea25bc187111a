"""What answers a few words."""
