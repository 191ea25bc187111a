"""One indicator from its number to the file it was read from."""
