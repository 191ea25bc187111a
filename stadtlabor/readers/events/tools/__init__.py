"""One module per form in which events arrive."""
