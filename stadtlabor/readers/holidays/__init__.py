"""Tables of holidays."""
