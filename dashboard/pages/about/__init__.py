"""Help, and the declaration of accessibility."""
