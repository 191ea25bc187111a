"""Official tables with a key, a name and one column per measure: a format is an entry."""
