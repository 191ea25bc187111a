"""Pieces that stand on the pages of several subjects: a passport, a statement, the files of a delivery."""
