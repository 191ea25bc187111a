"""What was delivered, accepted and set aside."""
