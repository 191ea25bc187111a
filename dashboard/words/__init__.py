"""Sentences from numbers, in both languages."""
