"""What every room may lean on: errors, places, hashes, pseudonyms, databases looked at together."""
