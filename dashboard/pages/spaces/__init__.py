"""What the co-working spaces were booked for."""
