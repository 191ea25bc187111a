"""Surveys: from a tool's columns to responses, questions and answers."""
