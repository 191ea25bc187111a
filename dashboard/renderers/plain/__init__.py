"""Articles as plain pages: HTML that needs no script, served or in a folder."""
