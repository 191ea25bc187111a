"""The report's statements and what the data say of each."""
