"""One module per booking tool."""
