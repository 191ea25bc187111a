"""Spaces: which numbers of use are published, and the attack on the finished release."""
