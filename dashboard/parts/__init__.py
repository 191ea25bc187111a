"""What pages are put together from: who reads which release, pictures with their words, what subjects offer."""
