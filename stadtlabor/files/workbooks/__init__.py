"""Workbooks: sheets as rows of text, how large they are, how their cells are shown."""
