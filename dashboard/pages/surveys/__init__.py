"""What the surveys asked and what was answered."""
