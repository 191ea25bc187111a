"""Lab journals that a town fills in by hand."""
