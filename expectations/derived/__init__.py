"""Columns that expectations look at beside the landing columns."""
