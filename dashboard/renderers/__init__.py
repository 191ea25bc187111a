"""Articles as what a reader gets: the live page, plain pages."""
