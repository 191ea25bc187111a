"""One module per survey tool."""
