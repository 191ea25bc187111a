"""Articles as accessible PDF."""
