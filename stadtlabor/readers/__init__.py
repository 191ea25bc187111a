"""One module per export format: a file in, landing rows out."""
