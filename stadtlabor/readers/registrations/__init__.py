"""Lists of who registered for an event and who came; people become pseudonyms on reading."""
