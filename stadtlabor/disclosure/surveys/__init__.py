"""Surveys: count tables protected by secondary suppression, and the attack on the finished release."""
