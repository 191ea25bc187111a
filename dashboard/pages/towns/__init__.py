"""One town whole."""
