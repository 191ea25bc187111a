"""A file as it lies there: bytes, encoding, records, sheets, JSON and calendars, each with its line."""
