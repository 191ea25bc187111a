"""Fetching the newest official figures, once a year, on a machine that has the internet; never in a build or a page."""
