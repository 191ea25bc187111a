"""How all municipalities of the towns' size stand, from the full official tables."""
