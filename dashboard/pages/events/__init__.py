"""What the towns invited to."""
