"""Several indicators side by side, to read and to present."""
